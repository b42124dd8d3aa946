import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inRoot } from '../prepare/paths.mjs';
import { pythonComponents } from './python-components.mjs';

describe('package-lock.json', () => {
  const { packages } = JSON.parse(readFileSync(inRoot('package-lock.json'), 'utf8'));
  const fetched = Object.entries(packages).filter(([path, { link }]) => path.startsWith('node_modules/') && !link);
  /** Optional packages of other systems, which the registry where the lock was made does not hold. */
  const unseen = ['mac-arm64-metal', 'mac-x64', 'win-x64'].map((name) => `node_modules/@node-llama-cpp/${name}`);

  it('holds a checksum of every package that is fetched', () => {
    expect(fetched.length).toBeGreaterThan(100);
    const without = fetched.filter(([, { integrity }]) => !/^sha512-/.test(integrity ?? '')).map(([path]) => path);
    expect(without.filter((path) => !unseen.includes(path))).toEqual([]);
  });

  it('fetches nothing but from the registry', () => {
    const elsewhere = fetched.filter(([, { resolved }]) => resolved !== undefined);
    expect(elsewhere.map(([path]) => path)).toEqual([]);
  });
});

describe('requirements of python-gpu', () => {
  const locks = readdirSync(inRoot('python-gpu')).filter((name) => /^requirements-\w+\.txt$/.test(name));

  it.each(locks)('%s names one version of each package', (name) => {
    const text = readFileSync(inRoot('python-gpu', name), 'utf8');
    const named = text.split('\n').filter((line) => /^[A-Za-z0-9]/.test(line));
    expect(named.filter((line) => !line.includes('=='))).toEqual([]);
  });

  /** Of the other two pip is to find the build of torch that fits the machine, and what that build names: these have no checksum of their own. */
  it.each([
    'requirements-notebook.txt',
    'requirements-cuda.txt',
    'requirements-cuda12.txt',
    'requirements-engines.no-deps.txt',
  ])('%s holds checksums of each package, so that pip takes no other file', (name) => {
    const text = readFileSync(inRoot('python-gpu', name), 'utf8').replaceAll('\\\n', ' ');
    const named = text.split('\n').filter((line) => /^[A-Za-z0-9]/.test(line));
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((line) => !/ --hash=sha256:[0-9a-f]{64}/.test(line))).toEqual([]);
  });
});

describe('pythonComponents(locks)', () => {
  it('gives a package of several locks once, by its normal name', () => {
    const text = '# made\nFlask_Name==1.2.3 ; python_version > "3"\nuvicorn[standard]==0.1\n';
    const made = pythonComponents([
      { name: 'a.txt', text },
      { name: 'b.txt', text: 'uvicorn==0.1\n' },
    ]);
    expect(made.map(({ purl }) => purl)).toEqual(['pkg:pypi/flask-name@1.2.3', 'pkg:pypi/uvicorn@0.1']);
    expect(made[1].properties).toHaveLength(2);
  });
});
