import { findManifest, isWhole, latestArtifact } from '../runs/artifacts.js';
import type { StepOutcome } from './chain-options.js';
import type { Link } from './link.js';
import { hashReadFiles } from './read-inputs.js';
import type { StepCounts } from './step.js';

/** What a stage said at its end, as the manifest keeps it. */
export type Finished = Pick<
  StepOutcome,
  'unit' | 'input' | 'output' | 'lost' | 'said' | 'calls' | 'files' | 'summary' | 'notes' | 'lines'
>;

/**
 * What a stage said that has finished: it needs no model any more. Undefined where it has not, where a file of it is gone or was changed (it
 * is made again from its records), and where what it was made of has changed since.
 */
export async function finishedLink(link: Link): Promise<Finished | undefined> {
  const { stage, step, asked, directory = '.' } = link;
  if (step.isDoneAgain?.(asked)) return undefined;
  const manifest = await findManifest(directory);
  const summary = manifest?.finished[stage]?.summary as {
    counts?: StepCounts & { files: readonly string[] };
    command?: unknown;
    inputs?: unknown;
  };
  if (manifest === undefined || summary?.counts === undefined) return undefined;
  // The same command asks for them again
  if ((summary.counts.calls?.passing ?? 0) > 0) return undefined;
  const artifacts = (manifest.artifacts ?? []).filter((artifact) => artifact.stage === stage);
  if (!(await isWhole(directory, artifacts, manifest))) return undefined;
  const { counts, command: _, inputs, ...said } = summary;
  if (JSON.stringify(inputs) !== JSON.stringify(await inputsOf(link))) return undefined;
  return { ...counts, summary: said, notes: [] };
}

/** Checksums of what the rows of a stage were made of: a finished one is done again where they have changed. */
export async function inputsOf(
  link: Pick<Link, 'step' | 'asked' | 'takes' | 'directory'>,
): Promise<object | undefined> {
  const { step, asked, takes, directory = '.' } = link;
  const manifest = await findManifest(directory);
  const taken = Object.values(takes).flatMap(({ name, stage }) => {
    const file = latestArtifact(manifest?.artifacts ?? [], [name], { stage })?.file;
    return file === undefined ? [] : [[file, manifest?.files[file] ?? ''] as const];
  });
  const own = await step.inputs?.(asked, { directory });
  const inputs = { ...Object.fromEntries(taken), ...(await hashReadFiles(link)), ...own };
  return Object.keys(inputs).length === 0 ? undefined : inputs;
}
