import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type FileServer, serveFile } from './__fixtures__/serve-file.js';
import { datasetTable, type PublishedDataset } from './dataset-table.js';
import { downloadDataset, findDataset, mirrored } from './download-dataset.js';

const root = mkdtempSync(join(tmpdir(), 'mathpie-datasets-'));
afterAll(() => rmSync(root, { recursive: true }));

const rows = Buffer.from('{"question": "Q", "answer": "#### 1"}\n');
const dataset: PublishedDataset = {
  title: 'T',
  licence: 'L',
  licenceName: null,
  files: [
    {
      name: 'train.jsonl',
      url: 'https://host.invalid/a/train.jsonl',
      format: 'gsm8k',
      rows: 1,
      bytes: null,
      sha256: null,
      gitBlob: null,
    },
  ],
};

async function fetchAll(server: FileServer, folder: string) {
  const files = [];
  for await (const file of downloadDataset({ dataset, folder: join(root, folder), mirror: server.url }))
    files.push(file);
  return files;
}

describe('configs/datasets.json', () => {
  it('names the four data sets, each with a licence and https addresses that are pinned to a version', () => {
    const table = datasetTable();
    expect(Object.keys(table)).toEqual(['gsm8k', 'gsm8k-backward', 'math', 'math500', 'metamathqa']);
    for (const { licence, files } of Object.values(table)) {
      expect(licence).toMatch(/MIT/);
      for (const { url } of files) expect(url).toMatch(/\/[0-9a-f]{40}\//);
    }
  });

  it('has a checksum of each file', () => {
    const files = Object.values(datasetTable()).flatMap((set) => set.files);
    expect(files.filter(({ sha256, gitBlob }) => sha256 === null && gitBlob === null)).toEqual([]);
  });
});

describe('downloadDataset()', () => {
  it('fetches from a mirror, under the path of the source', async () => {
    const server = await serveFile(rows);
    expect(await fetchAll(server, 'good')).toMatchObject([{ name: 'train.jsonl', rows: 1, isVerified: false }]);
    expect(readFileSync(join(root, 'good', 'train.jsonl'))).toEqual(rows);
    await server.close();
  });

  it.each([
    ['a page', '<html>not found</html>', /its first row is none of gsm8k \(not JSON/],
    [
      'rows of another data set',
      '{"problem": "Q", "solution": "\\\\boxed{1}"}',
      /its rows are of math where gsm8k is expected/,
    ],
  ])('refuses %s even where no checksum is known', async (_, content, line) => {
    const server = await serveFile(Buffer.from(content));
    await expect(fetchAll(server, 'wrong')).rejects.toThrow(line);
    await server.close();
  });
});

describe('findDataset() and mirrored()', () => {
  it('names the nearest data set', () => {
    expect(() => findDataset('gsm8')).toThrow(
      /^Cannot download "gsm8": unknown \(nearest: gsm8k\), choose one of gsm8k, gsm8k-backward, math/,
    );
  });

  it.each([
    [undefined, 'https://host.invalid/a/b.json'],
    ['http://mirror:8080', 'http://mirror:8080/a/b.json'],
    ['http://mirror:8080/x/', 'http://mirror:8080/x/a/b.json'],
  ])('with the mirror %s the address is %s', (mirror, address) => {
    expect(mirrored('https://host.invalid/a/b.json', mirror)).toBe(address);
  });

  it.each(['mirror', 'file:///data', 'https://m?x=1'])('refuses the mirror %s', (mirror) => {
    expect(() => mirrored('https://host.invalid/a', mirror)).toThrow(/^Cannot use mirror ".*": give an address/);
  });
});
