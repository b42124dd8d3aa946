import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { CancelledError, InputError } from '../errors.js';
import type { GenerationRequest, LanguageModel } from '../models/language-model.js';
import { openRun } from '../runs/open-run.js';
import { type AugmentOptions, augment } from './grow-problems.js';

const directories: string[] = [];
afterEach(async () => {
  await Promise.all(directories.splice(0).map((directory) => rm(directory, { recursive: true, force: true })));
});

const pens = { id: 'pens', question: 'Ann has 4 pens and buys 3 more. How many pens does Ann have?', answer: '7' };
const cups = { id: 'cups', question: 'Ben has 9 cups and loses 2. How many cups are left?', answer: '7', level: 2 };

/** Knows the two stories by heart and gets the second sample of every solution wrong. */
function reply(content: string, sample: number): string {
  if (content.startsWith('Say this')) return sample === 0 ? 'How many pens has Ann with 4 pens and 3 new ones?' : 'Hm.';
  if (content.startsWith('Turn')) return content.includes('cups') ? 'There are 7 cups.' : 'Ann has pens.';
  const x = content.includes('x cups') ? 9 : content.includes('loses x') ? 2 : content.includes('x pens') ? 4 : 3;
  return `Work.\nThe answer is \\boxed{${(content.includes('value of x') ? x : 7) + sample}}.`;
}

function scriptedModel(say = reply): LanguageModel & { readonly asked: GenerationRequest[] } {
  const asked: GenerationRequest[] = [];
  return {
    name: 'pocket',
    asked,
    capabilities: { chat: true, raw: true, topLogProbabilities: 0, seed: true },
    async *generate(requests) {
      for (const request of requests) {
        asked.push(request);
        const content = 'messages' in request.prompt ? (request.prompt.messages[0]?.content ?? '') : '';
        for (let sample = 0; sample < (request.samples ?? 1); sample++) {
          const text = say(content, sample);
          const finishReason = text === 'CUT' ? ('length' as const) : ('stop' as const);
          yield { requestId: request.id, sample, text, finishReason, promptTokens: 5, completionTokens: 2 };
        }
      }
    },
    close: async () => {},
  };
}

async function newDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'augment-'));
  directories.push(directory);
  return directory;
}

async function run(options: Omit<AugmentOptions, 'run' | 'problems'> & Partial<AugmentOptions>, at?: string) {
  const directory = at ?? (await newDirectory());
  const opened = await openRun({ directory, stage: 'augment', config: { seed: 1 } });
  try {
    const result = await augment({ problems: [pens, cups], ...options, run: opened });
    const file = (name: string) => readFile(join(directory, name), 'utf8');
    return { ...result, kept: await file('rows.jsonl'), graded: await file('graded.jsonl') };
  } finally {
    await opened.close();
  }
}

