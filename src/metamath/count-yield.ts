import type { AugmentedRow, Technique } from './augmented-row.js';
import type { TechniqueResult } from './technique-context.js';

/** What a technique made of what was asked: `asked` = kept + wrong + duplicate + the sum of `failed`. */
export type TechniqueYield = {
  readonly technique: Technique;
  readonly type: string;
  readonly asked: number;
  /** Graded answers: asked less failed, and less the duplicates that were not asked again. */
  readonly generated: number;
  /** Right, and the first of its kind. */
  readonly kept: number;
  readonly wrong: number;
  readonly duplicate: number;
  /** By reason. */
  readonly failed: Readonly<Record<string, number>>;
  /** Problems that the technique cannot use, by reason. */
  readonly skipped: Readonly<Record<string, number>>;
  /** Right answers (kept, and duplicates that were graded) over generated ones; null where nothing was generated. */
  readonly accuracy: number | null;
  readonly tokens: { readonly prompt: number; readonly completion: number };
};

export function countYield(
  { rows, skipped, stepTokens }: TechniqueResult,
  { technique, type }: { technique: Technique; type: string },
): TechniqueYield {
  const count = (status: AugmentedRow['status']): number => rows.filter((row) => row.status === status).length;
  const [kept, wrong, duplicate] = [count('kept'), count('wrong'), count('duplicate')];
  const failed: Record<string, number> = {};
  for (const { status, reason } of rows) {
    if (status === 'failed') failed[reason ?? ''] = (failed[reason ?? ''] ?? 0) + 1;
  }
  const unasked = rows.filter(({ status, equivalent }) => status === 'duplicate' && equivalent === null).length;
  const generated = kept + wrong + duplicate - unasked;
  return {
    technique,
    type,
    asked: rows.length,
    generated,
    kept,
    wrong,
    duplicate,
    failed,
    skipped,
    accuracy: generated === 0 ? null : (generated - wrong) / generated,
    tokens: {
      prompt: rows.reduce((sum, { tokens }) => sum + tokens.prompt, stepTokens.prompt),
      completion: rows.reduce((sum, { tokens }) => sum + tokens.completion, stepTokens.completion),
    },
  };
}
