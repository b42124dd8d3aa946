import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readModelFolder } from './read-model-folder.js';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'model-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const write = (name: string, value: unknown) =>
  writeFile(join(folder, name), typeof value === 'string' ? value : JSON.stringify(value));

describe('readModelFolder(folder)', () => {
  it('takes template, begin and end token from tokenizer_config.json and ids from both files', async () => {
    await write('tokenizer_config.json', {
      chat_template: '{{ messages[0].content }}',
      bos_token: { content: '<s>' },
      eos_token: '</s>',
      added_tokens_decoder: { 1: { content: '<s>' } },
    });
    await write('tokenizer.json', { added_tokens: [{ content: '</s>', id: 2 }] });
    expect(readModelFolder(folder)).toEqual({
      template: { source: '{{ messages[0].content }}', beginToken: '<s>', endToken: '</s>' },
      templateFile: 'tokenizer_config.json',
      tokens: new Map([
        ['<s>', 1],
        ['</s>', 2],
      ]),
      hasTokenizer: true,
    });
  });

  it('prefers chat_template.jinja, and of several templates the one called default', async () => {
    const chat_template = [
      { name: 'tool_use', template: 'tools' },
      { name: 'default', template: 'plain' },
    ];
    await write('tokenizer_config.json', { chat_template });
    expect(readModelFolder(folder).template?.source).toBe('plain');
    await write('chat_template.jinja', 'jinja');
    expect(readModelFolder(folder)).toMatchObject({ templateFile: 'chat_template.jinja', hasTokenizer: false });
  });

  it.each([
    [{}, /there is no tokenizer_config\.json/],
    [{ 'tokenizer_config.json': '{"chat_template":' }, /not a JSON object; copy/],
    [{ 'tokenizer_config.json': { chat_template: [{ name: 'rag', template: 'x' }] } }, /none is called "default"/],
  ])('refuses %j', async (files, message) => {
    for (const [name, value] of Object.entries(files)) await write(name, value);
    expect(() => readModelFolder(folder)).toThrow(message);
  });

  it('a base model has tokens and no template', async () => {
    await write('tokenizer_config.json', { added_tokens_decoder: { 5: { content: '<s>' } } });
    expect(readModelFolder(folder)).toMatchObject({ template: undefined, hasTokenizer: true });
  });
});
