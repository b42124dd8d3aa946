import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { CancelledError, InputError, ModelError } from '../errors.js';
import type { LanguageModel } from '../models/language-model.js';
import { countingModel } from './__fixtures__/counting-model.js';
import { openRun, type Run } from './open-run.js';
import { recordId } from './run-record.js';
import { type RunStageOptions, runStage } from './run-stage.js';
import type { StageProgress } from './track-progress.js';

const root = mkdtempSync(join(tmpdir(), 'mathpie-run-'));
const directory = join(root, 'run');
const recordsFile = join(directory, 'records.jsonl');
afterAll(() => rmSync(root, { recursive: true }));
beforeEach(() => rmSync(directory, { recursive: true, force: true }));

const items = ['a', 'b', 'c'].map((id) => ({ id, question: `question ${id}` }));
type Item = (typeof items)[number];

const open = (config = { seed: 3, temperature: 0.7 }): Promise<Run> => openRun({ directory, stage: 'solve', config });
const solve = (run: Run, model: LanguageModel, more: Partial<RunStageOptions<Item>> = {}) =>
  runStage({
    run,
    stage: 'solve',
    model,
    items,
    request: ({ question }) => ({
      prompt: { raw: question },
      samples: 4,
      sampling: { temperature: 0.7, maxTokens: 9 },
    }),
    record: (_, { text }) => ({ response: text }),
    ...more,
  });
const withRun = async <Result>(work: (run: Run) => Promise<Result>): Promise<Result> => {
  const run = await open();
  try {
    return await work(run);
  } finally {
    await run.close();
  }
};

describe('runStage()', () => {
  it('returns records in (item, sample) order whatever the order of the completions', async () => {
    const records = await withRun((run) => solve(run, countingModel()));
    expect(records.map(({ input, sample }) => `${input}${sample}`).join(' ')).toBe(
      'a0 a1 a2 a3 b0 b1 b2 b3 c0 c1 c2 c3',
    );
    expect(records[5]).toEqual({
      id: recordId('solve', 'b', 1),
      stage: 'solve',
      input: 'b',
      sample: 1,
      status: 'done',
      response: expect.stringMatching(/^\d+\/1$/),
      promptTokens: 5,
      completionTokens: 7,
      finishReason: 'stop',
    });
    expect(new Set(records.map(({ response }) => response)).size).toBe(12);
  });

  it('asks for nothing when all is there', async () => {
    const first = await withRun((run) => solve(run, countingModel()));
    const model = countingModel();
    expect(await withRun((run) => solve(run, model))).toEqual(first);
    expect(model.asked).toEqual([]);
  });

  it('asks only for what is missing, and gets the same text', async () => {
    const first = await withRun((run) => solve(run, countingModel()));
    const gone = new Set([recordId('solve', 'a', 1), recordId('solve', 'c', 3)]);
    const lines = readFileSync(recordsFile, 'utf8').split('\n');
    writeFileSync(recordsFile, lines.filter((line) => line === '' || !gone.has(JSON.parse(line).id)).join('\n'));
    const model = countingModel();
    expect(await withRun((run) => solve(run, model))).toEqual(first);
    expect(model.asked).toEqual([
      { id: 'a', samples: 2 },
      { id: 'c', samples: 4 },
    ]);
  });

  it.each([1, 40, 100, 150])('repairs a records file that lost its last %i bytes', async (bytes) => {
    const first = await withRun((run) => solve(run, countingModel()));
    truncateSync(recordsFile, readFileSync(recordsFile).length - bytes);
    expect(await withRun((run) => solve(run, countingModel()))).toEqual(first);
    const ids = readFileSync(recordsFile, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).id);
    expect(new Set(ids).size).toBe(12);
    expect(ids).toHaveLength(12);
  });

  it('records a failed completion with its reason and does not ask again', async () => {
    const model = countingModel({
      fail: ({ id }, sample) => (id === 'b' && sample === 2 ? 'too long\nat x' : undefined),
    });
    const records = await withRun((run) => solve(run, model));
    expect(records[6]).toMatchObject({ status: 'failed', reason: 'too long', finishReason: 'error' });
    expect(records[6]).not.toHaveProperty('response');
    const again = countingModel();
    await withRun((run) => solve(run, again));
    expect(again.asked).toEqual([]);
  });

  it('records what the stage itself refuses', async () => {
    const record = (_: Item, { sample }: { sample: number }): { failed: string } | { response: string } =>
      sample === 0 ? { failed: 'no question in the text' } : { response: 'x' };
    const told: StageProgress[] = [];
    const onProgress = (progress: StageProgress): void => void told.push(progress);
    const records = await withRun((run) => solve(run, countingModel(), { record, onProgress }));
    expect(records[0]).toMatchObject({ status: 'failed', reason: 'no question in the text', finishReason: 'stop' });
    expect(told.at(-1)).toMatchObject({ failed: 0, leftOut: new Set(records.map(({ input }) => input)).size });
  });

  it('keeps what was made when it is stopped, and continues', async () => {
    const controller = new AbortController();
    const onProgress = ({ done }: StageProgress) => done === 5 && controller.abort();
    const stopped = withRun((run) => solve(run, countingModel(), { signal: controller.signal, onProgress }));
    await expect(stopped).rejects.toBeInstanceOf(CancelledError);
    expect(readFileSync(recordsFile, 'utf8').trimEnd().split('\n')).toHaveLength(5);
    const seen: StageProgress[] = [];
    const records = await withRun((run) => solve(run, countingModel(), { onProgress: (event) => seen.push(event) }));
    expect(records).toHaveLength(12);
    expect(seen[0]).toMatchObject({ stage: 'solve', done: 5, total: 12, tokens: 0, remainingMs: undefined });
    expect(seen.at(-1)).toMatchObject({ done: 12, total: 12, tokens: 49, remainingMs: 0 });
  });

  it('says so when the model leaves completions out', async () => {
    const lazy: LanguageModel = { ...countingModel(), async *generate() {} };
    await expect(withRun((run) => solve(run, lazy))).rejects.toThrow(
      new ModelError(
        'Cannot finish stage "solve": counting left out 12 of 12 completions; repeat the same command to ask again',
      ),
    );
  });

  it('refuses two items with one id', async () => {
    const twice = withRun((run) => solve(run, countingModel(), { items: [...items, ...items.slice(0, 1)] }));
    await expect(twice).rejects.toThrow(InputError);
  });

  it('draws other texts with another seed', async () => {
    const first = await withRun((run) => solve(run, countingModel()));
    rmSync(directory, { recursive: true });
    const run = await open({ seed: 4, temperature: 0.7 });
    const second = await solve(run, countingModel());
    await run.close();
    expect(second.map(({ response }) => response)).not.toEqual(first.map(({ response }) => response));
    expect(second.map(({ id }) => id)).toEqual(first.map(({ id }) => id));
  });
});
