import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { packagePath } from './package-root.js';

const read = (file: string): string => readFileSync(packagePath(file), 'utf8');
const { repository, homepage, bugs, version, license } = JSON.parse(read('package.json'));
/** Decided in package.json alone. */
const address = String(repository.url)
  .replace(/^git\+/, '')
  .replace(/\.git$/, '');

describe('where this repository lies', () => {
  it('is said alike in package.json', () => {
    expect(address).toMatch(/^https:\/\/github\.com\/[\w.-]+\/mathpie$/);
    expect({ homepage, bugs }).toEqual({ homepage: `${address}#readme`, bugs: `${address}/issues` });
  });

  it('and in the citation, with the version and the licence of the package', () => {
    const citation = parse(read('CITATION.cff'));
    expect(citation).toMatchObject({ 'cff-version': '1.2.0', 'repository-code': address, version, license });
  });

  it.each(['README.md', 'README.ja.md', 'CONTRIBUTING.md', 'CODE_OF_CONDUCT.md', 'docs/colab.md'])(
    'and in %s, if at all',
    (file) => {
      const others = [...read(file).matchAll(/https:\/\/github\.com\/[\w.-]+\/mathpie\b/g)].filter(
        ([found]) => found !== address,
      );
      expect(others.map(([found]) => found)).toEqual([]);
    },
  );
});

describe('a container of this repository', () => {
  it('is set up by scripts that are there', () => {
    const container = JSON.parse(read('.devcontainer/devcontainer.json'));
    for (const command of [container.postCreateCommand, read('.binder/postBuild')]) {
      const [script = ''] = /scripts\/[\w./-]+/.exec(command) ?? [];
      expect(read(script)).not.toBe('');
    }
    for (const file of container.customizations.codespaces.openFiles) expect(read(file)).toContain('"cells"');
    expect(parse(read('.binder/environment.yml')).dependencies).toContain('nodejs=22');
  });
});
