import { describe, expect, it } from 'vitest';
import type { Output } from './kernel.js';
import { showProgress } from './show-progress.js';

/** A screen that remembers and a clock that stands still until it is moved. */
function stage({ isNotebook = true } = {}) {
  const outputs: Output[] = [];
  const waiting: { work: () => void; at: number }[] = [];
  let time = 0;
  const progress = showProgress(
    { title: 'Grow <problems>' },
    {
      screen: { isNotebook, show: (output) => outputs.push(output) },
      now: () => time,
      later: (work, ms) => waiting.push({ work, at: time + ms }),
    },
  );
  const pass = (ms: number): void => {
    time += ms;
    for (const { work } of waiting.splice(0).filter(({ at }) => at <= time)) work();
  };
  return { outputs, progress, pass, texts: () => outputs.map(({ data }) => data['text/plain']) };
}

describe('showProgress({ title })', () => {
  it('shows the first update at once and the last one of a burst when its time has come', () => {
    const { progress, pass, texts } = stage();
    for (let done = 0; done < 100; done += 1) progress.update({ done, total: 100 });
    expect(texts()).toEqual(['Grow <problems>: 0 of 100']);
    pass(250);
    expect(texts()).toEqual(['Grow <problems>: 0 of 100', 'Grow <problems>: 99 of 100']);
  });

  it.each([
    ['four times a second in a notebook', true, 41],
    ['every ten seconds elsewhere', false, 2],
  ])('shows 1,000 updates in ten seconds at most %s', (_, isNotebook, most) => {
    const { progress, pass, outputs } = stage({ isNotebook });
    for (let done = 1; done <= 1000; done += 1) {
      progress.update({ done, total: 1000 });
      pass(10);
    }
    expect(outputs.length).toBeLessThanOrEqual(most);
  });

  it('overwrites one output and ends as one line of text', () => {
    const { progress, pass, outputs } = stage();
    progress.update({ done: 1, total: 2 });
    pass(1500);
    progress.update({ done: 2, total: 2 });
    progress.done();
    expect(new Set(outputs.map(({ displayId }) => displayId)).size).toBe(1);
    expect(outputs.map(({ isUpdate }) => isUpdate)).toEqual([false, true, true]);
    expect(outputs.at(-1)?.data).toEqual({ 'text/plain': 'Grow <problems>: 2 in 1.5 s' });
  });

  it('leaves the count out where nobody knows yet of how many', () => {
    const { progress, texts } = stage();
    progress.update({ done: 0, total: 0, text: 'measuring' });
    expect(texts()).toEqual(['Grow <problems>: measuring']);
  });

  it('shows nothing after the end', () => {
    const { progress, pass, outputs } = stage();
    progress.update({ done: 1, total: 3 });
    progress.update({ done: 2, total: 3 });
    progress.done('stopped');
    pass(1000);
    progress.update({ done: 3, total: 3 });
    progress.done('again');
    expect(outputs).toHaveLength(2);
  });

  it('tells speed and time left, and escapes its text', () => {
    const { progress, outputs } = stage();
    progress.update({ done: 1, total: 4, text: '<b>', tokensPerSecond: 1234.5, remainingMs: 2100 });
    const data = outputs[0]?.data ?? {};
    expect(data['text/plain']).toBe('Grow <problems>: 1 of 4, <b>, 1,235 tokens/s, about 3 s left');
    expect(data['text/html']).toBe(
      '<progress value="0.250" max="1"></progress> Grow &lt;problems&gt;: 1 of 4, &lt;b&gt;, 1,235 tokens/s, about 3 s left',
    );
  });

  it('tells done, failed, tokens, cost and the time left', () => {
    const { progress, texts } = stage();
    const rate = { tokens: 51_200, tokensPerSecond: 3411, remainingMs: 80_000 };
    progress.update({ done: 120, total: 400, failed: 3, costUsd: 0.42, ...rate });
    expect(texts()).toEqual([
      'Grow <problems>: 120 of 400, 3 failed, 51,200 tokens, 3,411 tokens/s, $0.42, about 80 s left',
    ]);
  });
});
