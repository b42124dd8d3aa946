import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packagePath } from '../package-root.js';
import { runCommandLine } from './run-command-line.js';

const directory = mkdtempSync(join(tmpdir(), 'mathpie-instruct-'));
const path = (name: string): string => join(directory, name);
const key = process.env.OPENAI_API_KEY;
beforeAll(() => {
  process.env.OPENAI_API_KEY = 'none';
  const gguf = readFileSync(packagePath('data', 'pocket', 'pocket.gguf'), 'latin1');
  const field = 'tokenizer.chat_template';
  writeFileSync(path('plain.gguf'), gguf.replace(field, field.replace('template', 'templatX')), 'latin1');
  mkdirSync(path('bare'));
  writeFileSync(join(path('bare'), 'tokenizer_config.json'), '{}');
});
afterAll(() => {
  if (key === undefined) delete process.env.OPENAI_API_KEY;
  else process.env.OPENAI_API_KEY = key;
  rmSync(directory, { recursive: true });
});

async function mathpie(...words: string[]) {
  const text = { stdout: '', stderr: '' };
  const writer = (name: keyof typeof text) => ({ write: (part: string) => (text[name] += part) });
  const signal = new AbortController().signal;
  const all = ['magpie', ...words];
  const exitCode = await runCommandLine({ words: all, stdout: writer('stdout'), stderr: writer('stderr'), signal });
  return { exitCode, ...text };
}

const instruct = (run: string, ...words: string[]) =>
  mathpie('instruct', '--count', '3', '--seed', '7', '--run', path(run), ...words);
const problems = (run: string): { instruction: string; gen_input_configs: object }[] => {
  const name = readdirSync(path(run)).find((candidate) => candidate.endsWith('_ins.json')) ?? '';
  return JSON.parse(readFileSync(join(path(run), name), 'utf8'));
};

describe('mathpie magpie instruct', { timeout: 120_000 }, () => {
  it('masks tokens in the whole problem, or as its first token', async () => {
    expect((await instruct('free', '--model', 'pocket')).exitCode).toBe(0);
    const [first] = problems('free')[0]?.instruction ?? '';
    const run = await instruct('masked', '--model', 'pocket', '--forbid', '7,3', '--forbid-first', first ?? 'A');
    expect(run.exitCode).toBe(0);
    for (const { instruction, gen_input_configs } of problems('masked')) {
      expect(instruction).not.toMatch(/[73]/);
      expect(gen_input_configs).toMatchObject({
        forbidden_tokens: { 7: expect.any(Number), 3: expect.any(Number) },
        forbidden_first_tokens: { [first ?? 'A']: expect.any(Number) },
      });
    }
  });

  it.each([
    [
      'a chat-only endpoint',
      ['--model', 'openai:gpt-x'],
      /^Cannot draw instructions from openai:gpt-x: it takes chat messages only, /,
    ],
    [
      'a model without a chat template',
      ['--model', `gguf:${path('plain.gguf')}`],
      /: it has no chat template that is known, /,
    ],
    [
      'a server of an unknown model',
      ['--model', 'http://127.0.0.1:9/v1#tiny'],
      /: it has no chat template that is known, /,
    ],
    [
      'a text of several tokens',
      ['--model', 'pocket', '--forbid', 'zebra'],
      /^Cannot forbid "zebra": it is \d tokens of pocket and not one/,
    ],
    ['both and none', ['--model', 'pocket', '--forbid', '7', '--no-forbid'], /^Cannot use --no-forbid beside --forbid/],
  ])('refuses %s in one line, and leaves no record of it', async (_, words, message) => {
    const { exitCode, stderr } = await instruct('refused', ...words);
    expect([exitCode, stderr.trimEnd().split('\n')]).toEqual([2, [expect.stringMatching(message)]]);
    const records = join(path('refused'), 'records.jsonl');
    expect(existsSync(records) ? readFileSync(records, 'utf8') : '').toBe('');
  });

  it.each([
    ['a folder', path('bare')],
    ['a GGUF file', `gguf:${path('plain.gguf')}`],
  ])('magpie template refuses %s without a chat template', async (_, model) => {
    const { exitCode, stderr } = await mathpie('template', model);
    const line = expect.stringMatching(
      /^Cannot derive the text in front of a user turn from .*it brings no chat template/,
    );
    expect([exitCode, stderr.trimEnd().split('\n')]).toEqual([2, [line]]);
  });
});
