import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findManifest } from './artifacts.js';
import { openRun } from './open-run.js';
import { refuseRunFile } from './refuse-run-file.js';
import { readRunConfig } from './run-config.js';

const directory = mkdtempSync(join(tmpdir(), 'mathpie-damaged-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const artifact = { name: 'solutions', stage: 'respond', file: 'a.json', rows: 1 };
const manifest = (artifacts: unknown) => ({ finished: {}, files: { 'a.json': '0', 'b/c.json': '0' }, artifacts });

describe('a manifest that somebody else wrote', () => {
  it.each([
    ['nothing', null],
    ['a list', []],
    ['a web app’s', { name: 'App', icons: [] }],
    ['finished null', { finished: null, files: null }],
    ['artifacts that are a text', manifest('x')],
    ['artifacts that are an object', manifest({})],
    ['artifacts that are null', manifest([null])],
    ['a file that is a number', manifest([{ ...artifact, file: 5 }])],
    ['a file elsewhere', manifest([{ ...artifact, file: '../other/a.json' }])],
    ['a file of a folder', manifest([{ ...artifact, file: 'b/c.json' }])],
    ['a file without a checksum', manifest([{ ...artifact, file: 'other.json' }])],
    ['a file named as what every object has', manifest([{ ...artifact, file: 'constructor' }])],
  ])('is refused in one line: %s', async (_, value) => {
    writeFileSync(join(directory, 'manifest.json'), JSON.stringify(value));
    await expect(findManifest(directory)).rejects.toThrow(/manifest\.json: it is damaged; delete it and repeat/);
  });

  it.each([
    ['no artifacts, as earlier versions wrote it', manifest(undefined)],
    ['one', manifest([artifact])],
  ])('is read with %s', async (_, value) => {
    writeFileSync(join(directory, 'manifest.json'), JSON.stringify(value));
    expect(await findManifest(directory)).toEqual(JSON.parse(JSON.stringify(value)));
  });
});

describe('a configuration that somebody else wrote', () => {
  it.each([[null], [[]], [{ respond: null }], [{ respond: 5 }], [{ respond: [] }], [{ respond: { takes: null } }]])(
    'is refused in one line: stages %j',
    async (stages) => {
      writeFileSync(join(directory, 'config.json'), JSON.stringify({ startedAt: 'now', stages }));
      await expect(readRunConfig(directory)).rejects.toThrow(/config\.json: it is not a run configuration; choose/);
    },
  );
});

describe('records that contradict themselves', () => {
  const run = join(directory, 'run');
  const record = (id: string, more: object = {}) =>
    `${JSON.stringify({ id, stage: 'solve', input: id, sample: 0, status: 'done', ...more })}\n`;
  const open = () => openRun({ directory: run, stage: 'solve', config: {} }).then((opened) => opened.close());
  const prepare = (records: string, counts?: object) => {
    rmSync(run, { recursive: true, force: true });
    mkdirSync(run);
    writeFileSync(join(run, 'records.jsonl'), records);
    const finished = { solve: { finishedAt: '', elapsedMs: 0, summary: {} } };
    const whole = { ...manifest([]), files: {}, finished, stages: { solve: counts } };
    if (counts !== undefined) writeFileSync(join(run, 'manifest.json'), JSON.stringify(whole));
  };

  it.each([
    [
      'an id with other content',
      record('a') + record('b') + record('a', { text: 'x' }),
      undefined,
      /records\.jsonl:3: the id "a" stands in an earlier line with other content; mend or/,
    ],
    [
      'fewer records than the manifest tells of',
      record('a'),
      { done: 2, failed: 1 },
      /records\.jsonl holds 1 record of solve, and manifest\.json tells of 3; put the file back/,
    ],
    ['no record of those that the manifest tells of', '', { done: 2, failed: 0 }, /holds 0 records of solve/],
  ])('are refused by name: %s', async (_, records, counts, message) => {
    prepare(records, counts);
    await expect(open()).rejects.toThrow(message);
  });

  it.each([
    ['a line twice', record('a') + record('a'), undefined],
    ['more records than the manifest tells of', record('a') + record('b'), { done: 1, failed: 0 }],
    ['zeros in place of a line', `${record('a')}\0\0\0\n${record('b')}`, { done: 2, failed: 0 }],
  ])('are taken: %s', async (_, records, counts) => {
    prepare(records, counts);
    await open();
  });

  it('are taken where what failed stands aside', async () => {
    prepare(record('a'), { done: 1, failed: 1 });
    writeFileSync(join(run, 'failed-earlier.jsonl'), record('b', { status: 'failed' }));
    await open();
  });

  it.each([
    ['', '', true],
    ['\0\0', '', true],
    ['', record('a'), false],
  ])('an empty config.json %j beside the records %j', async (config, records, isOpened) => {
    prepare(records);
    writeFileSync(join(run, 'config.json'), config);
    if (isOpened) await open();
    else await expect(open()).rejects.toThrow(/config\.json: it is empty, and nothing says .*; delete it to go on/);
  });
});

describe('refuseRunFile(file)', () => {
  const write = (name: string, value: unknown) => writeFileSync(join(directory, name), JSON.stringify(value));

  it.each([
    ['records.jsonl', true],
    ['manifest.json', true],
    ['a.json', true],
    ['sft.jsonl', false],
  ])('%s in a run directory: refused %j', async (name, isRefused) => {
    write('config.json', { startedAt: 'now', stages: {} });
    write('manifest.json', manifest([artifact]));
    const refused = refuseRunFile(join(directory, name)).then(
      () => false,
      (error: Error) => error.message.includes('choose another name'),
    );
    expect(await refused).toBe(isRefused);
  });

  it('lets files of other directories be', async () => {
    expect(await refuseRunFile(join(directory, 'absent', 'records.jsonl'))).toBeUndefined();
  });
});
