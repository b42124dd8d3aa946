import { checkResponses } from '../magpie/compare/check-responses.js';
import type { RankVerdict } from '../magpie/compare/rank-candidates.js';
import type { MagpieRow } from '../magpie/rows/magpie-row.js';
import { findManifest, latestArtifact, listArtifacts, readArtifact } from '../runs/artifacts.js';
import { readRunConfig } from '../runs/run-config.js';
import type { StageCounts } from '../runs/run-manifest.js';
import type { JsonValue } from '../runs/run-record.js';

export type StageFacts = {
  readonly name: string;
  readonly settings: { readonly [field: string]: JsonValue };
  /** Undefined for a stage that asks no model. */
  readonly counts: StageCounts | undefined;
  /** What the stage said at its end; undefined while it has not ended. */
  readonly summary: { readonly [field: string]: JsonValue } | undefined;
};

/** What a run directory tells of the rows that came out of it. */
export type RunFacts = {
  readonly mathpie: string;
  readonly startedAt: string;
  readonly seed: number;
  readonly stages: readonly StageFacts[];
  /** Stages on the way to the rows that were begun and have not ended. */
  readonly unfinished: readonly string[];
  /** Responses beside the majority of the candidates; undefined where there are none. */
  readonly agreement: { readonly agrees: number; readonly disagrees: number; readonly unchecked: number } | undefined;
};

/**
 * What `config.json` and `manifest.json` of a run tell; undefined where the folder is no run directory. Throws `StorageError` where one of
 * them is damaged. `stage`: the one that asks. It is left out, and so are those that were begun after it: an earlier session may have been there
 * already, and the set is not made of them.
 */
export async function readRunFacts(
  directory: string,
  { stage }: { readonly stage?: string | undefined } = {},
): Promise<RunFacts | undefined> {
  const config = await readRunConfig(directory);
  if (config === undefined) return undefined;
  const manifest = await findManifest(directory);
  const all = Object.entries(config.stages);
  const own = all.findIndex(([name]) => name === stage);
  const stages = (own === -1 ? all : all.slice(0, own)).map(([name, settings]) => ({
    name,
    settings,
    counts: manifest?.stages[name],
    summary: manifest?.finished[name]?.summary,
  }));
  return {
    mathpie: config.mathpie,
    startedAt: config.startedAt,
    seed: config.seed,
    stages,
    unfinished: stages.filter(({ name, summary }) => summary === undefined && !isSet(name)).map(({ name }) => name),
    agreement: await readAgreement(directory),
  };
}

/** Another set that was begun is no part of this one. */
const isSet = (stage: string): boolean => stage.startsWith('export-');

async function readAgreement(directory: string): Promise<RunFacts['agreement']> {
  const artifacts = await listArtifacts(directory);
  const [ranked, solved] = ['verdicts', 'solutions'].map((name) => latestArtifact(artifacts, [name]));
  if (ranked === undefined || solved === undefined) return undefined;
  const verdicts = await readArtifact<RankVerdict>(directory, ranked);
  const counts = { agrees: 0, disagrees: 0, unchecked: 0 };
  for (const { check } of checkResponses(await readArtifact<MagpieRow>(directory, solved), { verdicts })) {
    counts[check] += 1;
  }
  return counts;
}
