import { describe, expect, it } from 'vitest';
import { keepTables } from './write-page.mjs';

const before = '\n\nearlier machine.\n\n### Speed\n\n| old |\n\n### GSM8K\n\n| kept |\n\n';
const speed = { title: 'Speed', lines: ['', '### Speed', '', '| new |'] };
const gsm8k = { title: 'GSM8K', lines: ['', '### GSM8K', '', '| new too |'] };

describe('keepTables(before, { machine, sections })', () => {
  it.each([
    [
      'one of two',
      [speed, { ...gsm8k, lines: [] }],
      'earlier machine.\n\n### Speed\n\nmachine.\n\n| new |\n\n### GSM8K\n\n| kept |',
    ],
    ['all', [speed, gsm8k], 'machine.\n\n### Speed\n\n| new |\n\n### GSM8K\n\n| new too |'],
  ])('%s', (_, sections, expected) => {
    expect(keepTables(before, { machine: 'machine.', sections })).toBe(expected);
  });
});
