import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packagePath } from '../package-root.js';
import { readJsonTexts } from './read-json-texts.js';
import { readTexts } from './read-lines.js';
import { isParquet, readParquet } from './read-parquet.js';

const fixture = (name: string): string => packagePath(join('src/evaluation/upstream/__fixtures__', name));

async function all<Value>(values: AsyncIterable<Value>): Promise<Value[]> {
  const found: Value[] = [];
  for await (const value of values) found.push(value);
  return found;
}

describe('readParquet(file)', () => {
  it.each([
    ['details_invented_2026-01-01T00-00-00.000000.parquet', 5, 'snappy'],
    ['details_former.parquet', 5, 'zstd'],
    ['matharena.parquet', 10, 'gzip'],
  ])('reads %s: %i rows, %s', async (name, count) => {
    const rows = await all(readParquet(fixture(name)));
    expect(rows.map(({ place }) => place)).toEqual(Array.from({ length: count }, (_, index) => index + 1));
    expect(JSON.parse(JSON.stringify(rows))).toEqual(rows);
  });

  it('gives plain values: whole numbers, lists, structures, nulls', async () => {
    const [first] = await all(readParquet(fixture('details_invented_2026-01-01T00-00-00.000000.parquet')));
    expect(first?.value.doc).toMatchObject({ choices: ['12'], gold_index: [0], specific: { level: 1 } });
    expect(first?.value.model_response).toMatchObject({ input_tokens: [1, 2, 3], reasonings: [null] });
  });

  it('is read wherever JSON lines are', async () => {
    const file = fixture('matharena.parquet');
    expect(await isParquet(file)).toBe(true);
    const texts = await all(readTexts(file));
    expect(texts).toHaveLength(10);
    expect((await all(readJsonTexts(file))).map(({ text }) => text)).toEqual(texts);
    expect(JSON.parse(texts[0] ?? '')).toMatchObject({ gold_answer: '12', correct: true });
  });

  it('a pipe is none, and stays whole', async () => {
    expect(await isParquet('/dev/null')).toBe(false);
  });
});
