import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { CancelledError, InputError } from '../errors.js';
import { packagePath } from '../package-root.js';
import { findPython } from './find-python.js';
import { scriptNeeds } from './scripts.js';

const folder = mkdtempSync(join(tmpdir(), 'mathpie-python-'));
afterAll(() => rmSync(folder, { recursive: true }));

const needs = {
  script: 'generate.py',
  modules: ['vllm'],
  platform: 'engines' as const,
  environments: ['.venv-engines', '.venv-gpu'],
};

/** Environments that are there, with what each of them lacks; undefined for one that cannot be started. */
function find(there: Record<string, string[] | undefined>, environment: NodeJS.ProcessEnv = {}) {
  const name = (file: string) => Object.keys(there).find((key) => file.includes(key));
  return findPython(needs, {
    environment,
    exists: (file) => name(file) !== undefined,
    missingModules: async (file) => there[name(file) ?? ''],
  });
}

describe('findPython()', () => {
  it.each<[string, Record<string, string[]>, NodeJS.ProcessEnv, RegExp]>([
    ['MATHPIE_PYTHON before all', { mine: [], '.venv-engines': [] }, { MATHPIE_PYTHON: '/mine' }, /^\/mine$/],
    [
      'an active environment',
      { active: [], '.venv-engines': [] },
      { VIRTUAL_ENV: '/active' },
      /^\/active\/bin\/python$/,
    ],
    ['the best environment', { '.venv-engines': [], '.venv-gpu': [] }, {}, /\.venv-engines\/bin\/python$/],
    ['one that has the packages', { '.venv-engines': ['vllm'], '.venv-gpu': [] }, {}, /\.venv-gpu\/bin\/python$/],
    ['python3', { '.venv-gpu': ['vllm'], python3: [] }, {}, /^python3$/],
  ])('takes %s', async (_, there, environment, expected) => {
    expect(await find(there, environment)).toMatch(expected);
  });

  it.each<[string, Record<string, string[] | undefined>, NodeJS.ProcessEnv, string]>([
    [
      'packages',
      { '.venv-gpu': ['vllm'], python3: ['vllm'] },
      {},
      'Cannot run generate.py: .venv-gpu/bin/python has no vllm, python3 has no vllm; type "python3 -m venv .venv-engines && .venv-engines/bin/pip install -r python-gpu/requirements-engines.txt && .venv-engines/bin/pip install --no-deps -r python-gpu/requirements-engines.no-deps.txt"',
    ],
    ['a Python', {}, {}, 'Cannot run generate.py: python3 cannot be started; type "python3 -m venv .venv-engines && '],
    [
      'packages of the one named',
      { mine: undefined, python3: [] },
      { MATHPIE_PYTHON: '/mine/python' },
      'Cannot run generate.py: MATHPIE_PYTHON /mine/python cannot be started; type "/mine/python -m pip install -r python-gpu/requirements-engines.txt && ',
    ],
  ])('says what to do when there are no %s', async (_, there, environment, expected) => {
    const finding = find(there, environment);
    await expect(finding).rejects.toThrow(InputError);
    await expect(finding).rejects.toThrow(expected);
    await expect(finding).rejects.toThrow('(docs/gpu.md says more), or name another Python in MATHPIE_PYTHON');
  });

  it('blames no Python for Ctrl-C, which reaches the one that is asked too', async () => {
    const stopped = join(folder, 'python');
    writeFileSync(stopped, '#!/bin/sh\nkill -INT $$\n', { mode: 0o755 });
    await expect(findPython(needs, { environment: { MATHPIE_PYTHON: stopped } })).rejects.toThrow(CancelledError);
  });

  it('asks a real Python', async () => {
    const one = { ...needs, environments: [] };
    expect(await findPython({ ...one, modules: ['json'] }, { environment: {} })).toBe('python3');
    await expect(findPython({ ...one, modules: ['json', 'no_such_thing'] }, { environment: {} })).rejects.toThrow(
      'python3 has no no_such_thing;',
    );
  });
});

describe('scriptNeeds()', () => {
  it.each([
    ['generate', true, 'cuda', '.venv-cuda'],
    ['generate', false, 'engines', '.venv-engines'],
    ['train-sft', true, 'cuda', '.venv-cuda'],
    ['train-sft', false, 'cpu', '.venv-gpu'],
    ['score-rewards', false, 'cpu', '.venv-gpu'],
    ['embed', false, 'engines', '.venv-engines'],
  ] as const)('%s, with a GPU: %s', (script, hasGpu, platform, environment) => {
    const found = scriptNeeds(script, hasGpu);
    expect([found.platform, found.environments[0]]).toEqual([platform, environment]);
    expect(existsSync(packagePath('python-gpu', `requirements-${platform}.txt`))).toBe(true);
  });
});
