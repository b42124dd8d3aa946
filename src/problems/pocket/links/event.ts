import type { Kind, Link } from '../link.js';
import { addend, few } from '../sizes.js';

/** A link that goes on from a total. */
export type Event = Link & { readonly takes: Kind };

/** A divisor of the total, of the level's few, or undefined. */
export const divisor: Link['draw'] = (random, level, total) => {
  const n = few(random, level);
  return Number.isInteger(total) && total > n && total % n === 0 ? { n } : undefined;
};

export const plus: Link['draw'] = (random, level) => ({ n: addend(random, level) });

/** Less than the total. */
export const minus: Link['draw'] = (random, level, total) =>
  total > 2 ? { n: random.integer(1, Math.min(Math.ceil(total) - 1, 50 ** level)) } : undefined;

export const times: Link['draw'] = (random, level) => ({ n: few(random, level) });

/** A sum above the total. */
export const above: Link['draw'] = (random, level, total) => ({ n: Math.ceil(total) + addend(random, level) });
