import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CancelledError } from '../errors.js';
import type { LanguageModel } from '../models/language-model.js';
import { pocketAnswers } from '../problems/pocket/pocket-answers.js';
import type { AblateOptions } from './ablate-options.js';
import type { AblationPlan } from './plan-ablation.js';
import { trainProblems } from './problem-source.js';
import { ablationSchema } from './recipe.js';
import { ablate } from './run-ablation.js';
import { formatAblation } from './write-ablation-report.js';

const recipe = ablationSchema.parse({
  ...{ name: 'test', version: 1, description: 'a test', problems: 20, rows: 24, test: { problems: 40, backward: 10 } },
  training: 'sft-student',
  arms: [
    { name: 'none', of: {} },
    { name: 'originals', of: { originals: 1 } },
    { name: 'AnsAug', of: { answers: 1 }, check: ['graded', 'ungraded'], planted: [0, 0.4] },
  ],
  measured: { discordance: 0.2, seedDiscordance: 0.1, source: 'a test' },
});

/** Answers what `answerOf` says of a question. */
function model(name: string, answerOf: (question: string) => string): LanguageModel {
  return {
    name,
    capabilities: { chat: true, raw: true, topLogProbabilities: 0, seed: true },
    async *generate(requests) {
      for (const { id, prompt, samples = 1 } of requests) {
        const question = 'messages' in prompt ? (prompt.messages.at(-1)?.content ?? '') : prompt.raw;
        for (let sample = 0; sample < samples; sample += 1)
          yield {
            ...{ requestId: id, sample, finishReason: 'stop', promptTokens: 9, completionTokens: 9 },
            text: `So it is ${answerOf(question)}, try ${sample}.\nThe answer is: ${answerOf(question)}`,
          } as never;
      }
    },
    close: async () => undefined,
  };
}

const right = (question: string): string => pocketAnswers([question]).get(question) ?? '0';

/** A student that is right where it was trained, and counts what was asked for. */
function given(directory: string, made: string[]): AblateOptions {
  return {
    recipe,
    directory,
    effects: {
      // What was trained is asked in the words of its base
      open: async (name) =>
        model(name === 'pocket' ? name : 'student', name === 'pocket' || name.endsWith('model') ? right : () => '0'),
      measure: async () => ({
        ...{ teacherTokensPerSecond: 1000, studentTokensPerSecond: 5000, tokensPerAnswer: 60, tokensPerRow: 120 },
        ...{ trainingTokensPerSecond: 4000, trainingStartSeconds: 6 },
      }),
      train: async ({ directory: run }) => {
        made.push(run);
        return { steps: 2, loss: [2, 1], tokensPerSecond: 100, seconds: 1, model: join(run, 'model') };
      },
    },
  };
}

