import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { compareWithRecording, findStale, packRecording } from './recordings.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'mathpie-recordings-'));
let count = 0;
const newFile = (ending) => path.join(folder, `${count++}.${ending}`);

function write(...rows) {
  const file = newFile('jsonl');
  writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  return file;
}

function pack(...rows) {
  const to = newFile('jsonl.gz');
  return { to, ...packRecording({ from: write(...rows), to }) };
}

const [a, b] = [
  { key: 'a', text: '1' },
  { key: 'b', text: '2' },
];

describe('packRecording({ from, to })', () => {
  it('gives the same bytes in whatever order and however often the answers came', () => {
    const [one, other] = [pack(a, b), pack(b, a, b)];
    expect(readFileSync(one.to).equals(readFileSync(other.to))).toBe(true);
    expect(one.completions).toBe(2);
  });

  it('says of which weights it is, in front of the answers', () => {
    const lines = gunzipSync(readFileSync(pack(a).to))
      .toString('utf8')
      .split('\n');
    expect(lines.map((line) => line.slice(0, 11))).toEqual(['{"weights":', '{"key":"a",', '']);
  });
});

describe('findStale(file)', () => {
  it.each([
    ['nothing of a new one', () => pack(a).to, undefined],
    ['that it is missing', () => newFile('gz'), 'it is missing'],
    ['that it is none', () => write(a), 'it is no recording'],
    ['that the weights are others', () => packText('{"weights":"0"}\n'), /pocket\.gguf is another one now$/],
  ])('says %s', (_, file, expected) => {
    const found = findStale(file());
    if (expected instanceof RegExp) expect(found).toMatch(expected);
    else expect(found).toBe(expected);
  });
});

function packText(text) {
  const file = newFile('jsonl.gz');
  writeFileSync(file, gzipSync(text));
  return file;
}

it('compareWithRecording({ lines, recording }) counts what is known and what is the same', () => {
  const lines = write(a, { key: 'b', text: 'other' }, { key: 'c', text: '3' });
  expect(compareWithRecording({ lines, recording: pack(a, b).to })).toEqual({ made: 3, known: 2, same: 1 });
});
