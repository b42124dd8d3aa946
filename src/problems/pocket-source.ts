import { InputError } from '../errors.js';
import { pocketProblems } from './pocket/generate.js';
import type { Problem } from './problem.js';

/** Problems of the pocket grammar where a file of problems is wanted: `pocket:120`, or `pocket:120:7` with a seed. */
export function isPocketSource(data: string): boolean {
  return data.startsWith('pocket:');
}

/**
 * The problems of such a source; the two splits share none. Throws `InputError` for one that gives no count.
 *
 * @example readPocketSource('pocket:120:7', { split: 'test' })
 */
export function readPocketSource(data: string, { split }: { readonly split: 'train' | 'test' }): Problem[] {
  const [, count = '', seed = '0'] = /^pocket:(\d{1,8})(?::(\d{1,9}))?$/.exec(data) ?? [];
  if (!(Number(count) >= 1) || Number(count) > mostProblems) {
    throw new InputError(
      `Cannot read ${JSON.stringify(data.slice(0, 60))}: give a number of problems, at most ${mostProblems}, and a seed if you like, such as pocket:120 or pocket:120:7`,
    );
  }
  return [...pocketProblems({ count: Number(count), seed: Number(seed), split })];
}

/** They are all made at once, and kept in memory. */
const mostProblems = 1_000_000;
