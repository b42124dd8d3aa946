import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { StorageError } from '../errors.js';
import { openRun, type Run } from './open-run.js';
import { type RunRecord, recordId } from './run-record.js';

const root = mkdtempSync(join(tmpdir(), 'mathpie-open-'));
const directory = join(root, 'run');
const recordsFile = join(directory, 'records.jsonl');
afterAll(() => rmSync(root, { recursive: true }));
beforeEach(() => rmSync(directory, { recursive: true, force: true }));

const open = (config = { seed: 3, temperature: 0.7 }): Promise<Run> => openRun({ directory, stage: 'solve', config });
/** A session that made a record. */
const start = async (): Promise<void> => {
  const run = await open();
  await run.append(record(0));
  await run.close();
};
const record = (sample: number, more: Partial<RunRecord> = {}): RunRecord => ({
  id: recordId('solve', 'a', sample),
  stage: 'solve',
  input: 'a',
  sample,
  status: 'done',
  ...more,
});

describe('openRun()', () => {
  it('keeps the start and the versions of the first session', async () => {
    const first = await openRun({ directory, stage: 'a', config: {}, effects: { now: () => new Date(0) } });
    await first.finish({});
    await first.close();
    const second = await openRun({ directory, stage: 'b', config: { seed: 9 } });
    await second.finish({});
    await second.close();
    expect(second.startedAt).toBe('1970-01-01T00:00:00.000Z');
    expect(first.seed).toBe(0);
    expect(second.seed).toBe(9);
    expect(JSON.parse(readFileSync(join(directory, 'config.json'), 'utf8'))).toMatchObject({
      mathpie: expect.stringMatching(/^\d/),
      node: process.versions.node,
      startedAt: '1970-01-01T00:00:00.000Z',
      seed: 0,
      stages: { a: {}, b: { seed: 9 } },
    });
  });

  it('refuses another configuration of the same stage and shows each difference', async () => {
    await start();
    await expect(open({ seed: 3, temperature: 1 })).rejects.toThrow(
      expect.objectContaining({
        name: 'StorageError',
        message: `Cannot continue ${directory}: stage "solve" was started with another configuration (was → now: temperature: 0.7 → 1); use the earlier values, or another run directory`,
      }),
    );
    await (await open()).close();
  });

  it('holds the appended records, reads them again, and refuses an id twice', async () => {
    const run = await open();
    await run.append(record(1));
    await run.append(record(0));
    await expect(run.append(record(1))).rejects.toThrow(RangeError);
    await run.close();
    const again = await open();
    expect([...again.records('solve').values()]).toEqual([record(1), record(0)]);
    expect(again.records('other').size).toBe(0);
    await again.close();
  });

  it('refuses a directory that it holds already, and opens it again after close', async () => {
    const run = await open();
    await expect(open()).rejects.toThrow(/has it open already/);
    await run.close();
    await run.close();
    await (await open()).close();
  });

  it.each([
    ['no JSON', 'garbage\n', ':1: not JSON (starts with "garbage"); mend or delete the line'],
    ['no record', '{"id":"x"}\n', ':1: lacks the fields "stage", "input", "sample", "status"; mend or delete the line'],
  ])('names the line of a records file that is %s', async (_, text, reason) => {
    await (await open()).close();
    appendFileSync(recordsFile, text);
    await expect(open()).rejects.toThrow(new StorageError(`Cannot continue ${recordsFile}${reason}`));
    writeFileSync(recordsFile, '');
    await (await open()).close();
  });

  it('takes another configuration as long as the stage has made nothing', async () => {
    await (await open()).close();
    await (await open({ seed: 3, temperature: 1 })).close();
    expect(readdirSync(directory)).toEqual(['records.jsonl']);
  });

  it('refuses a config.json that is something else', async () => {
    await start();
    writeFileSync(join(directory, 'config.json'), '{"name":"other"}');
    await expect(open()).rejects.toThrow(/it is not a run configuration; choose another run directory$/);
  });

  it('tells the stages in the order in which they are worked on, also where a power cut made records of a later one the first', async () => {
    const made = (stage: string): RunRecord => record(0, { id: recordId(stage, 'a', 0), stage });
    const first = await openRun({ directory, stage: 'both', config: {} });
    await first.append(made('elsewhere'));
    await first.append(made('statements'));
    await first.close();
    const second = await openRun({ directory, stage: 'both', config: {} });
    for (const stage of ['answers', 'statements'])
      if (second.records(stage).size === 0) await second.append(made(stage));
    await second.finish({});
    await second.close();
    const { stages } = JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8'));
    expect(Object.keys(stages)).toEqual(['elsewhere', 'answers', 'statements']);
  });

  it('lists counts, tokens and checksums in the manifest, stage after stage', async () => {
    const run = await open();
    await run.append(record(0, { promptTokens: 5, completionTokens: 7 }));
    await run.append(record(1, { status: 'failed', reason: 'no answer', promptTokens: 5, completionTokens: 9 }));
    expect(await run.writeFile('answers.jsonl', 'abc')).toBe(join(directory, 'answers.jsonl'));
    await run.finish({ rows: 1 });
    await run.close();
    const later = await openRun({ directory, stage: 'rank', config: {} });
    await later.finish({ pairs: 2 });
    await later.close();
    expect(JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8'))).toMatchObject({
      stages: { solve: { done: 1, failed: 1, promptTokens: 10, completionTokens: 16 } },
      finished: { solve: { summary: { rows: 1 } }, rank: { summary: { pairs: 2 } } },
      files: { 'answers.jsonl': 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad' },
    });
  });

  it.each(['../x.json', '.hidden', 'a/b.json', ''])('does not write a derived file named %j', async (name) => {
    const run = await open();
    await expect(run.writeFile(name, '')).rejects.toThrow(RangeError);
    await run.close();
  });
});
