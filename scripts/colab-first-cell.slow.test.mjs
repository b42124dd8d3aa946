import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPython } from './prepare/find-python.mjs';
import { inRoot } from './prepare/paths.mjs';

// The first cell of the notebook as Python, which is what Colab makes of it: a notebook shows the last expression.
const { cells } = JSON.parse(readFileSync(inRoot('notebooks', 'demo_colab.ipynb'), 'utf8'));
const cell = cells.find(({ cell_type }) => cell_type === 'code').source.join('');
const program = cell.replace(/^String\(.*\)$/m, 'print($&)');

const python = await findPython();
const folder = mkdtempSync(path.join(tmpdir(), 'mathpie-colab-'));
afterAll(() => rmSync(folder, { recursive: true }));

function run(where, { address } = {}) {
  mkdirSync(path.join(folder, where), { recursive: true });
  const { MATHPIE_REPOSITORY: _, ...environment } = process.env;
  const { command, args } = python;
  return execFileSync(command, [...args, '-c', program], {
    cwd: path.join(folder, where),
    encoding: 'utf8',
    env: { ...environment, ...(address === undefined ? {} : { MATHPIE_REPOSITORY: address }) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

describe('the first cell of demo_colab.ipynb', { timeout: 60_000 }, () => {
  const repository = path.join(folder, 'repository');
  const git = (...words) => execFileSync('git', ['-C', repository, ...words], { stdio: 'ignore' });
  beforeAll(() => {
    mkdirSync(path.join(repository, 'scripts'), { recursive: true });
    writeFileSync(path.join(repository, 'scripts', 'colab_setup.py'), 'print("set up:", __name__)\n');
    git('init');
    git('add', '.');
    git('-c', 'user.name=a', '-c', 'user.email=a@b.c', 'commit', '-m', 'a');
  });

  const installed = 'set up: __main__\nInstalled. Now reload this page, then choose Runtime, Run all.\n';

  it('says in one line what is missing, with no address and no clone', () => {
    expect(run('empty')).toMatch(/^Cannot find Mathpie: no address is given .* first line\n$/);
  });

  it('clones from the address that the environment names, once', () => {
    expect(run('colab', { address: repository })).toBe(installed);
    expect(run('colab', { address: 'nowhere' })).toBe(installed);
  });

  it('needs no address in a clone, nor in its folder of notebooks', () => {
    cpSync(repository, path.join(folder, 'clone'), { recursive: true });
    expect(run('clone')).toBe(installed);
    expect(run('clone/notebooks')).toBe(installed);
  });
});
