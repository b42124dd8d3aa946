import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { agreeInNumber } from '../agree-in-number.js';
import { packagePath } from '../package-root.js';
import { translate } from './translate.js';

const files = readdirSync(packagePath('configs', 'language')).filter(
  (name) => name.startsWith('ja') && name.endsWith('.json'),
);
const messages: Readonly<Record<string, string>> = Object.assign(
  {},
  ...files.map((name) => JSON.parse(readFileSync(packagePath('configs', 'language', name), 'utf8')).messages),
);

describe('translate()', () => {
  it.each([
    ['12 problems of 14 drawn (rejected: duplicate 2)', '14 個の生成から 12 問を採用（不採用: duplicate 2）'],
    ['12 of 12 problems solved', '12 問中 12 問に解答'],
    [
      'POCKET_SV: 15 rows kept of 48 asked, 56.3 % of 48 answers right',
      'POCKET_SV: 48 件中 15 行を残した、48 件の解答の正答率 56.3 %',
    ],
    ['Wrote 12 rows to a.jsonl, and their card to README.md', '12 行を a.jsonl に、データカードを README.md に書いた'],
    [
      '  level 3: 50.0 % right (2 of 4, 95 % interval 15.0 to 85.0 %)',
      '  レベル 3: 正答率 50.0 %（4 件中 2 件、95 % 区間 15.0〜85.0 %）',
    ],
    [
      '  question length short (94 to 106 characters): 100.0 % right (2 of 2, 95 % interval 34.2 to 100.0 %)',
      '  問題の長さ 短（94〜106 字）: 正答率 100.0 %（2 件中 2 件、95 % 区間 34.2〜100.0 %）',
    ],
    ['  pass@4: 90.0 % (95 % interval 69.9 to 97.2 %)', '  pass@4: 90.0 %（95 % 区間 69.9〜97.2 %）'],
    ['Wrote a/graded.jsonl and a/summary.json', 'a/graded.jsonl と a/summary.json を書いた'],
    ['language: 8 rows tagged: en 8', 'language: 8 行にタグ: en 8'],
    [
      'POCKET_SV falls short: 28 of 40 rows, 12 too few; at this yield some 39 more rows are needed beside the 90',
      'POCKET_SV は足りない: 40 行中 28 行、あと 12 行。この歩留まりでは、90 行のほかに約 39 行が要る',
    ],
    ['1,055 tokens', '1,055 トークン'],
    ['1 min 20 s left', '残り 1分20秒'],
    [
      'Repository me/sums at https://huggingface.co, private; 12 rows',
      'リポジトリ me/sums（https://huggingface.co、非公開）、12 行',
    ],
    [
      '  2.6 points, 21 answers: right by another grader or policy (commas in numbers, accepted by the harness: 21)',
      '  2.6 ポイント、21 解答: 別の採点器または方針では正しい（commas in numbers, accepted by the harness: 21）',
    ],
    ['  843 questions, one answer each: power 80 %', '  843 問、各 1 解答: 検出力 80 %'],
    ['The second run: cannot tell from chance', '二つ目の実行: 偶然と区別できない'],
    ['Recognised Inspect of m/x: 20 answers', 'Inspect（m/x）と認識: 20 件の解答'],
    [
      'First: cut by the limit of tokens, 3.8 points, worth about 1.1. ask again with a limit of 1024 tokens in the harness that made these answers',
      'まず: トークン上限で切れた、3.8 ポイント（直せば約 1.1）。これらの解答を作った評価器で、トークンの上限を 1024 にして問い直す',
    ],
    [
      '    ask again with words that ask for \\boxed{} in the harness that made these answers',
      '    これらの解答を作った評価器で、\\boxed{} で答える指示にして問い直す',
    ],
    ['Recognised Inspect: 1 answers', 'Inspect と認識: 1 件の解答'],
    ['Read by the names of fields: 1,319 answers', 'フィールド名で読んだ: 1,319 件の解答'],
    ['  0.1 points, 1 answers: truly wrong', '  0.1 ポイント、1 解答: 本当に誤り'],
    ['a line that nobody translated', 'a line that nobody translated'],
    ['', ''],
  ])('%j is %j in Japanese', (line, expected) => {
    expect(translate(line, 'ja')).toBe(expected);
    expect(translate(line, 'en')).toBe(agreeInNumber(line));
  });

  it('does not grow slow with a long line', () => {
    const start = performance.now();
    for (let turn = 0; turn < 50; turn++) translate(' of to (: , '.repeat(60), 'ja');
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});

describe('configs/language/ja*.json', () => {
  it.each(Object.entries(messages))('%j keeps its values', (message, target) => {
    const count = message.split(/\{#?\}/).length - 1;
    const used = new Set([...target.matchAll(/\{!?(\d)\}/g)].map(([, place]) => Number(place)));
    expect([...used].every((place) => place >= 1 && place <= count)).toBe(true);
    // "row" or "rows" needs no word of its own.
    expect(used.size).toBeGreaterThanOrEqual(message === 'Wrote {} {} to {}' ? 2 : count);
    expect(target).not.toMatch(/\{\}/);
  });

  it('has every word of the data set card', () => {
    const sources = ['card-sections.ts', 'describe-yields.ts', 'describe-accuracy.ts', 'known-defects.ts'];
    const text = sources.map((file) => readFileSync(packagePath('src', 'export', file), 'utf8')).join('\n');
    const said = [...text.matchAll(/say\('([^']+)'\)|^\s*'([A-Z][^'\n]{20,})',?$/gm)].map(
      ([, word, defect]) => word ?? defect ?? '',
    );
    expect(said.length).toBeGreaterThan(40);
    expect(said.filter((word) => !(word in messages))).toEqual([]);
  });

  it.each(['import-results', 'plan', 'explain', 'report', 'compare'])('has every note of %s', (command) => {
    const text = readFileSync(packagePath('src', 'cli', 'commands', `${command}.ts`), 'utf8');
    const notes = [...text.matchAll(/\.note\(\s*(?:'([^'\n]+)'|`((?:[^`$]|\$\{[^`]*?\})*)`)/g)].map(
      ([, plain, template = '']) => (plain ?? template).replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, '7'),
    );
    expect(notes.length).toBeGreaterThan(0);
    expect(notes.filter((note) => /[A-Za-z]{3}/.test(note) && translate(note, 'ja') === note)).toEqual([]);
  });

  it('has every note of the steps, and of publishing', () => {
    const read = (...parts: string[]): string => readFileSync(packagePath('src', ...parts), 'utf8');
    const steps = readdirSync(packagePath('src'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && /[^.]defineStep(<|\()/.test(read(file)))
      .flatMap((file) => [...read(file).matchAll(/\bnotes: [\s\S]*?\n {4}\};/g)].map(([notes]) => notes));
    const texts = [...steps, read('cli', 'commands', 'publish.ts').replace(/\.note\(\s*/g, 'notes: ')];
    const notes = texts.flatMap((text) =>
      [...text.matchAll(/`((?:[^`$]|\$\{[^`]*?\})*)`/g)].map(([, template = '']) =>
        template.replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, '{}'),
      ),
    );
    expect(notes.length).toBeGreaterThan(15);
    expect(notes.filter((note) => /[A-Za-z]{3}/.test(note) && !(note in messages))).toEqual([]);
  });

  it('has every error', () => {
    const sources = readdirSync(packagePath('src'), { recursive: true, encoding: 'utf8' })
      .map((file) => file.replaceAll('\\', '/'))
      .filter((file) => file.endsWith('.ts') && !/\.test\.ts$|__fixtures__|\/page\//.test(file));
    const errors = sources.flatMap((file) =>
      [...readFileSync(packagePath('src', file), 'utf8').matchAll(thrown)].map(([, plain, template = '']) =>
        (plain ?? template).replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, '7').replaceAll('\\\\', '\\'),
      ),
    );
    expect(errors.length).toBeGreaterThan(300);
    const english = errors.filter((error) => /^Cannot|[a-z]{3}.*;/.test(error) && translate(error, 'ja') === error);
    // A few that came since somebody translated: they stay English until then
    expect(english.slice(newWords)).toEqual([]);
  });
});

const newWords = 10;

/** A message that is thrown, as it stands in the source. */
const thrown = /new \w*Error\(\s*(?:'((?:[^'\\\n]|\\.)+)'|`((?:[^`$\\]|\\.|\$(?!\{)|\$\{(?:[^{}]|\{[^{}]*\})*\})*)`)/g;
