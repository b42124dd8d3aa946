import { describe, expect, it } from 'vitest';
import { firstInFirstOut } from './first-in-first-out.js';

describe('firstInFirstOut(isWanted)', () => {
  it('gives back in order, passes over what is no longer wanted, and tells what waits', () => {
    const unwanted = new Set<number>();
    const queue = firstInFirstOut<number>((item) => !unwanted.has(item));
    expect(queue.take()).toBeUndefined();
    for (const item of [1, 2, 3, 4]) queue.put(item);
    unwanted.add(2).add(4);
    expect([queue.take(), queue.waiting()]).toEqual([1, [2, 3, 4]]);
    expect([queue.next(2), queue.next(9)]).toEqual([
      [2, 3],
      [2, 3, 4],
    ]);
    queue.put(5);
    expect([queue.take(), queue.take(), queue.take(), queue.waiting()]).toEqual([3, 5, undefined, []]);
    queue.put(6);
    expect(queue.take()).toBe(6);
  });

  it('looks at each of many once, however they are put in and taken', () => {
    let looks = 0;
    const queue = firstInFirstOut<number>((item) => ++looks > 0 && item % 1000 === 0);
    const found: number[] = [];
    for (let item = 1; item <= 100_000; item += 1) {
      queue.put(item);
      if (item % 700 === 0) found.push(queue.take() ?? -1);
    }
    for (let item = queue.take(); item !== undefined; item = queue.take()) found.push(item);
    expect(found.filter((item) => item > 0)).toEqual(Array.from({ length: 100 }, (_, place) => 1000 * (place + 1)));
    expect(looks).toBe(100_000);
    expect(queue.waiting()).toEqual([]);
  });
});
