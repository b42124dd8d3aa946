import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gradeResponse } from './grade/grade-response.js';
import { adversarialResponses } from './samples/adversarial-responses.js';

const shared = process.env.MATHPIE_SHARED_DATA ?? join(import.meta.dirname, '../../../shared/data');

/** Gold and response: the labelled solutions of GSM8K and MATH where they are at hand, and responses of our own. */
function loadRows(): (readonly [gold: string, response: string])[] {
  const files = ['gsm8k/model-solutions.jsonl', 'math/eight-answers-each.jsonl'].map((file) => join(shared, file));
  const labelled = files.filter(existsSync).flatMap((file) =>
    readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { gold: string; pred: string })
      .map(({ gold, pred }) => [String(gold), pred] as const),
  );
  return [...labelled, ...adversarialResponses.map(([gold, response]) => [gold, response] as const)];
}

const rows = loadRows();
const expected = rows.map(([gold, response]) => {
  const { equivalent, extracted = null, rule, strength } = gradeResponse({ gold, response });
  return [equivalent, extracted, rule, strength];
});
const expression = `JSON.stringify(${JSON.stringify(rows)}.map(([gold, response]) => {
  const { equivalent, extracted = null, rule, strength } = mathpie.gradeResponse({ gold, response });
  return [equivalent, extracted, rule, strength];
}))`;

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
  let others: string[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'mathpie-bundle-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  beforeAll(async () => {
    // Comes with Vitest
    const { rolldown } = await import('rolldown');
    const bundleOf = async (file: string): Promise<string> => {
      const bundle = await rolldown({
        input: join(import.meta.dirname, file),
        platform: 'neutral',
        external: /^node:/,
      });
      const { output } = await bundle.generate({ format: 'iife', name: 'mathpie', minify: true, comments: false });
      return output[0].code;
    };
    const files = ['index.ts', 'rows.ts', 'original-graders.ts', 'verdicts-in-words.ts', 'steps/check-steps.ts'];
    [code = '', ...others] = await Promise.all(files.map(bundleOf));
  });

  it('has at most 150 kB, 64 kB compressed, and imports nothing; nor do the other entries of the grader', () => {
    expect(code.length).toBeLessThan(150_000);
    expect(gzipSync(code, { level: 9 }).length).toBeLessThan(64_200);
    for (const bundled of [code, ...others]) expect(bundled).not.toMatch(/node:|require\(|process\.|\bBuffer\b/);
  });

  it(`gives the same verdicts on ${rows.length} rows where there is nothing but the language, as in a browser`, () => {
    const verdicts: unknown = runInContext(`${code};${expression}`, createContext({}));
    expect(JSON.parse(String(verdicts))).toEqual(expected);
  });

  it.skipIf(runtimes.length === 0)(
    `and in ${runtimes.map(({ name }) => name).join(' and ') || 'Deno and Bun, not at hand here'}`,
    () => {
      const file = join(folder, 'bundle.js');
      writeFileSync(file, `${code}\nconsole.log(${expression});\n`);
      for (const { file: runtime } of runtimes)
        expect(JSON.parse(execFileSync(runtime, ['run', file], { encoding: 'utf8', maxBuffer: 1 << 28 }))).toEqual(
          expected,
        );
    },
  );
});
