import { MathpieError } from '../errors.js';
import type { ChainOptions } from './chain-options.js';
import type { Link } from './link.js';

/** Does work whose errors name settings as the caller does; without a link it is of the whole chain. */
export async function inCallersWords<Result>(
  { nameOf, chain }: Pick<ChainOptions, 'nameOf' | 'chain'>,
  link: Link | undefined,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof MathpieError && nameOf !== undefined) {
      const step = link?.step.name ?? chain[0]?.step.name ?? '';
      error.tell((setting) => nameOf(setting, step));
    }
    throw error;
  }
}
