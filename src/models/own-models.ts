import { packagePath } from '../package-root.js';

/** The models in data/, by the names that they are asked by: both were trained on the pocket grammar, in the words of the prompt set `pocket`. */
const ownModels: readonly string[] = ['pocket', 'student'];

/** Whether a model string names one of ours, which know the prompt set `pocket` and nothing else. */
export const isOwnModel = (name: string | undefined): boolean => name !== undefined && ownModels.includes(name);

/** The GGUF file of one of our models; undefined for any other name. */
export function ownModelFile(name: string): string | undefined {
  return isOwnModel(name) ? packagePath('data', name, `${name}.gguf`) : undefined;
}
