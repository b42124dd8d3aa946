import { afterEach, describe, expect, it, vi } from 'vitest';
import { packagePath } from './package-root.js';

afterEach(() => void vi.unstubAllEnvs());

describe('packagePath()', () => {
  it.each([
    ['runs/demo', '/work/runs/demo'],
    ['runs', '/work/runs'],
    ['datasets', '/work/datasets'],
  ])('puts %s where mathpie lab was started', (part, path) => {
    vi.stubEnv('MATHPIE_FOLDER', '/work');
    expect(packagePath(part).replaceAll('\\', '/')).toBe(path);
  });

  it.each(['configs', 'data', 'runsheet', 'notebooks/a.zip'])('leaves %s in the package', (part) => {
    const own = packagePath(part);
    vi.stubEnv('MATHPIE_FOLDER', '/work');
    expect(packagePath(part)).toBe(own);
  });

  it('puts all into the package where no folder is named', () => {
    vi.stubEnv('MATHPIE_FOLDER', undefined);
    expect(packagePath('runs')).toBe(packagePath('x').replace(/x$/, 'runs'));
  });
});
