/**
 * P(yes) / (P(yes) + P(no)) over the likeliest first tokens, all spellings of each word added up (` Yes`, `▁yes`, `YES`);
 * undefined when neither word is among them. Rounded to 6 digits: what lies below is noise of the arithmetic's order.
 */
export function yesProbability(
  firstToken: readonly { readonly token: string; readonly logProbability: number }[],
): number | undefined {
  let [yes, no] = [0, 0];
  for (const { token, logProbability } of firstToken) {
    const verdict = readVerdict(token);
    if (verdict === 'yes') yes += Math.exp(logProbability);
    if (verdict === 'no') no += Math.exp(logProbability);
  }
  if (yes + no === 0) return undefined;
  return Math.round((yes / (yes + no)) * 1e6) / 1e6;
}

/** The word that a judge begins with, whatever stands around it. */
export function readVerdict(text: string): 'yes' | 'no' | undefined {
  // U+2581 and U+0120 are how SentencePiece and byte-level BPE spell a space
  const word = /^[\s\u2581\u0120"'*(]*(yes|no)(?![\p{L}\p{N}])/iu.exec(text.slice(0, 64))?.[1];
  return word?.toLowerCase() as 'yes' | 'no' | undefined;
}
