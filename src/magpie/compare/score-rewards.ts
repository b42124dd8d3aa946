import { join } from 'node:path';
import { InputError } from '../../errors.js';
import { type GpuScriptOptions, scoreRewards } from '../../gpu/gpu-scripts.js';
import type { Run } from '../../runs/open-run.js';
import { readJsonl } from '../../storage/read-jsonl.js';
import { rowKey, shortHash } from '../rows/magpie-row.js';
import { type ScoredRow, withScores } from '../rows/score-fields.js';

/** Where the reward model's input lies in a run directory; `mathpie score` takes it as well, on another machine. */
export const rewardInput = 'reward-input.jsonl';

/**
 * Scores every candidate with a reward model through python-gpu/score_rewards.py: ArmoRM, Qwen2.5-Math-RM, or any sequence
 * classifier with one label. It runs in `rewards/` of the run directory and goes on there after a kill. What could not be
 * scored is null. Equal solutions of one problem are scored once.
 */
export async function scoreByRewardModel({
  rows,
  run,
  model,
  ...options
}: Omit<GpuScriptOptions, 'data' | 'model' | 'run'> & {
  rows: readonly ScoredRow[];
  run: Run;
  /** Folder, or OWNER/NAME on the hub. */
  model: string;
}): Promise<readonly ScoredRow[]> {
  const data = await run.writeRows(rewardInput, rewardRows(rows));
  const { directory } = await scoreRewards({ ...options, model, data, run: join(run.directory, 'rewards') });
  return takeRewards(rows, { file: join(directory, 'scores.jsonl'), model });
}

/** What score_rewards.py reads: one row a distinct solution. */
export function* rewardRows(rows: readonly ScoredRow[]): Generator<{ id: string; question: string; response: string }> {
  const seen = new Set<string>();
  for (const row of rows) {
    for (const { response } of row.candidates) {
      const id = candidateKey(row, response);
      if (seen.has(id)) continue;
      seen.add(id);
      yield { id, question: row.instruction, response };
    }
  }
}

/**
 * The candidates with the scores of a `scores.jsonl`. Throws `InputError` with the line for a score of another set, a row
 * without a score that says no reason, and for a file that lacks candidates: scores never land on other solutions.
 */
export async function takeRewards(
  rows: readonly ScoredRow[],
  { file, model }: { file: string; model: string },
): Promise<readonly ScoredRow[]> {
  const known = new Set([...rewardRows(rows)].map(({ id }) => id));
  const scores = await readRewards({ file, known, input: rewardInput });
  return rows.map((row) =>
    withScores(row, {
      source: 'reward',
      scores: row.candidates.map(({ response }) => scores.get(candidateKey(row, response)) ?? null),
      by: { model },
    }),
  );
}

/** The scores of a `scores.jsonl` by id; refuses what `takeRewards` refuses. `input` is the file that was to be scored. */
export async function readRewards({
  file,
  known,
  input,
}: {
  file: string;
  known: ReadonlySet<string>;
  input: string;
}): Promise<ReadonlyMap<string, number | null>> {
  const scores = new Map<string, number | null>();
  const refuse = (line: number, fault: string): never => {
    throw new InputError(`Cannot use ${file}:${line}: ${fault}; score this run's ${input} with mathpie score`, {
      file,
      line,
    });
  };
  await readJsonl({
    file,
    check: (row, line) => {
      const { id, score } = row;
      if (typeof id !== 'string' || !known.has(id)) {
        return refuse(line, `the id ${JSON.stringify(id ?? null)?.slice(0, 60)} is of none of these candidates`);
      }
      const isFailed = score === null && typeof row.error === 'string';
      if (!isFailed && !(typeof score === 'number' && Number.isFinite(score))) refuse(line, 'it holds no score');
      scores.set(id, typeof score === 'number' ? score : null);
      return row;
    },
  });
  if (scores.size < known.size) {
    throw new InputError(
      `Cannot use ${file}: it has scores of ${scores.size} of ${known.size} candidates; let the same mathpie score command finish`,
      { file },
    );
  }
  return scores;
}

/** The problem, its text and the solution: other texts under the same number are other candidates. */
function candidateKey(row: ScoredRow, response: string): string {
  return `${rowKey(row)}#${shortHash(response)}`;
}
