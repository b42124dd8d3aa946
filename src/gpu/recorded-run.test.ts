import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { CancelledError, InputError } from '../errors.js';
import type { GpuEvent } from './events.js';
import { isRecorded, runOrReplay } from './recorded-run.js';

const root = mkdtempSync(join(tmpdir(), 'mathpie-recorded-run-'));
afterAll(() => rmSync(root, { recursive: true }));
const recording = join(root, 'recording.jsonl');
const rows = join(root, 'rows.jsonl');
writeFileSync(rows, '{"question": "1 + 1?", "answer": "2"}\n');
const config = { model: 'student', data: rows, seed: 1 };
const time = '2026-01-01T00:00:00.000Z';
const told: GpuEvent[] = [
  { event: 'run-start', time, script: 'train-sft', pid: 7, versions: {}, device: 'cpu' },
  { event: 'step-end', time, step: 1, steps: 2, loss: 0.123456789, peakMemoryGiB: 3 },
  { event: 'step-end', time, step: 2, steps: 2, loss: 0.1 },
  { event: 'run-end', time, status: 'done', steps: 2, model: '/somewhere/model' },
];
let trainings = 0;

async function train(name: string, given: object = config, environment: Record<string, string> = {}) {
  const directory = join(root, name);
  const heard: GpuEvent[] = [];
  const onEvent = (event: GpuEvent): void => void heard.push(event);
  const run = await runOrReplay(
    'train-sft',
    { config: { ...given }, directory, onEvent, environment },
    async (tell) => {
      trainings += 1;
      for (const event of told) tell(event);
      await mkdir(join(directory, 'model'), { recursive: true });
      writeFileSync(join(directory, 'model', 'training.json'), '{"base": "student"}');
      return { directory, plan: undefined, end: told[3] as never };
    },
  );
  return { run, heard, directory };
}

describe('runOrReplay()', () => {
  it('records a run, and tells it again without doing it', async () => {
    await train('first', config, { MATHPIE_RECORD: recording });
    const { run, heard, directory } = await train('second', config, { MATHPIE_REPLAY: recording, MATHPIE_CLOCK: time });
    expect(trainings).toBe(1);
    expect(heard.map(({ event }) => event)).toEqual(['step-end', 'step-end', 'run-end']);
    expect(heard[0]).toMatchObject({ step: 1, steps: 2, loss: 0.12346 });
    expect(run.end).toMatchObject({ status: 'done', steps: 2 });
    expect(readFileSync(recording, 'utf8')).not.toMatch(/somewhere|pid/);
    expect(readFileSync(join(directory, 'events.jsonl'), 'utf8').split('\n')).toHaveLength(4);
    expect(readFileSync(join(directory, 'model', 'training.json'), 'utf8')).toBe('{"base": "student"}');
  });

  it.each<[string, object]>([
    ['another setting', { ...config, seed: 2 }],
    ['another model', { ...config, model: 'pocket' }],
    ['other rows', { ...config, data: recording }],
  ])('does not know %s', async (_, other) => {
    const replaying = train('other', other, { MATHPIE_REPLAY: recording });
    await expect(replaying).rejects.toThrow(InputError);
    await expect(replaying).rejects.toThrow(/^Cannot replay train-sft in .*: this run is not in /);
    expect(existsSync(join(root, 'other'))).toBe(false);
  });

  it('knows the same rows by another path, and does what it does not know where it is told to', async () => {
    const copy = join(root, 'copy.jsonl');
    writeFileSync(copy, readFileSync(rows));
    const before = trainings;
    const environment = { MATHPIE_REPLAY: recording, MATHPIE_REPLAY_MISSING: 'ask' };
    await train('third', { ...config, data: copy }, environment);
    expect(trainings).toBe(before);
    await train('fourth', { ...config, seed: 3 }, environment);
    expect(trainings).toBe(before + 1);
  });

  it('stops where its signal says so, and goes on behind that', async () => {
    const directory = join(root, 'stopped');
    const stop = new AbortController();
    const session = async (signal?: AbortSignal) => {
      const heard: GpuEvent[] = [];
      const onEvent = (event: GpuEvent): void => {
        heard.push(event);
        if (signal !== undefined) stop.abort();
      };
      const place = { config, directory, onEvent, environment: { MATHPIE_REPLAY: recording }, signal };
      await runOrReplay('train-sft', place, () => expect.fail('it ran')).catch((error: unknown) =>
        expect(error).toBeInstanceOf(CancelledError),
      );
      return heard.map(({ event, step }) => [event, step]);
    };
    expect(await session(stop.signal)).toEqual([['step-end', 1]]);
    expect(existsSync(join(directory, 'model'))).toBe(false);
    expect(await session()).toEqual([
      ['step-end', 2],
      ['run-end', undefined],
    ]);
    expect(existsSync(join(directory, 'model', 'training.json'))).toBe(true);
  });

  it('starts nothing from a model that has no weights', async () => {
    const onward = { ...config, model: join(root, 'second', 'model') };
    const running = train('onward', onward, { MATHPIE_REPLAY: recording, MATHPIE_REPLAY_MISSING: 'ask' });
    await expect(running).rejects.toThrow(/which keeps no weights; train it here/);
  });

  it('says which scripts a recording has', async () => {
    const environment = { MATHPIE_REPLAY: recording };
    expect([await isRecorded('train-sft', environment), await isRecorded('generate', environment)]).toEqual([
      true,
      false,
    ]);
    expect(await isRecorded('train-sft', {})).toBe(false);
  });
});
