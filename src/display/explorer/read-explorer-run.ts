import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { GradedDisagreement } from '../../evaluation/compare-graded.js';
import type { GradedRow } from '../../evaluation/graded-row.js';
import { readVerdicts } from '../../evaluation/read-verdicts.js';
import type { EvaluationSummary } from '../../evaluation/summarize.js';
import { findGradedRows, holdsGrownRows, readGradedRows } from '../../runs/read-graded-rows.js';
import { readRunConfig } from '../../runs/run-config.js';
import { readJsonl } from '../../storage/read-jsonl.js';
import type { ExplorerRun } from './build-page-data.js';

/**
 * The evaluation of a run directory for the explorer: its rows, who graded them, and what a second grader said; or a file of graded rows, as `mathpie
 * grade` writes it. Throws `InputError` where there is none.
 */
export async function readExplorerRun(directory: string): Promise<ExplorerRun> {
  const isFile = await stat(directory).then(
    (found) => found.isFile(),
    () => false,
  );
  if (isFile) return readGradedFile(directory);
  const graded = await findGradedRows(directory);
  if (await holdsGrownRows(graded)) return { name: basename(resolve(directory)), rows: await readGrownRows(graded) };
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

/** What `mathpie augment` made, as answers: right is what its grader found equal. Rows that nothing was graded of have nothing to show. */
async function readGrownRows(file: string): Promise<GradedRow[]> {
  const { rows } = await readJsonl<Record<string, unknown>>({ file });
  const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
  const judged = rows.filter(({ equivalent, response }) => typeof equivalent === 'boolean' && response !== null);
  return judged.map(
    ({ id, query, original_question, gold, response, extracted, rule, technique, equivalent, tokens, ...row }) => {
      const answer = text(extracted);
      return {
        ...row,
        ...(text(id) !== undefined && { id: text(id) }),
        problem: `${String(row.problem)} ${text(query) ?? text(id)}`,
        question: text(query) ?? text(original_question),
        gold: text(gold),
        response: text(response),
        correct: equivalent === true,
        ...(answer !== undefined && { answer }),
        ...(text(rule) !== undefined && { rule: text(rule) }),
        type: text(technique),
        completionTokens: (tokens as { readonly completion?: number } | undefined)?.completion,
      } as GradedRow;
    },
  );
}

async function readGradedFile(file: string): Promise<ExplorerRun> {
  const { rows, grader } = await readVerdicts(file);
  const taken = rows.map((row): GradedRow => {
    const { extracted, gold, ...rest } = row as GradedRow & { readonly extracted?: unknown; readonly gold?: unknown };
    return {
      ...rest,
      ...(gold !== undefined && { gold: Array.isArray(gold) ? gold.join(', ') : String(gold) }),
      ...(typeof extracted === 'string' && { answer: extracted }),
    };
  });
  return { name: basename(file).replace(/\.jsonl?$/, ''), rows: taken, ...(grader !== 'unknown' && { grader }) };
}

async function readSummary(directory: string): Promise<Partial<EvaluationSummary>> {
  try {
    return JSON.parse(await readFile(join(directory, 'summary.json'), 'utf8'));
  } catch {
    // Rows are enough
    return {};
  }
}
