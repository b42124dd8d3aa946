import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readChatTemplate } from './read-chat-template.js';

const folder = mkdtempSync(join(tmpdir(), 'chat-template-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(text: string): string {
  const file = join(folder, 'template');
  writeFileSync(file, text);
  return file;
}

const source = '{% for m in messages %}{{ m.content }}{% endfor %}';

describe('readChatTemplate(file)', () => {
  it.each([
    ['the template itself', source],
    ['JSON that holds it', JSON.stringify({ bos_token: '<s>', chat_template: source })],
  ])('reads %s', (_, text) => {
    expect(readChatTemplate(write(text))).toBe(source);
  });

  it.each([
    ['other JSON', '{"a": 1}', /JSON without a text under "chat_template"/],
    ['what is no template', 'Hello', /it is no Jinja template/],
    ['what is far too long', ' '.repeat(1_000_001), /longer than 1000000 bytes/],
  ])('refuses %s in one line', (_, text, line) => {
    expect(() => readChatTemplate(write(text))).toThrow(line);
  });

  it('refuses a file that is not there', () => {
    expect(() => readChatTemplate(join(folder, 'nowhere'))).toThrow(/there is no such file; check the path$/);
  });
});
