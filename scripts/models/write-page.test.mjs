import { describe, expect, it } from 'vitest';
import { keepTables } from './write-page.mjs';

const before = '\n\nearlier machine.\n\n### Speed\n\n| old |\n\n### GSM8K\n\n| kept |\n\n';
const speed = { title: 'Speed', lines: ['', '### Speed', '', '| new |'] };
const gsm8k = { title: 'GSM8K', lines: ['', '### GSM8K', '', '| new too |'] };

const table = (...rows) => ['| model | right |', '| --- | --- |', ...rows.map((row) => `| ${row} |`)];
const longer = `\n\nearlier machine.\n\n### GSM8K\n\n${table('a | 1', 'b | 2', 'b | 3', 'c | 4').join('\n')}\n\n`;
const measured = (...rows) => ({ title: 'GSM8K', lines: ['', '### GSM8K', '', ...table(...rows)] });

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

  it.each([
    ['one model of three', ['b | 5'], 'a; c', ['a | 1', 'b | 5', 'c | 4']],
    ['a new one', ['d | 6'], 'a; b; c', ['a | 1', 'b | 2', 'b | 3', 'c | 4', 'd | 6']],
  ])('%s: the rows of the others stay, and are named', (_, rows, kept, expected) => {
    expect(keepTables(longer, { machine: 'machine.', sections: [measured(...rows)] })).toBe(
      `earlier machine.\n\n### GSM8K\n\nmachine. As before: ${kept}.\n\n${table(...expected).join('\n')}`,
    );
  });

  it('all models, and a table with other columns: nothing stays', () => {
    for (const earlier of [longer, longer.replace('right', 'left')])
      expect(keepTables(earlier, { machine: 'now.', sections: [measured('c | 7', 'b | 8', 'a | 9')] })).toBe(
        `now.\n\n### GSM8K\n\n${table(...(earlier === longer ? ['a | 9', 'b | 8', 'c | 7'] : ['c | 7', 'b | 8', 'a | 9'])).join('\n')}`,
      );
  });
});
