import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readAnswerRow } from '../answers/grade/read-answer-row.js';
import { runInProcess as run, runBeforePerson } from './__fixtures__/run-in-process.js';
import { grade } from './commands/grade.js';

const directory = mkdtempSync(join(tmpdir(), 'mathpie-grade-file-'));
afterAll(() => rmSync(directory, { recursive: true }));

function write(name: string, rows: readonly object[]): string {
  const file = join(directory, name);
  writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  return file;
}

const answered = (verdicts: readonly boolean[], more: object = {}) =>
  verdicts.map((isRight, index) => ({
    id: `q${index}`,
    question: `What is ${index} + 1?`,
    gold: String(index + 1),
    response: `The answer is ${isRight ? index + 1 : -1}.`,
    level: index % 2,
    note: { kept: true },
    ...more,
  }));

describe('answers in a file', () => {
  it('keep every column, and their accuracy has its interval and its parts', async () => {
    const file = write('own.jsonl', answered([true, true, true, false]));
    const { exitCode, stdout, stderr } = await run('grade', file, '--by', 'level,topic');
    expect(exitCode).toBe(0);
    expect(stderr.split('\n').slice(0, 4)).toEqual([
      '75.0 % right (3 of 4, 95 % interval 30.1 to 95.4 %), graded by mathpie',
      '  level 0: 100.0 % right (2 of 2, 95 % interval 34.2 to 100.0 %)',
      '  level 1: 50.0 % right (1 of 2, 95 % interval 9.5 to 90.5 %)',
      '  No row has a value in the column "topic"',
    ]);
    const [first] = stdout.split('\n');
    expect(JSON.parse(first ?? '')).toMatchObject({
      ...answered([true])[0],
      equivalent: true,
      extracted: '1',
      grader: 'mathpie',
    });
  });

  it('are not poured over a person: three rows, the accuracy of all, and where the others are to be had', async () => {
    const file = write('many.jsonl', answered([true, true, true, false, true]));
    const { stdout, stderr } = await runBeforePerson('grade', file);
    expect(stdout.trim().split('\n')).toHaveLength(3);
    expect(stderr).toContain('80.0 % right (4 of 5,');
    expect(stderr).toContain('The first 3 of 5 rows are shown; name a file by --out to keep all of them');
    const few = await runBeforePerson('grade', write('few.jsonl', answered([true])));
    expect(few.stderr).not.toContain('are shown');
  });

  it('are several samples where an id comes again: the interval is wider', async () => {
    const file = write('samples.jsonl', [...answered([true, false]), ...answered([true, false])]);
    const { stderr } = await run('grade', file);
    expect(stderr).toMatch(/^50\.0 % right \(2 of 4, 95 % interval (?!15\.0)/);
  });

  it.each([
    ['gold answer', { gold: '13' }],
    ['question', { question: 'What is 12 + 1?' }],
  ])('are no samples of one question where an id comes again with another %s', async (_, other) => {
    const row = { id: 'a', gold: '12', answer: '12' };
    const file = write('two-questions.jsonl', [
      { question: 'What is 11 + 1?', ...row },
      { ...row, ...other },
    ]);
    const { exitCode, stderr } = await run('grade', file);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('line 2: its id "a" is that of another question')]);
    const skipped = await run('grade', file, '--skip-bad');
    expect(skipped.stderr).toContain('100.0 % right (1 of 1,');
    expect(skipped.stderr).toContain('1 bad line skipped');
    expect(skipped.exitCode).toBe(0);
  });

  it('are none where the gold answer is empty: the line is named, left out and counted', async () => {
    const file = write('empty-gold.jsonl', [...answered([true]), { gold: '', answer: '12' }]);
    const { exitCode, stderr } = await run('grade', file);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('line 2: field "gold" is empty')]);
    const skipped = await run('grade', file, '--skip-bad');
    expect(skipped.stderr).toContain('100.0 % right (1 of 1,');
    expect(skipped.stderr).toContain('1 bad line skipped');
  });

  it('are compared once they are graded, by the grader that they name', async () => {
    const graded = [];
    for (const [name, verdicts] of [['a', [true, false, true]] as const, ['b', [true, true, true]] as const]) {
      const out = join(directory, `graded-${name}.jsonl`);
      await run('grade', write(`${name}.jsonl`, answered(verdicts)), '--out', out);
      graded.push(out);
    }
    const { exitCode, stdout, stderr } = await run('compare', ...graded, '--by', 'level');
    expect(exitCode).toBe(0);
    expect(stderr).toContain('graded-a.jsonl: 66.7 % right (2 of 3');
    expect(stderr).toContain('  level 1 (n = 1): −100.0 points');
    expect(JSON.parse(stdout)).toMatchObject({ n: 3, onlyRight: 1, graders: ['mathpie', 'mathpie'] });
  });

  it.each([
    ['not graded', answered([true]), 'row 1 has no verdict'],
    ['other questions', answered([true], { question: 'Another?', equivalent: true }), 'is not the same in both'],
  ])('are not compared where they are %s', async (name, rows, said) => {
    const other = write('other.jsonl', answered([true], { equivalent: true }));
    const { exitCode, stderr } = await run('compare', other, write(`${name}.jsonl`, rows));
    expect(stderr).toContain(said);
    expect(exitCode).toBe(2);
  });

  it('are shown in the help by a line that can be graded', () => {
    const line = grade.more?.find((each) => each.includes('{')) ?? '';
    expect(readAnswerRow(line.trim(), 1)).toMatchObject({ id: 'q1', gold: '42' });
  });

  it('keep a number that a double would round as it was written', async () => {
    const file = join(directory, 'long.jsonl');
    writeFileSync(file, '{"gold":12345678901234567891,"answer":"12345678901234567891"}\n');
    const { stdout } = await run('grade', file);
    expect(JSON.parse(stdout)).toMatchObject({ gold: '12345678901234567891', equivalent: true });
    expect(readFileSync(file, 'utf8')).toContain('12345678901234567891');
  });
});
