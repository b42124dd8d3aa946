import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { presetNames } from '../answers/presets/grade-with-preset.js';
import { techniques } from '../metamath/augmented-row.js';
import { augment } from './commands/augment.js';
import { grade } from './commands/grade.js';
import { runCommandLine } from './run-command-line.js';

const directory = mkdtempSync(join(tmpdir(), 'mathpie-commands-'));
afterAll(() => rmSync(directory, { recursive: true }));

async function run(...words: string[]) {
  const text = { stdout: '', stderr: '' };
  const writer = (name: keyof typeof text) => ({ write: (part: string) => (text[name] += part) });
  const signal = new AbortController().signal;
  const exitCode = await runCommandLine({ words, stdout: writer('stdout'), stderr: writer('stderr'), signal });
  return { exitCode, ...text };
}

describe('the words of a flag are those of the function behind it', () => {
  it.each([
    ['grade --preset', grade.options.preset?.valueName, presetNames],
    ['augment --technique', augment.options.technique?.valueName, [...techniques, 'all']],
  ])('%s', (_, words, known) => {
    expect(words?.split('|')).toEqual(known);
  });
});

describe('mathpie grade', () => {
  it('writes a row for each row, in order, and counts on stderr', async () => {
    const file = join(directory, 'answers.jsonl');
    const rows = [
      { id: 'a', gold: '0.5', answer: '\\frac{1}{2}' },
      { gold: '12', response: 'So 3 * 5 = 15. The answer is \\boxed{15}.' },
      { id: 3, gold: '1', answer: null },
    ];
    writeFileSync(file, `${rows.map((row) => JSON.stringify(row)).join('\r\n')}\r\nbad`);
    const { exitCode, stdout, stderr } = await run('grade', file, '--skip-bad');
    expect(stderr).toBe('1 of 3 answers equal their gold by mathpie (1 without an answer, 1 bad line skipped)\n');
    expect(exitCode).toBe(0);
    const graded = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(graded).toMatchObject([
      { id: 'a', equivalent: true, extracted: '\\frac{1}{2}', rule: expect.any(String), ms: expect.any(Number) },
      { id: 2, equivalent: false, extracted: '15' },
      { id: 3, equivalent: false },
    ]);
  });
});

describe('mathpie problems pocket', () => {
  it('writes the same rows for the same seed', async () => {
    const words = ['problems', 'pocket', '--count', '5', '--seed', '3', '--split', 'test'];
    const { stdout } = await run(...words);
    expect((await run(...words)).stdout).toBe(stdout);
    expect(Object.keys(JSON.parse(stdout.split('\n')[0] ?? ''))).toEqual([
      'id',
      'question',
      'answer',
      'solution',
      'subject',
      'level',
      'steps',
    ]);
  });
});
