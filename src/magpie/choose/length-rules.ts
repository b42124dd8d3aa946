/** Lengths are in characters, bounds included. */
export type LengthLimits = {
  readonly minInstruction?: number | undefined;
  readonly maxInstruction?: number | undefined;
  readonly minResponse?: number | undefined;
  readonly maxResponse?: number | undefined;
  readonly requireAnswer?: boolean | undefined;
};

/** Limits of lengths, and the wish for an answer, as rules of the filter, so that all of them are counted alike. */
export function lengthRules(limits: LengthLimits): readonly string[] {
  const rule = (name: string, field: string, sign: string, limit: number | undefined): string[] =>
    limit === undefined ? [] : [`${name}: length(${field}) ${sign} ${limit}`];
  return [
    ...rule('instruction-too-short', 'instruction', '>=', limits.minInstruction),
    ...rule('instruction-too-long', 'instruction', '<=', limits.maxInstruction),
    ...rule('response-too-short', 'response', '>=', limits.minResponse),
    ...rule('response-too-long', 'response', '<=', limits.maxResponse),
    ...(limits.requireAnswer ? ['no-answer: exists extracted'] : []),
  ];
}
