import { expect, it } from 'vitest';
import { fakeEngine } from './__fixtures__/fake-engine.js';
import { advanceSample, type FinishedSample, type Job, startSample } from './active-sample.js';
import type { EngineContext } from './llama-engine.js';

/** Draws these characters and special tokens, one after the other. */
async function draw(
  tokens: readonly number[],
  shownTokens: ReadonlySet<number>,
  stop: string[] = [],
  stopsBehindAnswer = false,
) {
  const engine = fakeEngine();
  const finished: FinishedSample[] = [];
  const job = {
    prompt: Uint32Array.of(97),
    samples: 1,
    tokens: 100,
    limit: tokens.length,
    temperature: 1,
    topP: 1,
    seed: 1,
    stop,
    stopTokens: new Set<number>(),
    stopsBehindAnswer,
    shownTokens,
    topLogProbabilities: 0,
    forbidden: [],
    forbiddenFirst: [],
    onSample: (sample: FinishedSample) => finished.push(sample),
    onFailure: () => undefined,
    cancelled: false,
  } as unknown as Job;
  const left = [...tokens];
  const context = { sample: async () => left.shift() ?? 1002 } as unknown as EngineContext;
  const sample = startSample(job, 0, engine);
  while (!(await advanceSample(sample, { context, row: 0, engine })));
  return finished[0]?.text;
}

const codes = (text: string): number[] => [...text].map((letter) => letter.codePointAt(0) ?? 0);
const reply = [1003, ...codes('2 + 2'), 1001, ...codes('It is 4.')];

it.each<[string, ReadonlySet<number>, string]>([
  ['special tokens are left out of a text', new Set(), '2 + 2It is 4.'],
  ['but for marks of thinking, which tell it from the answer', new Set([1001, 1003]), '<|begin|>2 + 2<|user|>It is 4.'],
])('%s', async (_, shown, text) => {
  expect(await draw(reply, shown)).toBe(text);
});

it('a stop string behind a mark cuts where it stands', async () => {
  expect(await draw(reply, new Set([1001, 1003]), [' is'])).toBe('<|begin|>2 + 2<|user|>It');
});

it('a text that goes on with another question behind its answer is stopped there, where that is asked for', async () => {
  const text = 'The answer is: 4\n\nQuestion: A shop\nhas 3 pens';
  expect(await draw(codes(text), new Set(), [], true)).toBe('The answer is: 4\n\nQuestion: A shop\n');
  expect(await draw(codes(text), new Set())).toBe(text);
});
