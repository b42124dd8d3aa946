import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { findDifferences } from './compare-notebooks.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'mathpie-compare-'));
let count = 0;

/** A notebook with a heading and a code cell for each [source, output, tag]. */
function write(...cells) {
  const file = path.join(folder, `${count++}.ipynb`);
  const code = cells.map(([source, output, tag]) => ({
    cell_type: 'code',
    source,
    outputs: [{ output_type: 'stream', text: output }],
    metadata: tag === undefined ? {} : { tags: [tag] },
  }));
  writeFileSync(file, JSON.stringify({ cells: [{ cell_type: 'markdown', source: '# A' }, ...code] }));
  return file;
}

describe('findDifferences(left, right)', () => {
  it.each([
    ['nothing where all is the same', [['a', '1']], [['a', '1']], []],
    [
      'the cells whose outputs differ',
      [
        ['a', '1'],
        ['b', '2'],
        ['c', '3'],
      ],
      [
        ['a', '1'],
        ['b', '0'],
        ['c', '0'],
      ],
      [2, 3],
    ],
    ['nothing of a cell that shows the machine', [['a', '1', 'machine']], [['a', '2', 'machine']], []],
    ['0 for other sources', [['a', '1']], [['b', '1']], [0]],
    ['0 for another number of cells', [['a', '1']], [], [0]],
  ])('gives %s', (_, left, right, expected) => {
    expect(findDifferences(write(...left), write(...right))).toEqual(expected);
  });
});
