import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkResponses } from '../magpie/compare/check-responses.js';
import type { RankVerdict } from '../magpie/compare/rank.js';
import { readMagpieFile } from '../magpie/rows/magpie-file.js';
import type { MagpieRow } from '../magpie/rows/magpie-row.js';
import type { RunConfig } from '../runs/run-config.js';
import type { RunManifest, StageCounts } from '../runs/run-manifest.js';
import type { JsonValue } from '../runs/run-record.js';
import { readJsonl } from '../storage/read-jsonl.js';

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
  /** Stages that were begun and have not ended. */
  readonly unfinished: readonly string[];
  /** Responses beside the majority of the candidates; undefined where there are none. */
  readonly agreement: { readonly agrees: number; readonly disagrees: number; readonly unchecked: number } | undefined;
};

/** Reads `config.json` and `manifest.json` of a run; undefined where the folder is no run directory. */
export async function readRunFacts(directory: string): Promise<RunFacts | undefined> {
  const config = await readJson<RunConfig>(join(directory, 'config.json'));
  if (config?.stages === undefined) return undefined;
  const manifest = await readJson<RunManifest>(join(directory, 'manifest.json'));
  const stages = Object.entries(config.stages).map(([name, settings]) => ({
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
    unfinished: stages.filter(({ summary }) => summary === undefined).map(({ name }) => name),
    agreement: await readAgreement(directory),
  };
}

async function readAgreement(directory: string): Promise<RunFacts['agreement']> {
  const file = join(directory, 'ranked.jsonl');
  if (!existsSync(file)) return undefined;
  const solved = await readMagpieFile<MagpieRow>({ directory, type: 'ins_res' }).catch(() => undefined);
  if (solved === undefined) return undefined;
  const verdicts = (await readJsonl<RankVerdict>({ file })).rows;
  const counts = { agrees: 0, disagrees: 0, unchecked: 0 };
  for (const { check } of checkResponses(solved.rows, { verdicts })) counts[check] += 1;
  return counts;
}

async function readJson<Value>(file: string): Promise<Value | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return undefined; // An export from rows alone has no run behind it.
  }
}