describe('ablate()', () => {
  it('names a directory that cannot be made', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'mathpie-')), 'file');
    writeFileSync(file, '');
    await expect(ablate(given(join(file, 'run'), []))).rejects.toMatchObject({
      name: 'StorageError',
      message: expect.stringContaining('a part of the path is a file'),
    });
  });

  it.each<[object, RegExp]>([
    [{ seeds: 0 }, /^Cannot use recipe test: .*seeds/],
    [{ seeds: 1.5 }, /^Cannot use recipe test: .*seeds/],
    [{ atOnce: 0 }, /^Cannot start: atOnce is 0; give a whole number from 1 on$/],
    [{ gpus: 0 }, /^Cannot start: gpus is 0; give a whole number from 1 on$/],
    [{ graceMs: -1 }, /^Cannot start: graceMs is -1; give a whole number from 0 on$/],
    [{ directory: undefined }, /^Cannot start: directory is missing; name a run directory$/],
    [{ recipe: { name: 'x' } }, /^Cannot use recipe x: /],
  ])('refuses %j before anything is measured', async (more, reason) => {
    const directory = join(mkdtempSync(join(tmpdir(), 'mathpie-')), 'run');
    const measure = (): never => {
      throw new Error('measured');
    };
    const options = given(directory, []);
    const run = ablate({ ...options, effects: { ...options.effects, measure }, ...more } as AblateOptions);
    await expect(run).rejects.toMatchObject({ name: 'InputError', message: expect.stringMatching(reason) });
    expect(existsSync(directory)).toBe(false);
  });

  it('runs every arm, compares it with its partner, and does nothing again', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'mathpie-'));
    const [first, second]: [string[], string[]] = [[], []];
    const summary = await ablate(given(directory, first));
    expect(first).toHaveLength(5);
    expect(summary.arms.map(({ arm, against, verdict }) => [arm, against, verdict])).toEqual([
      ['none', null, null],
      ['originals', 'none', 'better'],
      ['AnsAug', 'originals', 'cannot-tell'],
      ['AnsAug, ungraded', 'AnsAug', 'cannot-tell'],
      ['AnsAug, 40 percent wrong', 'AnsAug', 'cannot-tell'],
      ['AnsAug, ungraded, 40 percent wrong', 'AnsAug, 40 percent wrong', 'cannot-tell'],
    ]);
    const wrong = Object.fromEntries(summary.arms.map(({ arm, set }) => [arm, set?.wrong]));
    expect(wrong['AnsAug, 40 percent wrong']).toBe(0);
    expect(wrong['AnsAug, ungraded, 40 percent wrong']).toBeGreaterThan(0.2);
    for (const { set } of summary.arms) if (set !== null) expect(set.rows).toBe(24);
    expect(summary.questions).toEqual({ forward: 40, backward: 10 });
    expect(summary.sentences[0]).toMatch(/^originals against none, problems \(n = 40, 1 seed\): better, \+\d/);
    expect(formatAblation(summary)).toHaveLength(7);
    const table = JSON.parse(readFileSync(join(directory, 'table.json'), 'utf8'));
    expect(Object.keys(table[0])).toEqual(
      expect.arrayContaining([
        ...['arm', 'seeds', 'n', 'correct', 'accuracy', 'interval', 'against'],
        ...['difference', 'differenceInterval', 'verdict'],
      ]),
    );

    const learnt = readFileSync(join(directory, 'seed-1', 'originals', 'set.jsonl'), 'utf8')
      .trim()
      .split('\n');
    const solutions = new Map((await trainProblems(recipe, 1)).map(({ question, solution }) => [question, solution]));
    for (const { query, response } of learnt.map((line) => JSON.parse(line))) {
      // As the grammar wrote it: a student that was raised on its full stop would no longer know where to end
      expect(response).toBe(solutions.get(query));
    }

    const opened: string[] = [];
    const open = async (name: string) => {
      opened.push(name);
      return model(name, right);
    };
    const again = given(directory, second);
    expect(await ablate({ ...again, effects: { ...again.effects, open } })).toEqual(summary);
    expect(second).toEqual([]);
    // Neither the teacher nor the student: an engine takes a minute to load
    expect(opened).toEqual([]);
    const more = await ablate({ ...given(directory, second), seeds: 2 });
    expect(second).toHaveLength(5);
    expect(more.arms[1]).toMatchObject({ seeds: 2, n: 80, pValue: null, verdict: 'better' });
    // The untrained student was asked once
    expect(more.arms[0]).toMatchObject({ seeds: 1, n: 40, bySeed: [0], backward: { n: 10 } });
    expect(more.sentences[0]).toMatch(/^originals against none, problems \(n = 40, 2 seeds\): better/);
    await expect(ablate({ ...given(directory, second), recipe: { ...recipe, rows: 32 } })).rejects.toThrow(
      'it was started with another recipe (was → now: rows: 24 → 32)',
    );
  });

  it('takes problems from files, names rows for their data set, and asks the student with the question alone', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'mathpie-'));
    const rows = (from: number, count: number) =>
      Array.from({ length: count }, (_, place) => {
        const [pens, boxes] = [from + place, 2 + (place % 5)];
        const solution = `They hold ${pens}*${boxes}=<<${pens}*${boxes}=${pens * boxes}>>${pens * boxes} pens.\n#### ${pens * boxes}`;
        return { question: `Each of ${boxes} boxes holds ${pens} pens. How many pens are there?`, answer: solution };
      });
    const write = (name: string, of: object[]): string => {
      const file = join(directory, name);
      writeFileSync(file, of.map((row) => `${JSON.stringify(row)}\n`).join(''));
      return file;
    };
    const data = {
      ...{ train: write('train.jsonl', rows(10, 30)), test: write('test.jsonl', rows(1000, 12)) },
      dataset: 'gsm8k' as const,
    };
    const own = ablationSchema.parse({
      ...recipe,
      ...{ data, lastLine: 'assembled', test: { problems: 12, backward: 4 } },
      arms: [
        { name: 'originals', of: { originals: 1 } },
        { name: 'AnsAug', of: { answers: 1 }, rows: [24, 48] },
      ],
    });
    const asked = new Set<string>();
    const answer = (question: string): string => {
      asked.add(question);
      const [boxes = 0, pens = 0] = (/Each of (\d+) boxes holds (\d+)/.exec(question) ?? []).slice(1).map(Number);
      return String(boxes * pens);
    };
    const options = given(join(directory, 'run'), []);
    const open = async (name: string) => model(name === 'pocket' ? 'teacher' : 'http://x#student', answer);
    const summary = await ablate({ ...options, recipe: own, effects: { ...options.effects, open } });
    expect(summary.arms.map(({ arm, against, set, n }) => [arm, against, set?.rows, n])).toEqual([
      ['originals', null, 24, 12],
      ['AnsAug', 'originals', 24, 12],
      ['AnsAug, 48 rows', 'AnsAug', 48, 12],
    ]);
    expect(asked).toContain('Each of 2 boxes holds 1000 pens. How many pens are there?');
    const set = (arm: string) =>
      readFileSync(join(directory, 'run', 'seed-1', arm, 'set.jsonl'), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
    expect(set('originals')[0]).toMatchObject({ type: 'GSM_Original' });
    expect(set('originals')[0].response).toMatch(/^They hold (\d+)\*(\d)=(\d+) pens\.\nThe answer is: \3$/);
    expect(set('ansaug')[0]).toMatchObject({ type: 'GSM_AnsAug' });
    const again = () => ablate({ ...options, recipe: own, seeds: 2, effects: { ...options.effects, open } });
    for (const name of ['test', 'train']) {
      const text = readFileSync(data[name as 'test'], 'utf8');
      writeFileSync(data[name as 'test'], text.replaceAll('pens', 'nibs'));
      await expect(again()).rejects.toThrow(
        new RegExp(
          `^Cannot continue .*: .*${name}\\.jsonl is not the file that it was started with; give that one again`,
        ),
      );
      writeFileSync(data[name as 'test'], text);
    }
    expect((await again()).arms[1]?.seeds).toBe(2);
    const many = ablationSchema.parse({ ...own, problems: 31 });
    await expect(ablate({ ...options, directory: join(directory, 'more'), recipe: many })).rejects.toThrow(
      /^Cannot take 31 train problems from .*train.jsonl: it has 30 with an answer; lower the recipe's number/,
    );
  });

  it('makes lost rows again from the answers, and names what else is damaged', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'mathpie-'));
    const made: string[] = [];
    const summary = await ablate(given(directory, made));
    const spoil = async (name: string, to: (text: string) => string, meanwhile: () => Promise<void>): Promise<void> => {
      const file = join(directory, name);
      const text = readFileSync(file, 'utf8');
      writeFileSync(file, to(text));
      await meanwhile();
      writeFileSync(file, text);
    };
    const firstTen = (text: string): string => `${text.split('\n').slice(0, 10).join('\n')}\n`;
    for (const to of [firstTen, (text: string) => text.slice(0, text.length / 2), () => ''])
      for (const arm of ['none', 'seed-1/originals'])
        await spoil(`${arm}/forward/graded.jsonl`, to, async () =>
          expect((await ablate(given(directory, []))).arms).toEqual(summary.arms),
        );
    for (const text of ['', '{', 'null', '[]'])
      await spoil(
        'recipe.json',
        () => text,
        () =>
          expect(ablate(given(directory, []))).rejects.toThrow(/: its recipe\.json is damaged; delete that file if/),
      );
    await spoil('seed-1/originals/set.jsonl', firstTen, async () => {
      // What was trained has its set behind it
      await ablate(given(directory, []));
      rmSync(join(directory, 'seed-1', 'originals', 'trained.json'));
      await expect(ablate(given(directory, []))).rejects.toThrow(
        /^Cannot train originals \(seed 1\): .*set\.jsonl is not the set that was mixed; delete set\.json beside it/,
      );
    });
  });

  it('tells what a training warned of, also where it is kept from before', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'mathpie-'));
    const told: string[] = [];
    const options = given(directory, []);
    const warnings = ['3 of the rows are longer than 512 tokens (drop)'];
    const train = async () => ({ steps: 2, loss: [2, 1], tokensPerSecond: 9, seconds: 1, model: 'model', warnings });
    for (const _ of ['made', 'kept'])
      await ablate({
        ...options,
        effects: { ...options.effects, train },
        onEvent: (event) => event.event === 'part-end' && event.part === 'train' && told.push(event.text),
      });
    expect(new Set(told)).toEqual(
      new Set(['2 steps, last loss 1.000; 3 of the rows are longer than 512 tokens (drop)']),
    );
    expect(told).toHaveLength(10);
  });

  it('asks what was trained where its directory lies by now', async () => {
    const root = mkdtempSync(join(tmpdir(), 'mathpie-'));
    const [before, after] = [join(root, 'before'), join(root, 'after')];
    const { arms } = await ablate(given(before, []));
    renameSync(before, after);
    rmSync(join(after, 'seed-1', 'originals', 'evaluated.json'));
    const opened: string[] = [];
    const [options, made]: [AblateOptions, string[]] = [given(after, []), []];
    const open = async (name: string) => {
      opened.push(name);
      return (await options.effects?.open?.(name, {})) as LanguageModel;
    };
    const again = await ablate({ ...given(after, made), effects: { ...options.effects, open } });
    expect([again.arms, made]).toEqual([arms, []]);
    expect(opened).toEqual([join(after, 'seed-1', 'originals', 'train', 'model')]);
  });

  it('tells the steps of earlier sessions too, in front of those that it goes on with', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'mathpie-'));
    const lines = [1, 2, 3].map((step) => JSON.stringify({ event: 'step-end', step, steps: 4, loss: 1 / step }));
    const run = join(directory, 'seed-1', 'originals', 'train');
    mkdirSync(run, { recursive: true });
    writeFileSync(join(run, 'events.jsonl'), `${lines.join('\n')}\n{"event":"step-e`);
    const told: unknown[] = [];
    await ablate({
      ...given(directory, []),
      onEvent: (event) =>
        event.event === 'training-step' &&
        event.arm === 'originals' &&
        told.push([event.step, event.steps, event.loss]),
    });
    expect(told).toEqual([
      [1, 4, 1],
      [2, 4, 1 / 2],
      [3, 4, 1 / 3],
    ]);
  });

  it('says first what it will do and what it can tell', async () => {
    let plan: AblationPlan | undefined;
    const options = given(mkdtempSync(join(tmpdir(), 'mathpie-')), []);
    await ablate({ ...options, onEvent: (event) => (plan = event.event === 'plan' ? event.plan : plan) });
    expect(plan?.arms.map(({ rows }) => rows)).toEqual([0, 24, 24, 24, 24, 24]);
    expect(plan?.smallestDifference?.forward).toBeCloseTo(0.191, 2);
    expect(plan?.minutes.all).toBeGreaterThan(0);
  });

  it('ends where it is told to, and goes on', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'mathpie-'));
    const stop = new AbortController();
    const made: string[] = [];
    const options = given(directory, made);
    const stopping = ablate({
      ...options,
      signal: stop.signal,
      onEvent: ({ event }) => event === 'part-end' && made.length === 2 && stop.abort(),
    });
    await expect(stopping).rejects.toThrow(CancelledError);
    expect(made.length).toBeLessThan(5);
    await ablate(options);
    expect(made).toHaveLength(5);
  });
});
