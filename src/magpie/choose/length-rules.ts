/** Flags on lengths and answers as rules of the filter, so that all of them are counted alike. */
export function readLengthRules(values: {
  readonly 'min-instruction': number | undefined;
  readonly 'max-instruction': number | undefined;
  readonly 'min-response': number | undefined;
  readonly 'max-response': number | undefined;
  readonly 'require-answer': boolean;
}): readonly string[] {
  const rule = (name: string, field: string, sign: string, limit: number | undefined): string[] =>
    limit === undefined ? [] : [`${name}: length(${field}) ${sign} ${limit}`];
  return [
    ...rule('instruction-too-short', 'instruction', '>=', values['min-instruction']),
    ...rule('instruction-too-long', 'instruction', '<=', values['max-instruction']),
    ...rule('response-too-short', 'response', '>=', values['min-response']),
    ...rule('response-too-long', 'response', '<=', values['max-response']),
    ...(values['require-answer'] ? ['no-answer: exists extracted'] : []),
  ];
}
