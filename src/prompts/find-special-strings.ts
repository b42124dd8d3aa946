/** Delimiters of every family's chat template: Llama 3, ChatML, DeepSeek (U+FF5C), Mistral, Llama 2, Gemma, thinking. */
const delimiter =
  /<[|｜][^<>|｜\s][^<>|｜]{0,60}[|｜]>|<\/?(?:s|think|bos|eos|pad|unk)>|\[\/?INST\]|<<\/?SYS>>|<(?:start|end)_of_turn>/g;

/**
 * The strings of a template that have to be one token each, in order of first appearance: what looks like a delimiter, and
 * whatever else the vocabulary holds as a special token.
 */
export function findSpecialStrings(text: string, vocabulary: Iterable<string> = []): readonly string[] {
  const found = [...text.matchAll(delimiter)].map((match) => ({ at: match.index ?? 0, text: match[0] }));
  for (const token of vocabulary) {
    const at = token === '' ? -1 : text.indexOf(token);
    if (at !== -1 && !found.some((other) => other.text === token || covers(other, { at, text: token }))) {
      found.push({ at, text: token });
    }
  }
  return [...new Set(found.sort((left, right) => left.at - right.at).map(({ text: special }) => special))];
}

type Found = { readonly at: number; readonly text: string };

function covers(outer: Found, inner: Found): boolean {
  return outer.at <= inner.at && outer.at + outer.text.length >= inner.at + inner.text.length;
}
