import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onlyLine } from './__fixtures__/only-line.js';
import { runCli } from './__fixtures__/run-cli.js';
import { type Endpoint, serveEndpoint, solve, solveThenHang } from './__fixtures__/serve-endpoint.js';

const root = mkdtempSync(join(tmpdir(), 'mathpie-kept-'));
const path = (...parts: string[]) => join(root, ...parts);
const good = path('good.jsonl');
let endpoint: Endpoint;
const evaluate = (model: string, run: string, ...words: string[]) => [
  'evaluate',
  '--model',
  model,
  '--data',
  good,
  '--run',
  path(run),
  ...words,
];

beforeAll(async () => {
  endpoint = await serveEndpoint(solve);
  const problem = (id: number) => `${JSON.stringify({ id: `p${id}`, question: 'What is 2 + 2?', answer: '4' })}\n`;
  writeFileSync(good, [1, 2, 3, 4, 5, 6].map(problem).join(''));
  writeFileSync(path('no-field.jsonl'), `${problem(1)}{"id": "x", "answer": "4"}\n${problem(2)}`);
});

afterAll(async () => {
  await endpoint.close();
  rmSync(root, { recursive: true });
});

describe('a run keeps what is done', { timeout: 60_000 }, () => {
  it('skips and counts bad lines with --skip-bad', async () => {
    const words = evaluate(endpoint.model, 'skipped', '--skip-bad');
    const { exitCode, stderr, stdout } = await runCli([...words, '--data', path('no-field.jsonl')]);
    expect(stderr).toMatch(/^Skipped 1 line of .*no-field\.jsonl \(first: line 2 lacks the field "question"\)$/m);
    expect(exitCode, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ n: 2, correct: 2 });
  });

  it('refuses another configuration and shows the difference', async () => {
    const words = evaluate(endpoint.model, 'other', '--quiet');
    expect((await runCli(words)).exitCode).toBe(0);
    const before = readFileSync(path('other', 'records.jsonl'), 'utf8');
    const { exitCode, stderr } = await runCli([...words, '--temperature', '0.5', '--seed', '3']);
    expect(onlyLine(stderr)).toMatch(
      /stage "evaluate" was started with another configuration \(was → now: --seed: 0 → 3, --temperature: 0 → 0\.5\); use the earlier values, or another run directory$/,
    );
    expect(exitCode).toBe(2);
    expect(readFileSync(path('other', 'records.jsonl'), 'utf8')).toBe(before);
    expect((await runCli(words)).exitCode).toBe(0);
  });

  it.skipIf(process.platform !== 'linux')('says that the disk is full', async () => {
    mkdirSync(path('full'));
    symlinkSync('/dev/full', path('full', 'records.jsonl'));
    const { exitCode, stderr } = await runCli(evaluate(endpoint.model, 'full'));
    expect(onlyLine(stderr)).toMatch(
      /^Cannot append to .*records\.jsonl: the disk is full; what was written before is kept, free some space and repeat the same command$/,
    );
    expect(exitCode).toBe(2);
  });

  it('stops at Ctrl-C, says how to continue, and continues', async () => {
    const slow = await serveEndpoint(solveThenHang(4));
    const hanging = evaluate(slow.model, 'stopped', '--quiet');
    const records = path('stopped', 'records.jsonl');
    const stopped = await runCli(hanging, { whileRunning: (child) => interruptAfter(child, records, 4) });
    expect(onlyLine(stopped.stderr)).toBe(
      `Stopped; what is done is kept, continue with the same command: mathpie ${hanging.join(' ')}`,
    );
    expect(stopped.exitCode).toBe(130);
    const kept = readFileSync(records, 'utf8');
    await slow.close();
    const port = Number(/:(\d+)\//.exec(slow.model)?.[1]);
    const quick = await serveEndpoint(solve, { port });
    const continued = await runCli(hanging);
    await quick.close();
    expect(continued).toMatchObject({ exitCode: 0, stderr: '' });
    expect(JSON.parse(continued.stdout)).toMatchObject({ n: 6, correct: 6 });
    const lines = readFileSync(records, 'utf8');
    expect(lines.startsWith(kept)).toBe(true);
    expect(
      new Set(
        lines
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line).id),
      ).size,
    ).toBe(6);
  });

  it('stops the embedded model at Ctrl-C, and continues', async () => {
    const words = evaluate('pocket', 'embedded', '--repeat', '20', '--quiet');
    const records = path('embedded', 'records.jsonl');
    const stopped = await runCli(words, { whileRunning: (child) => interruptAfter(child, records, 1) });
    expect(onlyLine(stopped.stderr)).toMatch(/^Stopped; what is done is kept/);
    expect(stopped.exitCode).toBe(130);
    const kept = readFileSync(records, 'utf8');
    expect(await runCli(words)).toMatchObject({ exitCode: 0, stderr: '' });
    expect(readFileSync(records, 'utf8').startsWith(kept)).toBe(true);
    expect(readFileSync(records, 'utf8').trimEnd().split('\n')).toHaveLength(120);
  });
});

/** Sends Ctrl-C when the file has so many lines. */
async function interruptAfter(child: ChildProcess, file: string, lineCount: number): Promise<void> {
  const lines = (): number => (existsSync(file) ? readFileSync(file, 'utf8').split('\n').length - 1 : 0);
  while (lines() < lineCount && child.exitCode === null) await sleep(10);
  child.kill('SIGINT');
}
