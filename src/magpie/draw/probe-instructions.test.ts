import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { LanguageModel, Sampling } from '../../models/language-model.js';
import { openRun } from '../../runs/open-run.js';
import { probeGrid } from './probe-grid.js';
import { choosePoint, formatProbe, type ProbedPoint, probeInstructions } from './probe-instructions.js';

const folder = mkdtempSync(join(tmpdir(), 'magpie-probe-'));
afterAll(() => rmSync(folder, { recursive: true }));

const point = (kept: number, distinctness: number, tokensPerProblem = 100): ProbedPoint => ({
  temperature: 1,
  topP: 1,
  minP: 0,
  drawn: 20,
  kept,
  yield: kept / 20,
  interval: [Math.max(0, kept / 20 - 0.2), Math.min(1, kept / 20 + 0.2)],
  distinctness,
  tokensPerProblem,
  secondsPerProblem: null,
  greedyShare: null,
  meanLogProbability: null,
  rejected: {},
});

describe('choosePoint(points)', () => {
  it.each([
    ['the most varied within the interval of the best', [point(20, 0.5), point(17, 0.9), point(3, 1.5)], 1],
    ['of equals the cheapest', [point(20, 0.5, 90), point(20, 0.5, 60)], 1],
    ['nothing where nothing was kept', [point(0, 0), point(0, 0)], undefined],
  ])('%s', (_, points, place) => {
    expect(choosePoint(points)).toBe(place === undefined ? undefined : points[place]);
  });
});

describe('probeGrid(asked)', () => {
  it('holds what is asked for first, and no point twice', () => {
    const names = (asked: Parameters<typeof probeGrid>[0]) =>
      probeGrid(asked).map(({ temperature, topP, minP = 0 }) => `${temperature} ${topP} ${minP}`);
    expect(names({ temperature: 1.2, topP: 1 })).toHaveLength(9);
    expect(names({ temperature: 0.9, topP: 1 })).toHaveLength(10);
    expect(names({ temperature: 0.9, topP: 1 })[0]).toBe('0.9 1 0');
  });
});

/** Falls apart above a temperature of 1, unless unlikely tokens are left out. */
function warmModel(): LanguageModel & { readonly asked: Sampling[] } {
  const asked: Sampling[] = [];
  return {
    asked,
    name: 'warm',
    capabilities: { chat: true, raw: true, topLogProbabilities: 1, seed: true, tokenChoices: true },
    preQuery: () => '<u>',
    async *generate(requests) {
      for (const { id, sampling } of requests) {
        asked.push(sampling);
        const { temperature, minP = 0 } = sampling;
        const number = asked.length;
        const text =
          temperature > 1 && minP === 0
            ? 'Find the 數量 of たまご and яйца in box 7.'
            : `Tom has ${number} pens and buys ${number + 4} at shop ${number}. How many pens has he?`;
        const choice = { token: 'a', id: 1, logProbability: -1, likeliest: [{ token: 'a', logProbability: -1 }] };
        const tokenChoices = [choice, { ...choice, token: 'b', logProbability: -3 }];
        yield {
          requestId: id,
          sample: 0,
          text,
          finishReason: 'stop',
          promptTokens: 1,
          completionTokens: 2,
          tokenChoices,
        };
      }
    },
    close: async () => undefined,
  };
}

describe('probeInstructions()', () => {
  it('draws the same number at each point, tells what came of it, and draws nothing twice', async () => {
    const model = warmModel();
    const probe = async () => {
      const run = await openRun({ directory: join(folder, 'run'), stage: 'probe', config: { seed: 1 } });
      try {
        return await probeInstructions({
          run,
          model,
          count: 100,
          temperature: 1.2,
          draws: 50,
          onYield: () => undefined,
        });
      } finally {
        await run.close();
      }
    };
    const { points, proposed } = await probe();
    expect(points.map(({ drawn }) => drawn)).toEqual(Array.from({ length: 9 }, () => 5));
    expect(points[0]).toMatchObject({
      temperature: 1.2,
      kept: 0,
      yield: 0,
      tokensPerProblem: null,
      distinctness: null,
      greedyShare: 0.5,
      meanLogProbability: -2,
      rejected: { 'mixed-scripts': 5 },
    });
    expect(proposed?.kept).toBe(5);
    expect(formatProbe({ points, proposed }).filter((line) => line.startsWith('*'))).toHaveLength(1);
    expect(model.asked.every(({ tokenChoices }) => tokenChoices)).toBe(true);
    const drawn = model.asked.length;
    const again = await probe();
    expect(model.asked.length).toBe(drawn);
    expect(again.points.map(({ kept }) => kept)).toEqual(points.map(({ kept }) => kept));
    expect(again.points[1]?.secondsPerProblem).toBeNull();
  });
});
