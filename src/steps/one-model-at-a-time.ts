import type { LanguageModel } from '../models/language-model.js';

/**
 * Opens models as they are needed and keeps the last one open: steps of the same model load it once, and two models never
 * share a GPU.
 */
export function oneModelAtATime(open: (name: string) => Promise<LanguageModel>): {
  get(name: string): Promise<LanguageModel>;
  close(): Promise<void>;
} {
  let current: LanguageModel | undefined;
  const close = async (): Promise<void> => {
    const closing = current;
    current = undefined;
    await closing?.close();
  };
  return {
    get: async (name) => {
      if (current?.name === name) return current;
      await close();
      current = await open(name);
      return current;
    },
    close,
  };
}
