import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findManifest } from './artifacts.js';
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
