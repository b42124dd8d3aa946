import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inRoot, isThere, notebookVenv, venvPython } from '../prepare/paths.mjs';
import { jupyterEnvironment } from '../prepare/write-kernel-spec.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'mathpie-stop-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const stage = (count) => `
const drawn = await runAndShow(
  { title: 'Drawn', directory: ${JSON.stringify(path.join(folder, 'run'))}, stage: 'instruct', model: model, config: { seed: 1 } },
  (tools) => instruct({ ...tools, count: ${count} }));
console.log(drawn.rows.length);`;

const wait = (seconds) => `await new Promise((done) => setTimeout(done, ${1000 * seconds}));`;

const cells = [
  {
    code: "import { generate, instruct, openModel, runAndShow } from 'mathpie';\nconst model = await openModel('pocket');",
  },
  { code: stage(5000), stopAfter: 3 },
  { code: stage(1) },
  { code: 'await new Promise((done) => setTimeout(done, 30_000));', stopAfter: 1 },
  { code: 'while (true) {}', stopAfter: 1 },
  { code: "console.log('goes on');" },
  { codes: [wait(2), wait(1), wait(1)] },
];

// The kernel of this very clone, asked by the protocol that JupyterLab's stop button speaks
describe.runIf(isThere(path.relative(inRoot(), venvPython(notebookVenv))))('the stop button of a notebook', () => {
  let rows = [];
  beforeAll(() => {
    const { stdout, stderr } = spawnSync(
      venvPython(notebookVenv),
      [inRoot('scripts', 'kernel', 'interrupt_cell.py'), inRoot('notebooks')],
      { input: JSON.stringify(cells), env: { ...process.env, ...jupyterEnvironment() }, encoding: 'utf8' },
    );
    rows = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    if (rows.length !== cells.length) throw new Error(stderr);
  }, 180_000);

  it('stops a stage within two seconds, in one line and without a stack', () => {
    expect(rows[1]).toMatchObject({ status: 'error', stderr: 'Stopped; the same cell goes on from here\n' });
    expect(rows[1].seconds).toBeLessThan(2);
  });

  it('leaves the run free: the next cell goes on in the same directory', () => {
    expect(rows[2]).toMatchObject({ status: 'ok', stderr: '' });
    expect(Number(rows[2].stdout)).toBeGreaterThan(0);
  });

  it.each([
    ['waits', 3],
    ['computes without a pause', 4],
  ])('stops what is not ours and %s too, in one word', (_, cell) => {
    expect(rows[cell]).toMatchObject({ status: 'error', stderr: 'Stopped\n' });
    expect(rows[cell].seconds).toBeLessThan(2);
  });

  it('is lit as long as a cell runs: busy stays busy while others wait and other things are asked', () => {
    const { states } = rows[6];
    expect(states.at(-1)).toEqual(['idle', 2]);
    for (const place of [0, 1, 2]) {
      const own = states.filter(([, which]) => which === place).map(([state]) => state);
      expect([own[0], own.at(-1), own.filter((state) => state === 'idle').length]).toEqual(['busy', 'idle', 1]);
    }
    // what was said last is what a frontend shows
    const idle = states.slice(0, -1).flatMap(([state], at) => (state === 'idle' ? [states[at + 1]?.[0]] : []));
    expect(new Set(idle)).toEqual(new Set(['busy']));
    const answered = states.findIndex(([state, which]) => state === 'idle' && which === 'info');
    expect(states.slice(answered, answered + 2)).toEqual([
      ['idle', 'info'],
      ['busy', 0],
    ]);
  });

  it('leaves the kernel at work', () => {
    expect(rows[5]).toMatchObject({ status: 'ok', stdout: 'goes on\n' });
  });
});
