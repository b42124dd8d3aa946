import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { recognizeDataset } from './recognize-dataset.js';

const directory = mkdtempSync(join(tmpdir(), 'mathpie-dataset-'));
afterAll(() => rmSync(directory, { recursive: true }));

describe('recognizeDataset', () => {
  it.each([
    ['gsm8k', { question: '3 + 4?', answer: 'It is 3+4=<<3+4=7>>7.\n#### 7' }],
    ['math', { problem: '3 + 4?', solution: 'It is $\\boxed{7}$.', level: 'Level 1', type: 'Algebra' }],
    ['pocket', { question: '3 + 4?', answer: '7' }],
    ['pocket', { nothing: 'known' }],
  ])('says %s of %j', async (dataset, row) => {
    const file = join(directory, 'rows.jsonl');
    writeFileSync(file, `${JSON.stringify(row)}\n`);
    expect(await recognizeDataset(file)).toBe(dataset);
  });

  it('leaves a file that is not there to its reader', async () => {
    expect(await recognizeDataset(join(directory, 'none.jsonl'))).toBe('pocket');
  });
});
