import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { findPython } from './prepare/find-python.mjs';
import { inRoot } from './prepare/paths.mjs';

const { command: found, args } = await findPython();
const python = execFileSync(found, [...args, '-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).trim();
const folder = mkdtempSync(path.join(tmpdir(), 'mathpie-colab-engine-'));
afterAll(() => rmSync(folder, { recursive: true }));
const inFolder = (...parts) => path.join(folder, ...parts);
const state = () => JSON.parse(readFileSync(inFolder('.cache', 'engine', 'state.json'), 'utf8'));

/** A machine with this nvidia-smi alone; without text it has none. */
beforeEach(() => {
  rmSync(folder, { recursive: true, force: true });
  for (const name of ['scripts', 'bin', 'python-gpu']) mkdirSync(inFolder(name), { recursive: true });
  copyFileSync(inRoot('scripts', 'colab_engine.py'), inFolder('scripts', 'colab_engine.py'));
  for (const name of ['requirements-cuda.txt', 'requirements-cuda12.txt'])
    copyFileSync(inRoot('python-gpu', name), inFolder('python-gpu', name));
});
function command(name, script) {
  writeFileSync(inFolder('bin', name), `#!/bin/sh\n${script}\n`);
  chmodSync(inFolder('bin', name), 0o755);
}
const gpu = (...lines) => command('nvidia-smi', `printf '%s\\n' ${lines.map((line) => `'${line}'`).join(' ')}`);

function run(code, { engine } = {}) {
  return execFileSync(python, ['-c', code], {
    cwd: inFolder('scripts'),
    encoding: 'utf8',
    env: { PATH: inFolder('bin'), HOME: folder, ...(engine === undefined ? {} : { MATHPIE_ENGINE: engine }) },
  });
}
const choose = (options) =>
  JSON.parse(run('import colab_engine as e, json; e.BYTES_NEEDED = 0; print(json.dumps(e.choose_engine()))', options));

const old = 'Tesla T4, 15360 MiB, 7.5, 550.54.15';
const recent = 'NVIDIA A100-SXM4-40GB, 40960 MiB, 8.0, 580.95.05';

describe('the engine that fits a machine', () => {
  it.each([
    ['no nvidia-smi', () => undefined, null, /^there is no GPU here; pocket, gguf:FILE/],
    ['a driver for CUDA 13', () => gpu(recent), 'cuda13', /^vLLM for CUDA 13$/],
    ['an old driver and a T4', () => gpu(old), 'cuda12', /CUDA 12, .* no bfloat16: 'vllm:NAME\?dtype=float16'$/],
    ['two GPUs', () => gpu(recent, 'NVIDIA L4, 23034 MiB, 8.9, 580.95.05'), 'cuda13', /CUDA 13$/],
    [
      'a driver for CUDA 11',
      () => gpu('NVIDIA L4, 23034 MiB, 8.9, 470.82.01'),
      null,
      /driver 470 is older than CUDA 12/,
    ],
    [
      'a GPU that is too weak',
      () => gpu('Tesla P100-PCIE-16GB, 16384 MiB, 6.0, 550.54.15'),
      null,
      /P100.* capability 6.0, vLLM needs 7.5/,
    ],
    [
      'a driver that does not answer',
      () => command('nvidia-smi', 'echo "Driver/library version mismatch" >&2; exit 18'),
      null,
      /finds no GPU \(Driver\/library version mismatch\)/,
    ],
    ['words that nobody understands', () => gpu('[N/A]'), null, /says something that is not understood/],
  ])('%s', (_, machine, engine, says) => {
    machine();
    expect(choose()).toMatchObject({ engine, says: expect.stringMatching(says) });
  });

  it.each([
    ['none', null, /^MATHPIE_ENGINE is none/],
    ['cuda12', 'cuda12', /^vLLM for CUDA 12$/],
    ['cuda11', null, /'cuda11', choose of auto, none, cuda13, cuda12/],
  ])('%s by hand', (engine, expected, says) => {
    gpu(recent);
    expect(choose({ engine })).toMatchObject({ engine: expected, says: expect.stringMatching(says) });
  });

  it('says how much disk is needed', () => {
    gpu(recent);
    const code = 'import colab_engine as e; e.BYTES_NEEDED = 1e18; print(e.choose_engine()["says"])';
    expect(run(code)).toMatch(/GB of disk are free and 1000000000 GB are needed/);
  });
});

describe('its installation', () => {
  const start = 'import colab_engine as e, json; e.BYTES_NEEDED = 0; print(json.dumps(e.start()))';
  // The process that is started is this file anew, with its own idea of how much disk it wants
  const install = 'import colab_engine as e; e.BYTES_NEEDED = 0; e.install()';

  it('makes an environment of its own by uv, from the lock of its CUDA, once', () => {
    gpu(old);
    command(
      'uv',
      `echo "$@" >> ${inFolder('uv.log')}; [ "$1" = venv ] && /bin/mkdir -p ${inFolder('.venv-cuda', 'bin')}; exit 0`,
    );
    run(install);
    const [made, filled] = readFileSync(inFolder('uv.log'), 'utf8').trim().split('\n');
    expect(made).toMatch(/^venv --python .* .*\.venv-cuda$/);
    expect(filled).toMatch(/^pip install --python .*\.venv-cuda\/bin\/python -r .*requirements-cuda12\.txt$/);
    expect(state()).toMatchObject({ state: 'ready', engine: 'cuda12' });
    expect(JSON.parse(run(start))).toMatchObject({ state: 'ready', engine: 'cuda12' });
    expect(readFileSync(inFolder('uv.log'), 'utf8').trim().split('\n')).toHaveLength(2);
  });

  it('leaves what went wrong to be read', () => {
    gpu(recent);
    command('uv', 'exit 2');
    expect(() => run(install)).toThrow();
    expect(state()).toMatchObject({
      state: 'failed',
      engine: 'cuda13',
      reason: expect.stringMatching(/uv.*exit status 2/),
    });
  });

  it('goes on behind the back of who started it', async () => {
    gpu(recent);
    command('uv', '/bin/sleep 1; exit 2');
    const { pid, ...started } = JSON.parse(run(start));
    expect(started).toMatchObject({ state: 'installing', engine: 'cuda13', minutes: '5 to 10' });
    expect(pid).toBeGreaterThan(1);
    for (let tries = 0; state().state === 'installing' && tries < 200; tries++)
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(state().state).toMatch(/failed|none/);
  });

  it('is none where there is no GPU', () => {
    expect(JSON.parse(run(start))).toMatchObject({ state: 'none', engine: null });
    expect(state().state).toBe('none');
  });
});
