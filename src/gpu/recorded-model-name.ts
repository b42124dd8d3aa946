import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What recordings call a model: the folder of a training has another path on every machine, so it goes by a checksum of its training.json;
 * any other model by its own name.
 */
export function recordedModelName(name: string): string {
  const text = readTraining(name);
  return text === undefined ? name : `trained:${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
}

/**
 * What a folder without weights was trained from: a training that was taken from a recording leaves its training.json alone. Undefined for
 * every other name.
 */
export function baseOfRecordedModel(name: string): string | undefined {
  const text = existsSync(join(name, 'config.json')) ? undefined : readTraining(name);
  if (text === undefined) return undefined;
  try {
    const { base } = JSON.parse(text) as { base?: unknown };
    return typeof base === 'string' ? base : undefined;
  } catch {
    return undefined;
  }
}

function readTraining(folder: string): string | undefined {
  try {
    return readFileSync(join(folder, 'training.json'), 'utf8');
  } catch {
    return undefined;
  }
}
