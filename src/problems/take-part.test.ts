import { describe, expect, it } from 'vitest';
import { takePart } from './take-part.js';

const items = Array.from({ length: 1000 }, (_, number) => ({ id: `train.jsonl:${number}` }));

describe('takePart()', () => {
  it.each([1, 2, 3, 8, 64])('%i parts share no item, have all, and are about as large', (count) => {
    const parts = Array.from({ length: count }, (_, place) => takePart(items, { index: place + 1, count }));
    const ids = parts.flatMap((part) => part.map(({ id }) => id));
    expect(ids).toHaveLength(items.length);
    expect(new Set(ids)).toEqual(new Set(items.map(({ id }) => id)));
    const mean = items.length / count;
    for (const part of parts) expect(Math.abs(part.length - mean)).toBeLessThan(4.5 * Math.sqrt(mean) + 1);
  });

  it('keeps the order, and an item’s part whatever stands beside it', () => {
    const part = takePart(items, { index: 2, count: 3 });
    expect(takePart(items.slice(500), { index: 2, count: 3 })).toEqual(
      part.filter((item) => items.indexOf(item) >= 500),
    );
  });
});
