import { toHalfWidth } from '../../answers/extract/find-japanese.js';

/** What stands before an answer, by the rule that found it: the last place behind such a mark is the one. */
const marks: Readonly<Record<string, readonly string[]>> = {
  boxed: ['\\boxed{', '\\fbox{', '\\boxed {'],
  hashes: ['#### ', '####'],
  bold: ['**'],
};

/**
 * Where in a response its answer stands, as start and end in UTF-16 units; undefined where the answer is not there letter for letter. The last
 * place behind the mark of its rule, else the last one at all.
 */
export function findAnswerPlace(
  response: string,
  { answer, rule = '' }: { readonly answer: string | undefined; readonly rule?: string | undefined },
): readonly [number, number] | undefined {
  const wanted = answer?.trim();
  if (wanted === undefined || wanted === '') return undefined;
  // Widths are changed one for one, so that places stay
  const texts = response.includes(wanted) ? response : toHalfWidth(response);
  for (const mark of marks[rule.split('/')[0] ?? ''] ?? []) {
    const at = texts.lastIndexOf(mark + wanted);
    if (at !== -1) return [at + mark.length, at + mark.length + wanted.length];
  }
  const at = texts.lastIndexOf(wanted);
  return at === -1 ? undefined : [at, at + wanted.length];
}
