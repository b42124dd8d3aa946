import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadContract, scriptsFolder } from './contract.js';
import { createEventParser } from './parse-event.js';

// The same files are checked from Python, with another library.
const examples = join(scriptsFolder(), 'contract', 'examples');
const rows = readdirSync(examples).flatMap((file) => {
  const [, name = '', kind = ''] = /^(.+)\.(valid|invalid)\.jsonl$/.exec(file) ?? [];
  const lines = readFileSync(join(examples, file), 'utf8').split('\n');
  return lines.flatMap((line, index) => (line.trim() === '' ? [] : [{ name, kind, line, at: `${file}:${index + 1}` }]));
});
const loading = loadContract();
const of = (kind: string) => rows.filter((row) => row.kind === kind);

describe('the contract with python-gpu', () => {
  it.each(of('valid'))('$at fits its schema', async ({ name, line }) => {
    expect((await loading).checker(name)(JSON.parse(line))).toEqual([]);
  });

  it.each(of('invalid'))('$at does not fit its schema', async ({ name, line }) => {
    expect((await loading).checker(name)(JSON.parse(line).value)).not.toEqual([]);
  });

  it('has both kinds of examples for events, requests and completions', () => {
    const names = ['event', 'request', 'completion'];
    for (const kind of ['valid', 'invalid'])
      expect(of(kind).map(({ name }) => name)).toEqual(expect.arrayContaining(names));
  });

  it('every schema is read, and says what each setting is', async () => {
    const contract = await loading;
    const files = readdirSync(join(scriptsFolder(), 'contract')).filter((file) => file.endsWith('.config.schema.json'));
    for (const file of files) {
      const { properties = {} } = contract.schema(file.replace('.schema.json', ''));
      expect(properties, file).toHaveProperty('run');
      for (const [key, { description }] of Object.entries(properties))
        expect(description, `${file}: ${key}`).toBeTruthy();
    }
  });
});

describe('createEventParser()', () => {
  it('reads the valid events and nothing else', async () => {
    const parse = createEventParser(await loading);
    const lines = of('valid').filter(({ name }) => name === 'event');
    for (const { line } of lines) expect(parse(line)).toEqual(JSON.parse(line));
    for (const line of ['', 'null', '{', '{"event":"run-end"}', '[]']) expect(parse(line)).toBeUndefined();
  });
});
