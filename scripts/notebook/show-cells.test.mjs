import { describe, expect, it } from 'vitest';
import { showCells } from './show-cells.mjs';

const start = { event: 'notebook-start', cells: 2 };
const cell = { event: 'cell-start', cell: 1, line: 'grow()' };
const progress = (text) => ({ event: 'cell-progress', cell: 1, text });
const end = { event: 'cell-end', cell: 1, seconds: 12.34 };

function show(events, { isTerminal = false, byChapter = false } = {}) {
  const texts = [];
  let time = 0;
  const cells = showCells({ write: (text) => texts.push(text), isTerminal, byChapter, now: () => time });
  for (const event of events) {
    cells.show(event);
    time += 6000;
  }
  cells.end();
  return texts.join('');
}

describe('showCells()', () => {
  it('gives a cell one line in a log', () => {
    expect(show([start, cell, end])).toBe('  cell 1 of 2: grow() (12.3 s)\n');
  });

  it('says every ten seconds in a log where a long cell is, and where it ended', () => {
    const text = show([start, cell, progress('10 of 40'), progress('20 of 40'), progress('30 of 40'), end]);
    expect(text).toBe('    20 of 40\n  cell 1 of 2: grow() (12.3 s)\n    30 of 40\n');
  });

  it('tells chapters by their headings where it is asked to, and nothing of code', () => {
    const inChapter = (number, chapter) => [
      { ...cell, cell: number, chapter },
      { ...end, cell: number },
    ];
    const events = [start, ...inChapter(1, ''), ...inChapter(2, '1. Settings'), ...inChapter(3, '1. Settings')];
    expect(show([...events, ...inChapter(4, '2. Rows'), { event: 'notebook-end' }], { byChapter: true })).toBe(
      '  1. Settings (24 s)\n  2. Rows (12 s)\n',
    );
  });

  it('keeps control characters of a cell out of the terminal', () => {
    expect(show([start, { ...cell, line: 'a\u001b[2Jb' }, progress('c\u0007\nd'), end])).toBe(
      '  cell 1 of 2: a [2Jb (12.3 s)\n    c d\n',
    );
  });

  it('shows what a failed cell said', () => {
    const error = { event: 'cell-error', cell: 1, line: 'grow()', text: 'InputError: no\nsuch', out: 'a.failed.ipynb' };
    expect(show([start, cell, error])).toBe(
      [
        'Cannot finish the notebook: cell 1 of 2 failed, "grow()"',
        '    InputError: no',
        '    such',
        'What ran until then is in a.failed.ipynb',
        '',
      ].join('\n'),
    );
  });
});
