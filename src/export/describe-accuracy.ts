import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { PairCheck } from '../analysis/check-against-truth.js';
import { type Accuracy, measureAccuracy } from '../evaluation/measure-accuracy.js';
import { readLines } from '../storage/read-lines.js';
import { markdownTable } from './markdown.js';

export type NamedAccuracy = { readonly name: string; readonly accuracy: Accuracy };

/** The answers of `augment` beside the answers of their problems, by row type; empty where the run has no graded rows. */
export async function readGradedAccuracies(directory: string): Promise<readonly NamedAccuracy[]> {
  const file = join(directory, 'graded.jsonl');
  if (!existsSync(file)) return [];
  const byType = new Map<string, { problem: string; correct: boolean }[]>();
  for await (const { text } of readLines(file)) {
    if (text.trim() === '') continue;
    const { type, problem, equivalent, status } = JSON.parse(text);
    if (status === 'failed') continue;
    const rows = byType.get(type) ?? [];
    rows.push({ problem: String(problem), correct: equivalent === true });
    byType.set(type, rows);
  }
  return [...byType].map(([name, rows]) => ({ name, accuracy: measureAccuracy(rows) }));
}

/** What is true of preference pairs, where somebody knows the answers. */
export function pairAccuracies({ preferred, rejected, both }: PairCheck): readonly NamedAccuracy[] {
  return [
    { name: 'preferred answer is true', accuracy: preferred },
    { name: 'rejected answer is false', accuracy: rejected },
    { name: 'both', accuracy: both },
  ];
}

/** A Markdown table of accuracies, each with its n, its 95 % interval and the grader. */
export function describeAccuracies(
  accuracies: readonly NamedAccuracy[],
  { grader, say }: { grader: string; say: (message: string) => string },
): string[] {
  const percent = (share: number): string => (100 * share).toFixed(1);
  return markdownTable(
    [say('what'), say('right'), 'n', say('95 % interval'), say('grader')],
    accuracies.map(({ name, accuracy: { n, correct, accuracy, interval } }) => [
      say(name),
      n === 0 ? '' : `${percent(accuracy)} % (${correct})`,
      n,
      n === 0 ? '' : `${percent(interval[0])} – ${percent(interval[1])} %`,
      grader,
    ]),
  );
}
