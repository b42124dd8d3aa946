import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { packagePath } from './package-root.js';

const folder = mkdtempSync(join(tmpdir(), 'mathpie-packed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const run = (command: string, ...words: readonly string[]): string =>
  spawnSync(command, words, { cwd: packagePath(), encoding: 'utf8', maxBuffer: 1 << 28 }).stdout;

describe('what npm pack takes', () => {
  it.skipIf(!existsSync(packagePath('.git')))(
    'is what the repository holds and what was built, and nothing that a run left',
    () => {
      const [packed] = JSON.parse(run('npm', 'pack', '--dry-run', '--json', '--ignore-scripts')) as [
        { readonly files: readonly { readonly path: string }[] },
      ];
      const held = new Set(run('git', 'ls-files', '-z').split('\0'));
      const paths = packed.files.map(({ path }) => path);
      expect(paths.length).toBeGreaterThan(1000);
      expect(paths.filter((path) => !held.has(path) && !path.startsWith('dist/'))).toEqual([]);
    },
  );

  it('has declarations that need no types of Node', () => {
    const options = {
      module: 'nodenext',
      target: 'es2023',
      strict: true,
      skipLibCheck: false,
      noEmit: true,
      types: [],
    };
    const entries = ['index', 'answers/index', 'problems/index', 'evaluation/index'].map((entry) =>
      packagePath('dist', `${entry}.d.ts`),
    );
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, files: entries }));
    expect(run('node', packagePath('node_modules', 'typescript', 'bin', 'tsc'), '-p', folder)).toBe('');
  });
});
