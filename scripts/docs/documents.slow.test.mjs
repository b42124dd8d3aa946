import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import * as library from '../../src/reference/index.ts';
import { apiEntries, publicMembers } from './api-pages.mjs';
import { openChecker } from './checker.mjs';
import { makeDocuments } from './documents.mjs';
import { firstSentence } from './file-map.mjs';

const root = join(import.meta.dirname, '../..');
let documents = {};
beforeAll(async () => {
  documents = await makeDocuments(root, library);
});

describe('documents that are made', () => {
  it('are committed as `npm run docs` makes them', () => {
    const stale = Object.entries(documents).filter(([file, text]) => readFileSync(join(root, file), 'utf8') !== text);
    expect(
      stale.map(([file]) => file),
      'make them anew: npm run docs',
    ).toEqual([]);
  });

  it('are all that stands in their folders', () => {
    const there = ['schemas', 'docs/api'].flatMap((folder) =>
      readdirSync(join(root, folder)).map((file) => `${folder}/${file}`),
    );
    expect(Object.keys(documents)).toEqual(expect.arrayContaining(there));
  });
});

describe('public names', () => {
  const members = Object.entries(apiEntries(root)).flatMap(([entry, file]) => {
    const compiler = openChecker(root);
    const found = publicMembers(root, compiler, file);
    compiler.close();
    return found.map((member) => ({ entry, ...member }));
  });

  it('say what they are', () => {
    expect(members.length).toBeGreaterThan(180);
    expect(members.filter(({ says }) => says.trim().length < 15).map(({ entry, name }) => `${entry}: ${name}`)).toEqual(
      [],
    );
  });

  it('and what they throw', () => {
    const silent = members.filter(
      ({ body, says, tags }) =>
        /throw new/.test(body) && !/\b[Tt]hrows\b|Error`/.test(says) && !tags.some(({ name }) => name === 'throws'),
    );
    expect(silent.map(({ name, file }) => `${name} in ${file}`)).toEqual([]);
  });

  it('are few enough to be read', () => {
    const pages = Object.entries(documents).filter(([file]) => file.startsWith('docs/api/'));
    const size = pages.reduce((sum, [, text]) => sum + text.length, 0);
    expect(size).toBeLessThan(445_000);
  });
});

describe('the line of a file in docs/map.md', () => {
  it.each([
    ['a.ts', '/** One. Two. */\nexport function a() {}\n', 'One'],
    [
      'read-rows.ts',
      '/** A row. */\nexport type Row = 1;\n\n/** Reads rows. */\nexport function readRows() {}\n',
      'Reads rows',
    ],
    ['b.ts', "defineCommand({\n  name: 'lab',\n  summary: 'Open it',\n", '`mathpie lab`: open it'],
    ['c.py', '"""Does it, e.g. here.\n\nMore."""\n', 'Does it, e.g. here'],
    ['d.mjs', "import 'x';\n\n// Runs all\n// of it. And more.\n", 'Runs all of it'],
    ['e.ts', 'export type E = {\n  /** A field. */\n  a: 1;\n};\n', ''],
  ])('%s', (file, text, says) => {
    expect(firstSentence(text, file)).toBe(says);
  });
});
