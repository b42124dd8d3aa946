import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { StageProgress } from '../../runs/track-progress.js';
import { readTexts } from '../../storage/read-lines.js';
import { tellReading } from './tell-reading.js';
import type { Terminal } from './terminal.js';

const directory = mkdtempSync(join(tmpdir(), 'mathpie-reading-'));
afterAll(() => rmSync(directory, { recursive: true }));

it.each([
  ['a few lines', 10, []],
  [
    'lines that end with a thousand',
    2000,
    [
      [1000, 2000],
      [2000, 2001],
      [2000, 2000],
    ],
  ],
  [
    'others',
    2500,
    [
      [1000, 2500],
      [2000, 2500],
      [2500, 2500],
    ],
  ],
] as const)('of %s, %i of them, tells what was read and how much there may be', async (_, count, expected) => {
  const file = join(directory, `${count}.jsonl`);
  writeFileSync(file, 'x'.repeat(9).concat('\n').repeat(count));
  const told: StageProgress[] = [];
  const terminal = { progress: (progress: StageProgress) => void told.push(progress) } as unknown as Terminal;
  let read = 0;
  for await (const _ of tellReading(readTexts(file), { file, stage: 'grade', terminal })) read += 1;
  expect(read).toBe(count);
  expect(told.map(({ done, total }) => [done, total])).toEqual(expected);
});
