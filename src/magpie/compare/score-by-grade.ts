import type { JsonSchema } from '../../models/language-model.js';
import { type AskJsonOptions, askJson } from '../../steps/ask-json.js';
import { judgingPrompt, judgingPromptName } from '../rows/judging-prompt.js';
import { shortHash } from '../rows/magpie-row.js';
import { type ScoredRow, withScores } from '../rows/score-fields.js';
import { rewardRows } from './score-rewards.js';

export type GradeOptions = Pick<
  AskJsonOptions<number>,
  'run' | 'model' | 'repairs' | 'seed' | 'signal' | 'onProgress'
> & {
  readonly rows: readonly ScoredRow[];
};

export type GradeResult = {
  readonly rows: readonly ScoredRow[];
  /** Distinct solutions without a grade, by reason. */
  readonly failed: Readonly<Record<string, number>>;
  readonly repairedCount: number;
};

/**
 * Asks a judge for a grade of each candidate as JSON: whole points from 0 to 10, kept as 0 to 1. Endpoints that know JSON schemas are held to
 * one. A reply that is no grade is asked for again a few times and then counted; that candidate's score is null.
 */
export async function scoreByGrade({ rows, ...options }: GradeOptions): Promise<GradeResult> {
  const solutions = [...rewardRows(rows)];
  const { values, failed, repairedCount } = await askJson({
    ...options,
    // The records name the judge: those of another one are no answers of this one
    stage: `grade-${shortHash(options.model.name)}`,
    items: solutions.map(({ id, question, response }) => ({
      id,
      prompt: judgingPrompt('grade', { question, solution: response }),
    })),
    schema,
    read: readGrade,
  });
  const byText = new Map(solutions.map(({ id, question, response }) => [JSON.stringify([question, response]), id]));
  const by = { model: options.model.name, prompt: judgingPromptName('grade') };
  const graded = rows.map((row) => {
    const scores = row.candidates.map(({ response }) => {
      const id = byText.get(JSON.stringify([row.instruction, response]));
      return values.get(id ?? '') ?? null;
    });
    return withScores(row, { source: 'grade', scores, by });
  });
  const counts: Record<string, number> = {};
  for (const reason of failed.values()) counts[reason] = (counts[reason] ?? 0) + 1;
  return { rows: graded, failed: counts, repairedCount };
}

const schema: JsonSchema = {
  name: 'grade',
  schema: {
    type: 'object',
    properties: { fault: { type: 'string' }, points: { type: 'integer', minimum: 0, maximum: 10 } },
    required: ['fault', 'points'],
    additionalProperties: false,
  },
};

export function readGrade(reply: unknown): { readonly value: number } | { readonly fault: string } {
  const { points } = reply as { points?: unknown };
  if (points === undefined) return { fault: 'it lacks "points"' };
  const isGrade = typeof points === 'number' && Number.isInteger(points) && points >= 0 && points <= 10;
  return isGrade ? { value: points / 10 } : { fault: '"points" is no whole number from 0 to 10' };
}
