import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { packagePath } from '../package-root.js';
import { thinksByItself } from '../prompts/thinks-by-itself.js';

/** Mean length of a completion in tokens, and in words what that is taken from. */
export type ExpectedOutput = { readonly mean: number; readonly source: string };

const row = z.strictObject({ mean: z.number().positive(), source: z.string().min(1) });
const schema = z
  .record(z.string(), z.union([row, z.string()]))
  .refine((rows) => typeof rows.solve === 'object', 'solve is not there');

/**
 * From the stage's own records where a run has some, else from configs/output-tokens.json: by the stage's name, and for all that solves, by
 * whether the model thinks before it answers, and by the data set where it is known.
 */
export function expectedOutput(
  stage: string,
  {
    records,
    model,
    dataset,
  }: {
    readonly records: ReadonlyMap<string, { readonly [field: string]: unknown }>;
    readonly model: string;
    readonly dataset?: string | undefined;
  },
): ExpectedOutput {
  const lengths = [...records.values()].map(({ completionTokens }) => Number(completionTokens) || 0);
  if (lengths.length >= leastRecords) {
    const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
    return { mean, source: `${lengths.length} records of this run` };
  }
  const table = schema.parse(JSON.parse(readFileSync(packagePath('configs', 'output-tokens.json'), 'utf8')));
  // `judge-1a2b3c4d5e6f` names the judge
  const kind = thinksByItself(model) ? 'thinking' : dataset;
  const names = [stage.replace(/-[0-9a-f]{12}$/, ''), `solve-${kind}`, 'solve'];
  const known = names.map((name) => table[name]).find((found) => typeof found === 'object');
  return known as ExpectedOutput;
}

/** Fewer say little. */
const leastRecords = 8;
