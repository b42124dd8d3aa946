/**
 * What a model is asked, and with which values. The wording is data (configs/prompts/NAME.json), because a base model,
 * a chat model and `pocket` have to be asked differently; the values are code, because the stages give them.
 */
export const promptVariables = {
  solve: ['question'],
  rephrase: ['question'],
  statement: ['question', 'answer'],
  'backward-fobar': ['masked', 'answer'],
  'backward-self-verification': ['masked'],
  judge: ['question', 'solution'],
} as const;

export type PromptKind = keyof typeof promptVariables;

/** Backward questions as rows hold them, and as a model is trained on them; a set may leave them out. */
export const queryVariables = { 'query-fobar': ['masked', 'answer'], 'query-self-verification': ['masked'] } as const;

export type QueryKind = keyof typeof queryVariables;

/** Values that a template may leave out: one that does not name `{variable}` asks for x and nothing else. */
export const optionalVariables: { readonly [kind in PromptKind | QueryKind]?: readonly string[] } = {
  'backward-fobar': ['variable'],
  'backward-self-verification': ['variable'],
  'query-fobar': ['variable'],
  'query-self-verification': ['variable'],
};
