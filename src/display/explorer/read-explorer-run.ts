import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { GradedDisagreement } from '../../evaluation/compare-graded.js';
import type { GradedRow } from '../../evaluation/graded-row.js';
import type { EvaluationSummary } from '../../evaluation/summarize.js';
import { readGradedRows } from '../../runs/read-graded-rows.js';
import { readRunConfig } from '../../runs/run-config.js';
import { readJsonl } from '../../storage/read-jsonl.js';
import type { ExplorerRun } from './build-page-data.js';

/** The evaluation of a run directory for the explorer: its rows, who graded them, and what a second grader said. Throws `InputError` where there is none. */
export async function readExplorerRun(directory: string): Promise<ExplorerRun> {
  const rows = await readGradedRows<GradedRow>(directory);
  const summary = await readSummary(directory);
  const stages = Object.values((await readRunConfig(directory))?.stages ?? {});
  const model = summary.upstream?.model ?? stages.map((stage) => stage.model).find((name) => typeof name === 'string');
  const file = join(directory, 'disagreements.jsonl');
  const disagreements = existsSync(file) ? (await readJsonl<GradedDisagreement>({ file })).rows : [];
  const { grader, second, best } = summary;
  return {
    name: basename(resolve(directory)),
    rows,
    grader,
    ...(typeof model === 'string' && { model }),
    ...(best !== undefined && { best }),
    ...(second !== undefined && { second: { grader: second.grader, disagreements } }),
  };
}

async function readSummary(directory: string): Promise<Partial<EvaluationSummary>> {
  try {
    return JSON.parse(await readFile(join(directory, 'summary.json'), 'utf8'));
  } catch {
    // Rows are enough
    return {};
  }
}
