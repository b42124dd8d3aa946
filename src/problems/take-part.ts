import { createHash } from 'node:crypto';

/** Part `index` (from 1) of `count`. */
export type Part = { readonly index: number; readonly count: number };

/**
 * The items of one part, for work on several machines. An item's part is made of its id alone (the first 48 bits of its
 * SHA-256, modulo the number of parts): parts share no item, together they have all, and a longer file moves none.
 */
export function takePart<Item extends { readonly id: string }>(
  items: readonly Item[],
  { index, count }: Part,
): readonly Item[] {
  return items.filter(({ id }) => partOf(id, count) === index);
}

function partOf(id: string, count: number): number {
  const start = createHash('sha256').update(id).digest().readUIntBE(0, 6);
  return (start % count) + 1;
}
