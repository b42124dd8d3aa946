import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hashFile } from '../../storage/hash-file.js';
import { importResults } from './import-results.js';
import { openResults } from './open-results.js';
import { resultFormats } from './result-formats.js';

const fixture = (name: string): string => join(import.meta.dirname, '__fixtures__', name);
const samples = 'samples_invented_2026-01-01T00-00-00.000000.jsonl';
const details = 'details_invented_2026-01-01T00-00-00.000000.parquet';

/** What upstream accepts of the five invented answers, and what we do: the harnesses refuse 1,200 for 1200 and 1/6 for \frac{1}{6}. */
const upstream = [true, false, false, true, false];
const ours = [true, true, true, true, false];

const formats = [
  {
    file: samples,
    harness: 'lm-evaluation-harness',
    verdict: 'exact_match,strict',
    has: { task: 'invented', level: 1 },
  },
  {
    file: details,
    harness: 'lighteval',
    verdict: 'extractive_match',
    has: { subject: 'Counting', completionTokens: 9 },
  },
  { file: 'details_former.parquet', harness: 'lighteval', verdict: 'quasi_exact_match', has: { level: 1 } },
  {
    file: 'inspect.json',
    harness: 'Inspect',
    verdict: 'match',
    has: { thinking: 'Let me see.', finishReason: 'stop' },
  },
  { file: 'inspect.eval', harness: 'Inspect', verdict: 'match', has: { task: 'invented', promptTokens: 30 } },
  { file: 'output-rs0.jsonl', harness: 'NeMo-Skills', verdict: 'symbolic_correct', has: { upstreamAnswer: '12' } },
  {
    file: 'opencompass-results.json',
    harness: 'OpenCompass',
    verdict: 'correct',
    has: { task: 'opencompass-results' },
  },
  { file: 'every-eval-ever_samples.jsonl', harness: 'every_eval_ever', verdict: 'is_correct', has: { level: 1 } },
] as const;

describe('importResults(file) recognises', () => {
  it.each(formats)('$harness in $file, and keeps every verdict of it', async ({ file, harness, verdict, has }) => {
    const imported = await importResults(fixture(file));
    expect(imported.harness).toBe(harness);
    expect(imported.summary.upstream).toMatchObject({ harness, verdict, n: 5, correct: 2 });
    expect(imported.rows.map((row) => row.upstream)).toEqual(upstream);
    expect(imported.rows.map((row) => row.correct)).toEqual(ours);
    expect(imported.rows[0]).toMatchObject({
      gold: '12',
      response: '3 rows of 4 make \\boxed{12}.',
      sample: 0,
      ...has,
    });
    expect(imported.rows[0]?.question).toContain('Mia stacks');
    expect(imported.summary.second).toMatchObject({
      both: 2,
      onlyFirst: 2,
      onlySecond: 0,
      neither: 1,
      disagreements: 2,
    });
    expect(imported.disagreements.map(({ gold, a, b }) => [gold, a.equivalent, b.equivalent])).toEqual([
      ['1200', true, false],
      ['\\frac{1}{6}', true, false],
    ]);
  });

  it('MathArena: a problem with all its answers, and the rows of its sets, of which one model is a run', async () => {
    const problem = await importResults(fixture('matharena-1.json'));
    expect(problem.rows.map(({ sample, correct, upstream, costUsd }) => [sample, correct, upstream, costUsd])).toEqual([
      [0, true, true, 0.01],
      [1, false, false, 0.01],
    ]);
    expect(problem.rows[0]).toMatchObject({ thinking: 'Let me see.', subject: 'Counting' });
    await expect(importResults(fixture('matharena.parquet'))).rejects.toThrow(
      'answers of several models (tiny/invented-1',
    );
    const only = { field: 'model_name', value: 'tiny/invented-1' };
    const { summary } = await importResults(fixture('matharena.parquet'), { only });
    expect(summary).toMatchObject({ n: 5, correct: 4, upstream: { correct: 2, model: 'tiny/invented-1' } });
  });

  it('OpenAI Batch with the problems, by their ids; what failed is a failed row', async () => {
    const data = fixture('openai-batch-problems.jsonl');
    const { rows, summary } = await importResults(fixture('openai-batch.jsonl'), { data });
    expect(summary).toMatchObject({
      n: 5,
      correct: 4,
      failed: 1,
      failures: [{ reason: 'Expired before it ran', count: 1 }],
    });
    expect(summary.upstream).toBeUndefined();
    expect(rows.map(({ correct }) => correct)).toEqual([...ours, false]);
    await expect(importResults(fixture('openai-batch.jsonl'))).rejects.toThrow(/:1: it holds no gold answer for "p0"/);
  });

  it('OpenCompass predictions, which hold no verdict', async () => {
    const { summary, rows } = await importResults(fixture('opencompass-predictions.json'));
    expect(summary).toMatchObject({ n: 5, correct: 4 });
    expect(summary.upstream).toBeUndefined();
    expect(rows.map(({ correct }) => correct)).toEqual(ours);
  });

  it('rows of any shape by the names of their fields, and keeps the other fields', async () => {
    const names = { question: 'q', gold: 'truth', response: 'said', correct: 'ok' };
    const { rows, summary } = await importResults(fixture('any-shape.csv'), names);
    expect(summary).toMatchObject({ n: 5, correct: 4, upstream: { correct: 2, verdict: 'ok' } });
    expect(rows[0]).toMatchObject({ topic: 'Counting', upstream: true });
  });

  it('no object as two formats', async () => {
    const files = [...formats.map(({ file }) => file), 'matharena-1.json', 'matharena.parquet', 'openai-batch.jsonl'];
    for (const file of files) {
      for await (const { value } of openResults(fixture(file))) {
        expect(typeof value).toBe('object');
        if (typeof value === 'string') continue;
        expect([file, resultFormats.filter(({ recognises }) => recognises(value)).length]).toEqual([file, 1]);
      }
    }
  });
});

