import { describe, expect, it } from 'vitest';
import { translate } from '../language/translate.js';
import { commands } from './commands.js';
import { readOriginalFlags } from './declare/original-flags.js';
import { habits } from './declare/original-habits.js';
import { allCommands, runCommandLine } from './run-command-line.js';

const isEnglish = (text: string): boolean => /[a-z]{3} [a-z]{2}/i.test(text) && translate(text, 'ja') === text;

describe('--language ja', () => {
  it('has the help of every command in Japanese, but for a few words that came since somebody translated', () => {
    const texts = allCommands().flatMap(({ summary, options, more = [] }) => [
      ...[summary, ...more],
      ...Object.values(options).map(({ description }) => description),
    ]);
    const english = new Set(texts.filter((text) => isEnglish(text) && !text.startsWith('  {')));
    expect([...english].slice(10)).toEqual([]);
  });

  it('answers the flags of the originals in Japanese', () => {
    const says = Object.values(habits).flatMap(({ says }) => says ?? []);
    expect(says.filter(isEnglish)).toEqual([]);
    const found = commands.find(({ name }) => name === 'evaluate');
    if (found === undefined) throw new Error('evaluate');
    const line = '--model vllm:a/b --start 10 --end 30 --tensor_parallel_size 8 --batch_size 400';
    const { notes } = readOriginalFlags(found, line.split(' '));
    expect(notes.filter((note) => isEnglish(note) || !/[ぁ-ん]/.test(translate(note, 'ja')))).toEqual([]);
  });

  async function run(...words: readonly string[]) {
    const said = { out: '', err: '' };
    const code = await runCommandLine({
      words,
      stdout: { write: (text) => (said.out += text) },
      stderr: { write: (text) => (said.err += text) },
      signal: new AbortController().signal,
    });
    return { code, ...said };
  }

  it('helps, and refuses, in Japanese', async () => {
    const overview = await run('--help', '--language', 'ja');
    expect(overview.out).toContain('使い方: mathpie COMMAND');
    expect(overview.out).toContain('レシピのすべての段階を');
    const help = await run('magpie', 'run', '--help', '--language', 'ja');
    expect(help.out).toMatch(/オプション:[\s\S]*--count N +問題数。レシピの代わりに/);
    const lines = help.out.split('\n').map((line) => [...line].reduce((sum, one) => sum + (one > '\u2e80' ? 2 : 1), 0));
    expect(Math.max(...lines.slice(3, 20))).toBeLessThanOrEqual(103);
    const refused = await run('magpie', 'run', '--recipe', 'none-such', '--run', 'nowhere', '--language', 'ja');
    expect([refused.code, refused.err]).toEqual([2, expect.stringMatching(/レシピ .* を読めない/)]);
    const number = await run('magpie', 'run', '--recipe', 'magpie-pocket', '--count', 'x', '--language=ja');
    expect(number.err).toMatch(/^--count .* を使えない: 整数を渡す/m);
  });
});
