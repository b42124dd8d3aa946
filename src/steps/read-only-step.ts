import { tellNames } from '../name-setting.js';
import { readOnlyRun } from '../runs/read-only-run.js';
import { inCallersWords } from './callers-words.js';
import type { ChainOptions } from './chain-options.js';
import { giveTo } from './give-to.js';
import { requireReadFiles } from './read-inputs.js';
import { requireFresh } from './require-fresh.js';
import { requireTaken } from './require-taken.js';
import { resolveLinks } from './resolve-links.js';
import { createRowStore } from './row-store.js';
import type { Made, StepGiven } from './step.js';

/**
 * Does a step that asks nobody and is no stage of a run: on rows of files, or on those of a run directory that stays as it is. Where its rows
 * go is the caller's affair. Throws `InputError` where there are no rows.
 */
export async function doReadOnly(
  options: Omit<ChainOptions, 'directory'> & { readonly directory: string | undefined },
): Promise<{ readonly made: Made; readonly rowsAre: string }> {
  const { chain, directory, problemLanguage = 'en', onProgress } = options;
  return inCallersWords(options, undefined, async () => {
    const [link] = await resolveLinks(chain, { directory, problemLanguage, isReading: true });
    if (link === undefined) throw new TypeError('A chain of no step');
    requireTaken(link);
    requireReadFiles(link, { root: directory ?? '' });
    if (directory !== undefined) {
      const makers = Object.values(link.takes).map(({ stage }) => stage);
      await requireFresh(directory, makers);
    }
    const store = createRowStore();
    await store.load(link);
    const run = await readOnlyRun(directory);
    const tell: StepGiven<object>['onProgress'] = (progress) => onProgress?.({ ...progress, step: link.label });
    const given = giveTo(link, { store, run, model: undefined, options, isReading: true, onProgress: tell });
    const made = await link.step.work(given);
    const notes = made.notes.map((line) =>
      tellNames(line, (setting) => options.nameOf?.(setting, link.step.name) ?? setting),
    );
    return { made: { ...made, notes }, rowsAre: link.rowsAre };
  });
}
