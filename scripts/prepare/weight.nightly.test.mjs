import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { inRoot } from './paths.mjs';

/** What the set-up puts into a fresh clone: the figures of docs/dependencies.md. */
const clone = mkdtempSync(path.join(tmpdir(), 'mathpie-weight-'));
afterAll(() => rmSync(clone, { recursive: true, force: true }));
for (const name of ['package.json', 'package-lock.json', '.npmrc', 'tsconfig.json', 'scripts', 'src'])
  cpSync(inRoot(name), path.join(clone, name), { recursive: true });

const run = (command, ...words) => execFileSync(command, words, { cwd: clone, encoding: 'utf8', stdio: 'pipe' });
const inModules = (...parts) => path.join(clone, 'node_modules', ...parts);
const megabytes = () => Number.parseInt(run('du', '-sm', 'node_modules'), 10);
const installedAt = () => statSync(inModules('.package-lock.json')).mtimeMs;

describe.runIf(process.platform !== 'win32')('node_modules of a clone', () => {
  it('is at most 300 MB before tests ran, whole in the eyes of npm, and made once', () => {
    run('node', 'scripts/prepare-library.mjs');
    expect(megabytes()).toBeLessThanOrEqual(300);
    run('npm', 'ls', '--omit=dev');
    const first = installedAt();
    run('node', 'scripts/prepare-library.mjs');
    expect(installedAt()).toBe(first);
    expect(existsSync(inModules('vitest'))).toBe(false);
  });

  it('has what tests need when they ask for it, and keeps it from then on', () => {
    run('node', 'scripts/prepare-packages.mjs', '--tests');
    expect(megabytes()).toBeLessThanOrEqual(430);
    run('npm', 'ls');
    const first = installedAt();
    run('node', 'scripts/prepare-library.mjs');
    expect(installedAt()).toBe(first);
    // a package that went missing is installed anew, and those of tests beside it
    rmSync(inModules('katex'), { recursive: true });
    run('node', 'scripts/prepare-packages.mjs');
    expect(existsSync(inModules('vitest'))).toBe(true);
    expect(existsSync(inModules('katex'))).toBe(true);
  });
});