describe('augment({technique})', () => {
  it('answers: keeps the right answers and grades all', async () => {
    const { rows, yields, kept, graded } = await run({ technique: 'answers', model: scriptedModel(), repeat: 2 });
    expect(rows.map(({ problem, status, extracted }) => [problem, status, extracted])).toEqual([
      ['pens', 'kept', '7'],
      ['pens', 'wrong', '8'],
      ['cups', 'kept', '7'],
      ['cups', 'wrong', '8'],
    ]);
    expect(yields).toMatchObject([
      { technique: 'answers', type: 'POCKET_AnsAug', asked: 4, generated: 4, kept: 2, wrong: 2, accuracy: 0.5 },
    ]);
    expect(yields[0]?.tokens).toEqual({ prompt: 20, completion: 8 });
    expect(kept.trim().split('\n')).toHaveLength(2);
    expect(
      graded
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual(rows);
    expect(rows[2]).toMatchObject({
      query: cups.question,
      original_question: cups.question,
      type: 'POCKET_AnsAug',
      prompt: 'pocket@1',
      model: 'pocket',
      gold: '7',
      equivalent: true,
      level: 2,
      sampling: { temperature: 0.7, topP: 1, maxTokens: 1024 },
    });
    expect(rows.every(({ rule }) => typeof rule === 'string' && rule !== '')).toBe(true);
    // What `assemble` asks of a verdict stands on the row.
    expect(new Set(rows.map(({ strength }) => strength))).toEqual(new Set(['proved']));
  });

  it('answers: counts what was cut, empty, without an answer, or there before', async () => {
    const texts = ['CUT', ' ', 'No idea.', 'It is \\boxed{7}.', 'It is \\boxed{7}.'];
    const model = scriptedModel((_, sample) => texts[sample] ?? '');
    const { yields, rows } = await run({ technique: 'answers', model, repeat: 5, problems: [pens] });
    expect(rows.map(({ status }) => status)).toEqual(['failed', 'failed', 'wrong', 'kept', 'duplicate']);
    expect(yields[0]).toMatchObject({
      asked: 5,
      generated: 3,
      failed: { length: 1, empty: 1 },
      wrong: 1,
      duplicate: 1,
    });
    expect(rows[0]).toMatchObject({ response: null, equivalent: null, reason: 'length' });
  });

  it('rephrase: asks only rephrasings that pass the check', async () => {
    const model = scriptedModel();
    const { rows, yields } = await run({ technique: 'rephrase', model, repeat: 2, answersPerRephrasing: 2 });
    expect(yields[0]).toMatchObject({
      type: 'POCKET_Rephrased',
      asked: 8,
      kept: 1,
      wrong: 1,
      failed: { 'rephrasing: quantities-changed': 6 },
    });
    expect(rows[0]).toMatchObject({
      query: 'How many pens has Ann with 4 pens and 3 new ones?',
      original_question: pens.question,
      status: 'kept',
    });
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  });

  it('rephrase: a wording that came up before is a duplicate that was not asked again', async () => {
    const wording = 'How many pens has Ann with 4 pens and 3 new ones?';
    const model = scriptedModel((content) => (content.startsWith('Say this') ? wording : '4 + 3 = 8, so \\boxed{7}.'));
    const { rows, yields } = await run({ technique: 'rephrase', model, repeat: 3, problems: [pens] });
    expect(rows.map(({ status, equivalent, reason }) => [status, equivalent, reason])).toEqual([
      ['kept', true, null],
      ['duplicate', null, 'rephrasing: repeated'],
      ['duplicate', null, 'rephrasing: repeated'],
    ]);
    expect(yields[0]).toMatchObject({ asked: 3, generated: 1, kept: 1, duplicate: 2, failed: {}, accuracy: 1 });
    // 4 + 3 = 8 does not hold
    expect(rows.map(({ brokenSteps }) => brokenSteps)).toEqual([1, null, null]);
  });

  it('self-verification: masks a story whose question has become a statement', async () => {
    const { rows, yields } = await run({ technique: 'self-verification', model: scriptedModel() });
    expect(rows.filter(({ status }) => status === 'kept').map(({ query, gold }) => [query, gold])).toEqual([
      ['Ben has x cups and loses 2. There are 7 cups.\nWhat is the value of x?', '9'],
      ['Ben has 9 cups and loses x. There are 7 cups.\nWhat is the value of x?', '2'],
    ]);
    expect(yields[0]).toMatchObject({ asked: 4, kept: 2, failed: { 'statement: answer-missing': 2 } });
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  });

  it('fobar: tells the answer and asks for the masked quantity', async () => {
    const { rows, yields } = await run({ technique: 'fobar', model: scriptedModel(), maxBackward: 1 });
    expect(yields[0]).toMatchObject({ type: 'POCKET_FOBAR', asked: 2, kept: 2 });
    expect(rows[0]?.query).toMatch(/x.*\nThe answer to this question is 7\. What is the value of x\?$/s);
  });

  it('all: runs the four techniques with a seed for each item', async () => {
    const model = scriptedModel();
    const { yields } = await run({ technique: 'all', model, dataset: 'gsm8k' });
    expect(yields.map(({ type }) => type)).toEqual(['GSM_AnsAug', 'GSM_Rephrased', 'GSM_SV', 'GSM_FOBAR']);
    const seeds = model.asked.map(({ sampling }) => sampling.seed);
    expect(new Set(seeds).size).toBe(seeds.length);
    for (const { asked, kept, wrong, duplicate, failed } of yields) {
      expect(asked).toBe(kept + wrong + duplicate + Object.values(failed).reduce((sum, count) => sum + count, 0));
    }
  });

  it('backward techniques take the rephrasings that are right, and name the problem behind them', async () => {
    const { rows, yields } = await run({ technique: 'all', model: scriptedModel(), on: 'rephrased', rephrasings: 2 });
    const fobar = rows.filter(({ technique }) => technique === 'fobar');
    expect(fobar.map(({ query, on, problem, original_question }) => [query, on, problem, original_question])).toEqual(
      ['x pens and 3', '4 pens and x'].map((told) => [
        `How many pens has Ann with ${told} new ones?\nThe answer to this question is 7. What is the value of x?`,
        ...['rephrased', 'pens', pens.question],
      ]),
    );
    expect(yields[3]?.skipped).toEqual({ 'rephrasing: quantities-changed': 3 });
    // asked for by two techniques, counted once
    const prompt = yields.reduce((sum, { tokens }) => sum + tokens.prompt, 0);
    expect(prompt).toBe(5 * (2 + 4 + 1 + 2));
    const wrong = scriptedModel((content) => reply(content, content.startsWith('Say') ? 0 : 1));
    const without = await run({ technique: 'all', model: wrong, on: 'rephrased' });
    expect(without.yields[3]).toMatchObject({ asked: 0, skipped: { 'rephrasing: wrong': 1 } });
  });

  it.each(['questions', 'rephrased'] as const)(
    'gives the same files when it is stopped again and again, on %s',
    async (on) => {
      const straight = await run({ technique: 'all', model: scriptedModel(), repeat: 2, on });
      const directory = await newDirectory();
      let stops = 0;
      for (let isDone = false; !isDone; ) {
        let made = 0;
        const tired = scriptedModel((content, sample) => {
          if (made === 3) throw new CancelledError('Stopped');
          made += 1;
          return reply(content, sample);
        });
        const broken = await run({ technique: 'all', model: tired, repeat: 2, on }, directory).catch(() => undefined);
        isDone = broken !== undefined;
        stops += isDone ? 0 : 1;
        if (isDone) expect(broken).toEqual(straight);
      }
      expect(stops).toBeGreaterThanOrEqual(5);
    },
  );

  it('refuses a problem without an answer by its id', async () => {
    const problems = [pens, { id: 'open', question: 'How many are 3?' }];
    const work = run({ technique: 'answers', model: scriptedModel(), problems });
    await expect(work).rejects.toThrow(InputError);
    await expect(work).rejects.toThrow('"open"');
  });
});

describe('augment() with a model that thinks', () => {
  const thinker = scriptedModel(
    (content, sample) => `<think>Is it 8? ${content.length}</think>${reply(content, sample)}`,
  );

  it('no question, statement or answer holds a thought; rows keep it beside', async () => {
    const { rows } = await run({ technique: 'all', model: thinker, repeat: 1 });
    const kept = rows.filter(({ status }) => status === 'kept');
    expect(new Set(kept.map(({ technique }) => technique))).toEqual(
      new Set(['answers', 'rephrase', 'self-verification', 'fobar']),
    );
    for (const { query, response, thinking } of kept) {
      expect(`${query} ${response}`).not.toMatch(/think|Is it 8/);
      expect(thinking).toMatch(/^Is it 8\? \d+$/);
    }
    for (const { prompt } of thinker.asked) expect(JSON.stringify(prompt)).not.toMatch(/think|Is it 8/);
  });

  it('a thought that never closed has failed', async () => {
    const { rows } = await run({ technique: 'answers', model: scriptedModel(() => '<think>Is it 7?'), repeat: 1 });
    expect(rows.map(({ status, reason }) => [status, reason])).toEqual([
      ['failed', 'open-thinking'],
      ['failed', 'open-thinking'],
    ]);
  });
});
