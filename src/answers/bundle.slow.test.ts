import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';

const calls = [
  ['\\frac{1}{2}', '0.5'],
  ['|x-50|', '50-x'],
  ['2^{100}', '2^{101}'],
  ['no solution', '\\emptyset'],
  ['12', '12 dozen'],
] as const;
const expected = [true, false, false, true, false];
const expression = `${JSON.stringify(calls)}.map(([gold, answer]) => mathpie.isEquivalent(gold, answer).equivalent)`;

/** Runtimes that may be there; on npm they are the packages `deno` and `bun`. */
const runtimes = ['deno', 'bun'].flatMap((name) => {
  const file = process.env[`MATHPIE_${name.toUpperCase()}`] ?? name;
  try {
    execFileSync(file, ['--version'], { stdio: 'ignore' });
    return [{ name, file }];
  } catch {
    return [];
  }
});

describe('the bundle of mathpie/answers', () => {
  let code = '';
  beforeAll(async () => {
    // Comes with Vitest
    const { rolldown } = await import('rolldown');
    const bundle = await rolldown({
      input: join(import.meta.dirname, 'index.ts'),
      platform: 'neutral',
      external: /^node:/,
    });
    const { output } = await bundle.generate({ format: 'iife', name: 'mathpie', minify: true });
    code = output[0].code;
  });

  it('has at most 170 kB, 63 kB compressed, and imports nothing', () => {
    expect(code.length).toBeLessThan(170_000);
    expect(gzipSync(code, { level: 9 }).length).toBeLessThan(63_000);
    expect(code).not.toMatch(/node:|require\(|process\.|\bBuffer\b/);
  });

  it('runs where there is nothing but the language, as in a browser', () => {
    const verdicts: unknown = runInContext(`${code};JSON.stringify(${expression})`, createContext({}));
    expect(JSON.parse(String(verdicts))).toEqual(expected);
  });

  it.skipIf(runtimes.length === 0)('and in Deno and Bun, where they are at hand', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'mathpie-bundle-')), 'bundle.js');
    writeFileSync(file, `${code}\nconsole.log(JSON.stringify(${expression}));\n`);
    for (const { file: runtime } of runtimes)
      expect(JSON.parse(execFileSync(runtime, ['run', file], { encoding: 'utf8' }))).toEqual(expected);
    expect(existsSync(file)).toBe(true);
  });
});