describe('importResults(files)', () => {
  it('takes the first of several verdicts and names the others; another one when asked', async () => {
    const { otherVerdicts, summary } = await importResults(fixture(samples));
    expect([summary.upstream?.correct, otherVerdicts]).toEqual([2, ['exact_match,loose']]);
    const loose = await importResults(fixture(samples), { correct: 'exact_match,loose' });
    expect(loose.summary.upstream?.correct).toBe(5);
    await expect(importResults(fixture(samples), { correct: 'exact' })).rejects.toThrow('it holds exact_match,strict');
    const judged = await importResults(fixture('output-rs0.jsonl'), { correct: 'judgement' });
    expect(judged.summary.upstream?.correct).toBe(5);
  });

  it('puts what the harness reports beside what its rows count', async () => {
    const results = fixture('results_2026-01-01T00-00-00.000000.json');
    const { summary } = await importResults([results, fixture(samples)]);
    expect(summary.upstream).toMatchObject({ model: 'tiny/invented-1', accuracy: 0.4 });
    expect(summary.upstream?.reported).toContainEqual({ task: 'invented', metric: 'exact_match,strict', value: 0.4 });
    await expect(importResults(results)).rejects.toThrow('there is no answer in it');
  });

  it('makes files of several seeds samples of the same questions', async () => {
    const { rows, summary } = await importResults([fixture('output-rs0.jsonl'), fixture('output-rs1.jsonl')]);
    expect(summary).toMatchObject({ n: 10, problems: 5, samples: 2 });
    expect(rows[0]?.problem).toBe(rows[5]?.problem);
    expect([rows[0]?.sample, rows[5]?.sample]).toEqual([0, 1]);
  });

  it('refuses files of two harnesses in one run', async () => {
    const both = importResults([fixture(samples), fixture('inspect.json')]);
    await expect(both).rejects.toThrow('its rows are of Inspect, those before it of lm-evaluation-harness');
  });
});

// Files of other people are not kept here: their checksums are, and MATHPIE_REAL_RESULTS names a folder that holds them
const realFolder = process.env.MATHPIE_REAL_RESULTS;
const realFiles: readonly {
  readonly harness: string;
  readonly file: string;
  readonly sha256: string;
  readonly n: number;
  readonly upstreamCorrect: number;
}[] = JSON.parse(readFileSync(fixture('real-files.json'), 'utf8'));

describe.skipIf(realFolder === undefined)('files of the harnesses themselves', () => {
  it.each(realFiles)('$harness: $file', async ({ harness, file, sha256, n, upstreamCorrect }) => {
    const path = join(realFolder ?? '', basename(file));
    expect(await hashFile(path)).toBe(sha256);
    const imported = await importResults(path);
    expect(imported).toMatchObject({ harness, summary: { n, upstream: { n, correct: upstreamCorrect } } });
  });
});
