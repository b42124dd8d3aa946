import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eachChange } from '../__fixtures__/extent.js';
import { runCli } from './__fixtures__/run-cli.js';

const root = mkdtempSync(join(tmpdir(), 'mathpie-ctrl-c-'));
const [problems, graded] = [join(root, 'problems.jsonl'), join(root, 'graded.jsonl')];
const rowCount = 100_000;

beforeAll(() => {
  const question = (row: number): string => `Ann has ${row} pens and buys ${row % 7} more. How many pens has she?`;
  const write = (file: string, makeRow: (row: number) => object): void =>
    writeFileSync(file, Array.from({ length: rowCount }, (_, row) => `${JSON.stringify(makeRow(row))}\n`).join(''));
  write(problems, (row) => ({ id: `p${row}`, question: question(row), answer: String(row + (row % 7)) }));
  const verdict = (row: number) => ({ equivalent: row % 3 > 0, grader: 'mathpie', rule: 'boxed/exact-number' });
  write(graded, (row) => ({
    id: `p${row}`,
    question: question(row),
    gold: '4',
    response: 'It is 4.',
    ...verdict(row),
  }));
});
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

const planned = ['--model', 'openai:gpt-5-mini', '--data', problems, '--run', join(root, 'run'), '--dry-run'];
const evaluated = ['evaluate', '--model', 'pocket', '--data', problems, '--run'];
const out = join(root, 'out');
/** These take their time until the moment comes. */
const late = [
  ['a dry run of augment, as it renders', ['augment', '--technique', 'fobar', ...planned], 4],
  ['evaluate, as it answers', [...evaluated, join(root, 'answering')], 28],
] as const;

describe.skipIf(process.platform !== 'linux')(`Ctrl-C in the middle of ${rowCount} rows`, () => {
  it.each([
    ['a dry run of evaluate', ['evaluate', ...planned], 1],
    ['a dry run of augment, as it reads', ['augment', '--technique', 'all', ...planned], 1],
    ['compare', ['compare', graded, graded], 1.2],
    ['deduplicate', ['magpie', 'deduplicate', '--data', problems, '--out', join(out, 'distinct.jsonl')], 0.8],
    ['problems pocket', ['problems', 'pocket', '--count', '1000000', '--out', join(out, 'problems.jsonl')], 1],
    ['evaluate, as it reads prompts', [...evaluated, join(root, 'reading')], 5],
    ['grade', ['grade', graded, '--out', join(out, 'again.jsonl')], 1],
    ...eachChange([], late),
  ] as const)('ends %s within two seconds and leaves nothing half done', async (_, words, afterSeconds) => {
    rmSync(out, { recursive: true, force: true });
    mkdirSync(out);
    let usedSeconds = Number.NaN;
    const { exitCode, stdout } = await runCli(words, {
      environment: { OPENAI_API_KEY: 'sk-nobody' },
      whileRunning: async (child) => {
        usedSeconds = await interrupt(child, afterSeconds);
      },
    });
    // Null where the system ended it
    expect([130, null]).toContain(exitCode);
    expect(stdout).toBe('');
    // Of processor time, as others may use the machine
    expect(usedSeconds).toBeLessThan(2);
    expect(readdirSync(out)).toEqual([]);
  });
});

/** Sends Ctrl-C when a process has used so many seconds of processor time; how many it uses until it has ended. */
async function interrupt(child: ChildProcess, afterSeconds: number): Promise<number> {
  const isOver = (): boolean => child.exitCode !== null || child.signalCode !== null;
  let used = 0;
  const look = (): number => {
    used = secondsOf(child.pid ?? 0) ?? used;
    return used;
  };
  while (!isOver() && look() < afterSeconds) await sleep(5);
  const before = used;
  child.kill('SIGINT');
  while (!isOver()) {
    look();
    await sleep(5);
  }
  return used - before;
}

function secondsOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // User and system, in hundredths
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return undefined;
  }
}
