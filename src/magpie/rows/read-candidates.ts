import { InputError } from '../../errors.js';
import type { JsonObject } from '../../storage/read-jsonl.js';
import { readMagpieRows } from './read-magpie-rows.js';
import type { ScoredRow } from './score-fields.js';
import { withScores } from './score-fields.js';
import { fromUpstreamCandidates } from './upstream-candidates.js';

/**
 * Candidates of files, ours or the original's: the rewards of an `…_armorm.json` are its `reward` scores. Throws `InputError` with the row
 * for one that holds no candidates.
 */
export async function readCandidates(files: readonly string[]): Promise<readonly ScoredRow[]> {
  const rows: ScoredRow[] = [];
  for (const file of files) {
    for await (const row of readMagpieRows(file)) rows.push(toScoredRow(row, rows.length + 1));
  }
  return rows;
}

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
