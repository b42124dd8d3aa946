import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packagePath } from '../package-root.js';

/** The models in data/, by the names that they are asked by: both were trained on the pocket grammar, in the words of the prompt set `pocket`. */
export const ownModels: readonly string[] = ['pocket', 'student'];

/** Whether a model string names one of ours or what was trained from one: they know the prompt set `pocket` and nothing else. */
export function isOwnModel(name: string | undefined, trainings = 8): boolean {
  if (name === undefined) return false;
  return ownModels.includes(name) || (trainings > 0 && isOwnModel(baseOf(name), trainings - 1));
}

/** What a training says that a folder was trained from. */
function baseOf(name: string): string | undefined {
  const record = join(name.replace(/^vllm:/, ''), 'training.json');
  if (!existsSync(record)) return undefined;
  try {
    const { base } = JSON.parse(readFileSync(record, 'utf8')) as { base?: unknown };
    return typeof base === 'string' ? base : undefined;
  } catch {
    return undefined;
  }
}

/** The GGUF file of one of our models; undefined for any other name. */
export function ownModelFile(name: string): string | undefined {
  return ownModels.includes(name) ? packagePath('data', name, `${name}.gguf`) : undefined;
}
