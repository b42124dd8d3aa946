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

describe('a schema that takes over another one', () => {
  it.each([
    ['train-sft.config', 'rowsPerStep', 2e-5],
    ['train-dpo.config', 'pairsPerStep', 5e-7],
  ])('%s has the shared keys, its own, and its own defaults', async (name, own, learningRate) => {
    const { properties = {}, additionalProperties, required } = (await loading).schema(name);
    expect(Object.keys(properties)).toEqual(expect.arrayContaining(['seed', 'lora', own]));
    expect(properties.learningRate).toMatchObject({ type: 'number', exclusiveMinimum: 0, default: learningRate });
    expect({ additionalProperties, required }).toEqual({
      additionalProperties: false,
      required: ['run', 'model', 'data'],
    });
  });

  it.each([
    [{ seed: -1 }, ['/seed minimum']],
    [{ sede: 1 }, [' additionalProperties']],
    [{ lora: { rnk: 4 } }, ['/lora additionalProperties']],
    [{ overLong: 'truncate' }, []],
  ])('%j is judged by shared and own words, and nothing else is blamed', async (change, faults) => {
    const errors = (await loading).checker('train-sft.config')({ run: 'a', model: 'b', data: 'c', ...change });
    expect(errors.map(({ instancePath, keyword }) => `${instancePath} ${keyword}`)).toEqual(faults);
  });

  it("what one training allows another may refuse: DPO never cuts a pair's side", async () => {
    const check = (await loading).checker('train-dpo.config');
    expect(check({ run: 'a', model: 'b', data: 'c', overLong: 'truncate' })).toHaveLength(1);
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
