import { InputError } from '../errors.js';
import { findManifest } from '../runs/artifacts.js';
import type { RunManifest } from '../runs/run-manifest.js';

/**
 * Refuses rows that were made of rows which have been made anew since: what a later step dropped, a test item say, would still be in them.
 * Throws `InputError` that names the command to repeat.
 */
export async function requireFresh(directory: string, stages: readonly string[]): Promise<void> {
  const manifest = await findManifest(directory);
  for (const stage of manifest === undefined ? [] : stages) {
    const stale = findStale(stage, { manifest: manifest as RunManifest, seen: new Set() });
    if (stale === undefined) continue;
    throw new InputError(
      `Cannot use the rows that ${stale.stage} left in ${directory}: ${stale.file}, which they were made of, was made anew since; repeat ${stale.command} there`,
      { file: directory },
    );
  }
}

type Stale = { readonly stage: string; readonly file: string; readonly command: string };

/** The first stage on the way to this one whose rows are older than what they were made of. */
function findStale(stage: string, { manifest, seen }: { manifest: RunManifest; seen: Set<string> }): Stale | undefined {
  if (seen.has(stage)) return undefined;
  seen.add(stage);
  const { inputs, command } = (manifest.finished[stage]?.summary ?? {}) as {
    readonly inputs?: { readonly [file: string]: unknown };
    readonly command?: readonly string[];
  };
  for (const [file, checksum] of Object.entries(inputs ?? {})) {
    const made = manifest.artifacts?.find((artifact) => artifact.file === file && artifact.stage !== stage);
    if (made === undefined) continue;
    const earlier = findStale(made.stage, { manifest, seen });
    if (earlier !== undefined) return earlier;
    const words = Array.isArray(command) ? command.map(quoted).join(' ') : stage;
    if (manifest.files[file] !== checksum) return { stage, file, command: words };
  }
  return undefined;
}

const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
