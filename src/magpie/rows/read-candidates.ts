import { readdir } from 'node:fs/promises';
import { InputError } from '../../errors.js';
import type { JsonObject } from '../../storage/read-jsonl.js';
import { findRows } from './find-rows.js';
import type { ScoredRow } from './score-fields.js';
import { withScores } from './score-fields.js';
import { fromUpstreamCandidates } from './upstream-candidates.js';

/**
 * Candidates of the given files or of a run directory (its scored file where there is one), ours or the original's: the rewards
 * of an `…_armorm.json` are its `reward` scores. Throws `InputError` with the row for one that holds no candidates.
 */
export async function readCandidates({
  files,
  directory,
}: {
  files: readonly string[];
  directory: string;
}): Promise<readonly ScoredRow[]> {
  const types = files.length > 0 ? [] : await candidateTypes(directory);
  const { rows } = await findRows({ files, directory: files.length > 0 ? undefined : directory, types });
  return rows.map((row, index) => toScoredRow(row, index + 1));
}

/** Whether a run directory holds any. */
export async function hasCandidates(directory: string): Promise<boolean> {
  return (await foundTypes(directory)).length > 0;
}

/** `ins_8res_scored` and `ins_8res` of what the directory holds, the scored first. */
async function candidateTypes(directory: string): Promise<readonly string[]> {
  const types = await foundTypes(directory);
  return types.length > 0 ? types : ['ins_4res'];
}

async function foundTypes(directory: string): Promise<readonly string[]> {
  const names = await readdir(directory).catch(() => [] as string[]);
  const found = names.flatMap((name) => /_(ins_[0-9]+res(?:_scored)?)\.json$/.exec(name)?.[1] ?? []);
  return [...new Set(found)].sort((left, right) => Number(isScored(right)) - Number(isScored(left)));
}

const isScored = (type: string): boolean => type.endsWith('_scored');

function toScoredRow(row: JsonObject, place: number): ScoredRow {
  const { candidates, responses } = row;
  if (!Array.isArray(candidates)) {
    const { rewards, ...read } = fromUpstreamCandidates(row, { place });
    if (rewards === null) return read;
    return withScores(read, { source: 'reward', scores: rewards, by: { model: 'ArmoRM (rewards_armorm)' } });
  }
  const isWhole =
    typeof row.instruction === 'string' &&
    Array.isArray(responses) &&
    candidates.every(
      (candidate: unknown) => typeof (candidate as { response?: unknown } | null)?.response === 'string',
    );
  if (!isWhole) {
    throw new InputError(
      `Cannot use row ${place} as candidates: it lacks an instruction, or a candidate has no response; run magpie candidates again`,
    );
  }
  return { failed_candidates: [], ...row, id: typeof row.id === 'number' ? row.id : place - 1 } as unknown as ScoredRow;
}
