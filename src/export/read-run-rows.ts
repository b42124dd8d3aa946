import { InputError } from '../errors.js';
import { checkResponses } from '../magpie/compare/check-responses.js';
import type { PreferencePair, RankVerdict } from '../magpie/compare/rank-candidates.js';
import type { MagpieRow } from '../magpie/rows/magpie-row.js';
import { type Artifact, latestArtifact, listArtifacts, streamArtifact } from '../runs/artifacts.js';
import { requireFresh } from '../steps/require-fresh.js';
import type { SftSource } from './to-sft.js';

/** What is fit to train on of the rows that a run's steps left, and why the rest is not. */
export type FitRows<Row> = {
  readonly rows: readonly Row[];
  readonly lost: Readonly<Record<string, number>>;
};

/** Solutions that most candidates do not contradict, where there are candidates; problems without a solution are left out. */
export function fitSolutions(
  solutions: readonly MagpieRow[],
  { verdicts }: { readonly verdicts: readonly RankVerdict[] },
): FitRows<SftSource> {
  const checked = checkResponses(solutions, { verdicts });
  const solved = checked.filter(({ response }) => response !== null);
  const rows = solved.filter(({ check }) => check !== 'disagrees');
  const lost = {
    'no solution': checked.length - solved.length,
    'most candidates disagree': solved.length - rows.length,
  };
  return { rows, lost };
}

/** A run directory may hold pairs of another run's problems, which count from 0 as well. */
const problemKey = ({ id, instruction }: { readonly id: number; readonly instruction: string }): string =>
  `${id} ${instruction}`;

/** Pairs of problems that later steps left in. `staying`: the problems as the last step left them; all of them where undefined. */
export function fitPairs(
  pairs: readonly PreferencePair[],
  { staying }: { readonly staying: readonly MagpieRow[] | undefined },
): FitRows<PreferencePair> {
  const stay = staying === undefined ? undefined : new Set(staying.map(problemKey));
  const rows = stay === undefined ? pairs : pairs.filter((pair) => stay.has(problemKey(pair)));
  return { rows, lost: { 'problem was dropped': pairs.length - rows.length } };
}

/**
 * The rows of a run directory that are fit to train on: the kept rows of `augment` (as a stream), else Magpie's solutions as the last step
 * left them. Throws `InputError` where there are none, and for a file that is damaged.
 */
export async function* readSftRows(directory: string): AsyncGenerator<SftSource> {
  const artifacts = await listFresh(directory, ['kept', 'solutions', 'verdicts']);
  const kept = latestArtifact(artifacts, ['kept']);
  if (kept !== undefined) {
    yield* streamArtifact<SftSource>(directory, kept);
    return;
  }
  const solutions = await collect<MagpieRow>(directory, require(artifacts, 'solutions', directory));
  const ranked = latestArtifact(artifacts, ['verdicts']);
  const verdicts = ranked === undefined ? [] : await collect<RankVerdict>(directory, ranked);
  yield* fitSolutions(solutions, { verdicts }).rows;
}

/** The preference pairs of a run directory, less those of problems that a later step dropped. Throws `InputError` where there are none. */
export async function readPreferenceRows(directory: string): Promise<readonly PreferencePair[]> {
  const artifacts = await listFresh(directory, ['pairs', 'solutions', 'instructions']);
  const pairs = await collect<PreferencePair>(directory, require(artifacts, 'pairs', directory));
  const problems = latestArtifact(artifacts, ['solutions', 'instructions']);
  const staying = problems === undefined ? undefined : await collect<MagpieRow>(directory, problems);
  return fitPairs(pairs, { staying }).rows;
}

/** The artifacts of a directory; throws where the latest of these names are older than what they were made of. */
async function listFresh(directory: string, names: readonly string[]): Promise<readonly Artifact[]> {
  const artifacts = await listArtifacts(directory);
  const stages = names.flatMap((name) => latestArtifact(artifacts, [name])?.stage ?? []);
  await requireFresh(directory, stages);
  return artifacts;
}

function require(artifacts: readonly Artifact[], name: string, directory: string): Artifact {
  const found = latestArtifact(artifacts, [name]);
  if (found !== undefined) return found;
  throw new InputError(
    `Cannot export from ${directory}: no finished step left ${name} there; run the step that makes them first`,
    { file: directory },
  );
}

async function collect<Row extends object>(directory: string, artifact: Artifact): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const row of streamArtifact<Row>(directory, artifact)) rows.push(row);
  return rows;
}
