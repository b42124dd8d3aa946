import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../answers/numbers/sample-points.js';
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

  it('refuses damaged files in one line, and none ends the process', { timeout: 60_000 }, async () => {
    const whole = ['matharena.parquet', 'details_former.parquet'].map((name) => readFileSync(fixture(name)));
    const folder = mkdtempSync(join(tmpdir(), 'mathpie-parquet-'));
    const [file, random] = [join(folder, 'damaged.parquet'), seededRandom(1)];
    let refused = 0;
    for (let number = 0; number < 80; number += 1) {
      const bytes = Buffer.from(whole[number % 2] ?? []);
      const footer = bytes.length - 8 - bytes.readUInt32LE(bytes.length - 8);
      for (let change = 0; change <= number % 4; change += 1) {
        const start = random() < 0.7 ? footer : 4;
        bytes[start + Math.floor(random() * (bytes.length - start))] = Math.floor(random() * 256);
      }
      writeFileSync(file, bytes);
      const { message = '' } = (await all(readParquet(file)).catch((error: Error) => error)) as Partial<Error>;
      if (message === '') continue;
      refused += 1;
      expect(message).toMatch(/^Cannot read \S+ as Parquet: .*; write it again, or give the rows as JSON lines$/);
    }
    rmSync(folder, { recursive: true });
    expect(refused).toBeGreaterThan(20);
  });

  it('a pipe is none, and stays whole', async () => {
    expect(await isParquet('/dev/null')).toBe(false);
  });
});
