import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findPrice } from './find-price.js';
import { isLocalModel } from './is-local-model.js';
import { loadPriceTable, type PriceTable } from './price-table.js';

const folder = mkdtempSync(join(tmpdir(), 'mathpie-prices-'));
afterAll(() => rmSync(folder, { recursive: true }));

const row = { model: 'openai:a', input: 1, output: 4, read: '2026-01-02', source: 'https://example.com/a' };
const table: PriceTable = {
  batchFactor: { value: 0.5, read: '2026-01-02', source: 'https://example.com/b' },
  models: [row, { ...row, model: 'openai:a-2026-02-03', input: 3 }],
};

describe('findPrice()', () => {
  it.each<[string, boolean, [number, number] | undefined]>([
    ['openai:a', false, [1, 4]],
    ['openai:a', true, [0.5, 2]],
    ['openai:a-2026-02-03', false, [3, 4]],
    ['openai:a-2025-12-31', false, [1, 4]],
    ['openai:a-mini', false, undefined],
    ['openai:b', false, undefined],
    ['pocket', false, [0, 0]],
    ['http://localhost:8000/v1#a', false, [0, 0]],
    ['https://example.com/v1#a', false, undefined],
  ])('%s, in a batch: %s', (model, isBatch, expected) => {
    const price = findPrice(model, { table, isBatch });
    expect(price && [price.input, price.output]).toEqual(expected);
  });

  it('says when and where the price was read', () => {
    expect(findPrice('openai:a', { table })?.note).toBe(
      '$1 in and $4 out for a million tokens, read on 2026-01-02 at https://example.com/a',
    );
  });
});

describe('isLocalModel()', () => {
  it.each([
    ['pocket', true],
    ['gguf:model.gguf', true],
    ['vllm:a/b', true],
    ['replay:a.jsonl', true],
    ['http://127.0.0.1:80/v1#m', true],
    ['http://[::1]:80/v1#m', true],
    ['http://localhost.example.com/v1#m', false],
    ['https://api.example.com/v1#m', false],
    ['openai:a', false],
  ])('%s: %s', (name, expected) => {
    expect(isLocalModel(name)).toBe(expected);
  });
});

describe('loadPriceTable()', () => {
  it('holds dated prices with an address', () => {
    for (const price of loadPriceTable().models) {
      expect(price.read).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      expect(price.source).toMatch(/^https:/);
    }
  });

  it.each([
    ['not JSON', '{', /not valid JSON; correct the file$/],
    ['an unknown key', { models: [{ ...row, outptu: 3 }] }, /models\.0\.outptu: unknown key \(nearest: output\)/],
    ['a price below zero', { models: [{ ...row, input: -1 }] }, /models\.0\.input: too small/],
    ['no date', { models: [{ ...row, read: 'yesterday' }] }, /models\.0\.read: /],
    ['no address', { models: [{ ...row, source: 'a friend' }] }, /models\.0\.source: /],
  ])('refuses %s in one line', (name, content, expected) => {
    const file = join(folder, `${name}.json`);
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    expect(() => loadPriceTable(file)).toThrow(expected);
  });

  it('refuses a file that is not there', () => {
    expect(() => loadPriceTable(join(folder, 'none'))).toThrow(/^Cannot read .*: no such file; check the path$/);
  });
});
