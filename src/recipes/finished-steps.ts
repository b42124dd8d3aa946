import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { resolveRunConfig } from '../runs/run-config.js';
import type { RunManifest } from '../runs/run-manifest.js';
import { hashFile } from '../storage/hash-file.js';
import { readJsonTexts } from '../storage/read-json-texts.js';
import type { RecipeStep, StepCounts } from './recipe-step.js';

/**
 * What the steps that have finished in a run directory counted, by name; they need no model any more. A step whose file is gone
 * or was changed is not among them: it is made again from its records. Throws `StorageError` where any step was started with other
 * settings, before anything is asked.
 */
export async function finishedSteps(
  directory: string,
  steps: readonly RecipeStep[],
): Promise<ReadonlyMap<string, StepCounts>> {
  for (const { name: stage, config } of steps) {
    await resolveRunConfig({ directory, stage, config, now: () => new Date() });
  }
  const finished = new Map<string, StepCounts>();
  const manifest = await readManifest(join(directory, 'manifest.json'));
  for (const { name } of steps) {
    const counts = manifest?.finished[name]?.summary.counts as StepCounts | undefined;
    if (counts === undefined) continue;
    const isWhole = await Promise.all(
      counts.files.map(async (file) => {
        const path = join(directory, file);
        return existsSync(path) && (await hashFile(path)) === manifest?.files[file];
      }),
    );
    if (isWhole.every(Boolean)) finished.set(name, counts);
  }
  return finished;
}

/** The rows of a file that a finished step left: a JSON array, or JSON lines. */
export async function readStepRows(file: string): Promise<never[]> {
  const rows: never[] = [];
  for await (const { text } of readJsonTexts(file)) rows.push(JSON.parse(text) as never);
  return rows;
}

async function readManifest(file: string): Promise<RunManifest | undefined> {
  return existsSync(file) ? JSON.parse(await readFile(file, 'utf8')) : undefined;
}
