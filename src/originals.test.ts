import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { packagePath } from './package-root.js';

const rows = readFileSync(packagePath('docs', 'originals.md'), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, number, , , test] = /^\| (\d+) \| (.+) \| (.+) \| (?:`([^`]+)`|none) \|$/.exec(line) ?? [];
    return number === undefined ? [] : [{ number: Number(number), test }];
  });

describe('docs/originals.md', () => {
  it('has 43 rows, counted', () => {
    expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 43 }, (_, place) => place + 1));
  });

  const held = rows.flatMap(({ number, test }) => (test === undefined ? [] : [{ number, test }]));
  it.each(held)('row $number is held by a test that is there: $test', ({ test }) => {
    expect(existsSync(packagePath(test))).toBe(true);
  });
});
