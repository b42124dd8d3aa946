import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { packagePath } from './package-root.js';

const { exports: entries }: { exports: Record<string, { types?: string; default?: string }> } = JSON.parse(
  readFileSync(packagePath('package.json'), 'utf8'),
);
const modules = Object.entries(entries).flatMap(([entry, { default: file }]) =>
  file === undefined ? [] : [{ entry, file, source: file.replace('./dist/', 'src/').replace(/\.js$/, '.ts') }],
);

/** Names that a file exports, types included. */
function exportedNames(source: string): string[] {
  const text = readFileSync(packagePath(source), 'utf8');
  return [...text.matchAll(/export (?:type )?\{([^}]*)\}/g)].flatMap(([, names = '']) =>
    names
      .split(',')
      .map((name) => name.trim().replace(/^type |^\w+ as /, ''))
      .filter((name) => name !== ''),
  );
}

describe('the entries of the package', () => {
  it.each(modules)('$entry is built of $source', ({ file, source }) => {
    expect(existsSync(packagePath(source))).toBe(true);
    expect(entries['.']).toEqual({ types: './dist/index.d.ts', default: './dist/index.js' });
    expect(file).toMatch(/^\.\/dist\/.*\.js$/);
  });

  it('mathpie itself holds what notebooks and programs need, not everything', () => {
    const names = exportedNames('src/index.ts');
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeLessThan(200);
  });
});
