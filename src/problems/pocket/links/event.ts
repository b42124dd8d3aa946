import type { Kind, Link } from '../link.js';
import { addend, few, portion, roundSum } from '../sizes.js';

/** A link that goes on from a total. */
export type Event = Link & { readonly takes: Kind };

/** A divisor of the total, of the level's few, or undefined. */
export const divisor: Link['draw'] = (random, level, total) => {
  const n = few(random, level);
  return Number.isInteger(total) && total > n && total % n === 0 ? { n } : undefined;
};

export const plus: Link['draw'] = (random, level) => ({ n: addend(random, level) });

export const minus: Link['draw'] = (random, _level, total) => (total > 2 ? { n: portion(random, total) } : undefined);

export const times: Link['draw'] = (random, level) => ({ n: few(random, level) });

export const above: Link['draw'] = (random, _level, total) => ({ n: roundSum(random, total) });
