import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { enginesEnvironment } from '../gpu/__fixtures__/engines.js';
import { listTree } from '../gpu/process-tree.js';
import { packagePath } from '../package-root.js';

const root = mkdtempSync(join(tmpdir(), 'mathpie-ablate-stop-'));
afterAll(() => rmSync(root, { recursive: true }));
const file = join(root, 'tiny.json');
writeFileSync(
  file,
  JSON.stringify({
    ...{ name: 'tiny', version: 1, description: 'a test', problems: 20, rows: 64, test: { problems: 10 } },
    arms: [
      { name: 'none', of: {} },
      { name: 'originals', of: { originals: 1 } },
    ],
  }),
);
const directory = join(root, 'run');
const events = join(directory, 'seed-1', 'originals', 'train', 'events.jsonl');
const read = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : '');

/** The command as in a terminal: a group of its own, which Ctrl-C reaches as a whole. */
function start(more: readonly string[] = []): {
  child: ChildProcess;
  said: () => string;
  ended: Promise<number | null>;
} {
  const words = ['ablate', '--recipe', file, '--run', directory, ...more];
  const child = spawn(process.execPath, [packagePath('dist', 'cli', 'main.js'), ...words], {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    // One thread: two wait for each other where the machine has other work
    env: { ...enginesEnvironment(), OMP_NUM_THREADS: '1' },
  });
  let text = '';
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  return { child, said: () => text, ended: new Promise((done) => child.on('close', done)) };
}

const runs = (pid: number, name: string): boolean => listTree(pid).some(({ command }) => command.includes(name));

const atOnce = ['--seeds', '2', '--at-once', '2'];
const ofSecond = join(directory, 'seed-2', 'originals', 'train', 'events.jsonl');

it.each<[string, (pid: number, said: string) => boolean, (readonly string[])?]>([
  ['as it measures', (_, said) => said.includes('Measuring')],
  ['as it measures a training', (pid) => runs(pid, 'train_sft.py')],
  ['as it looks for Python', (pid, said) => said.includes('originals, mix') && runs(pid, 'find_spec')],
  ['in a step of training', () => read(events).includes('"step-end"')],
  ['as the trained model becomes a GGUF', (pid) => runs(pid, 'export_gguf.py')],
  ['as that is tried', (pid) => runs(pid, 'try-loading')],
  ['as processes of their own grow sets', (pid) => runs(pid, 'part-process'), atOnce],
  ['in a step of a training beside others', () => read(ofSecond).includes('"step-end"'), atOnce],
])('Ctrl-C %s ends mathpie ablate within two seconds, in one line', async (_, isThere, more = []) => {
  const { child, said, ended } = start(more);
  const pid = child.pid ?? 0;
  let over = false;
  ended.then(() => {
    over = true;
  });
  while (!over && !isThere(pid, said())) await new Promise((wake) => setTimeout(wake, 5));
  const pressedAt = performance.now();
  if (!over) process.kill(-pid, 'SIGINT');
  const code = await ended;
  // What comes too fast to be met is no fault
  if (code === 0) return;
  expect(performance.now() - pressedAt).toBeLessThan(2500);
  expect([code, said().trim().split('\n').at(-1)]).toEqual([
    130,
    `Stopped; what is done is kept, continue with the same command: mathpie ablate --recipe ${file} --run ${directory}${more.map((word) => ` ${word}`).join('')}`,
  ]);
  expect(said()).not.toMatch(/Cannot|Traceback|at .*\.js:/);
});

it('the same command then ends, with what was done kept', async () => {
  const { said, ended } = start();
  expect([await ended, said()]).toEqual([0, expect.stringContaining('originals, mix')]);
  expect(said()).toContain('none, evaluate: ');
  expect(JSON.parse(read(join(directory, 'table.json')))).toHaveLength(2);
});
