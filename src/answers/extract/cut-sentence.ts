/** Up to a full stop that ends a sentence, or a word that starts a reason. */
export const cutSentence = (line: string): string => {
  const stop =
    /(?<![ap]\.m|\bsq|\b[A-Z])[.!?](?=\s+[A-Z\\*<"'(]|\s*$)|,?\s+(because|since|which|so that|where|as (we|the|it))\s|<\||\*\*/.exec(
      line,
    );
  return (stop && stop.index > 0 ? line.slice(0, stop.index) : line).trim();
};

const aside =
  /\s\([^()]*\b(rejected|extraneous)\b[^()]*\)$|\s*\((since|because|as|i\.?e\.?|that is|which|where|from|see|note|rounded|approximately|about|using|for|by|in|or|after|when|and|the|an?|not|check)[:,]?\s+[a-z\d$\\][^()]*(\([^()]*\)[^()]*){0,3}\)?.*$|,\s+(in (total|all|conclusion)|so|hence|thus|therefore|as (required|desired|expected|needed|claimed|stated)|because|since|when|if|that is|i\.e|namely|rounded|after|and (so|thus|therefore|hence|we|she|he|it|they|the answer|this|that)|but|not|meaning|which|obtained|derived|found by|computed|calculated)\b.*$|\s+[—–]\s+[a-z]{2,}\s.*$|\s+(rather than|instead of|but not|and not|not)\s.*$/i;

/** A value without the remark behind it: `12 (since 3 × 4 = 12)`, `72, in total, so …`, `12, not 13`. */
export const cutAside = (sentence: string): string => {
  const found = aside.exec(sentence);
  if (!found || found.index === 0) return sentence;
  const head = sentence.slice(0, found.index).trim();
  return !head || (/^(,\s+)?(\s*)(but|so|thus|hence|therefore)/.test(found[0]) && !/\d|\\/.test(head))
    ? sentence
    : head;
};
