import { isForGpu } from '../models/files/trained-folder.js';
import type { LanguageModel } from '../models/language-model.js';
import { type AblateOptions, defaultEffects, type Models } from './ablate-options.js';

/**
 * The models of an ablation, each opened when it is first asked for. Models in this process stay open; an engine takes most of a GPU's
 * memory, so that one is closed before another is opened or a student is trained.
 */
export function openModels({ signal, effects }: Pick<AblateOptions, 'signal' | 'effects'>): Models {
  const { open } = { ...defaultEffects, ...effects };
  const opened = new Map<string, Promise<LanguageModel>>();
  const closeWhere = async (isChosen: (name: string) => boolean): Promise<void> => {
    for (const [name, model] of opened) {
      if (!isChosen(name)) continue;
      opened.delete(name);
      await model.then((each) => each.close()).catch(() => undefined);
    }
  };
  return {
    open: async (name) => {
      const known = opened.get(name);
      if (known !== undefined) return known;
      if (needsGpu(name)) await closeWhere(needsGpu);
      const model = open(name, { signal });
      opened.set(name, model);
      return model;
    },
    close: (name) => closeWhere((each) => name === undefined || each === name),
    freeGpu: () => closeWhere(needsGpu),
  };
}

/** Whether an engine holds a GPU for it: a folder is opened by vLLM where there is one. */
export const needsGpu = (name: string): boolean => name.startsWith('vllm:') || isForGpu(name);
