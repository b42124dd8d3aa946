import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { wilsonInterval } from '../wilson-interval.js';
import { compareVerdict } from './compare-verdict.js';
import { exactMcNemar } from './exact-mcnemar.js';
import type { GradedRow } from './graded-row.js';
import { holm } from './holm.js';
import { mcNemarPower, measureDiscordance, planDetection, publishedDiscordance } from './plan-detection.js';

type Pair = { readonly onlyLeft: number; readonly onlyRight: number; readonly p: number };
type Design = { readonly questions: number; readonly share: number; readonly detect: number; readonly power: number };
/** What SciPy and statsmodels say: `make_statistics.py` beside it. */
const said: {
  readonly holm: readonly { readonly p: number[]; readonly adjusted: number[] }[];
  readonly mcnemar: readonly Pair[];
  readonly wilson: readonly {
    readonly correct: number;
    readonly n: number;
    readonly interval: readonly [number, number];
  }[];
  readonly power: readonly Design[];
} = JSON.parse(readFileSync(join(import.meta.dirname, '__fixtures__', 'statistics.json'), 'utf8'));

describe('as SciPy and statsmodels', () => {
  it.each(said.holm)('holm($p)', ({ p, adjusted }) => {
    for (const [index, value] of holm(p).entries()) expect(value).toBeCloseTo(adjusted[index] ?? -1, 12);
  });
  it.each(said.mcnemar)('exactMcNemar($onlyLeft, $onlyRight)', ({ onlyLeft, onlyRight, p }) => {
    expect(exactMcNemar(onlyLeft, onlyRight)).toBeCloseTo(p, 10);
  });
  it.each(said.wilson)('wilsonInterval($correct, $n)', ({ correct, n, interval }) => {
    for (const [index, end] of wilsonInterval(correct, n).entries()) expect(end).toBeCloseTo(interval[index] ?? -1, 5);
  });
  it.each(said.power)('mcNemarPower of $questions questions', ({ power, ...design }) => {
    expect(mcNemarPower(design)).toBeCloseTo(power, 8);
  });
});

/** Whole numbers from a seed, so that a simulation is the same each time. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

describe('planDetection', () => {
  it('of 2 points between runs like published ones needs more questions than GSM8K has', () => {
    const plan = planDetection({ detect: 0.02, discordance: publishedDiscordance });
    expect(plan).toMatchObject({ samples: 1, seeds: 1 });
    expect(plan.questions).toBeGreaterThan(5000);
    expect(plan.questions).toBeLessThan(6000);
  });

  it.each([
    { detect: 0.05, share: 0.2 },
    { detect: 0.03, share: 0.1 },
  ])('claims the power that a simulation finds: $detect of $share, one answer each', ({ detect, share }) => {
    const { questions, power } = planDetection({ detect, discordance: { share, from: '' } });
    const next = random(5);
    const right = (share + detect) / 2;
    let found = 0;
    const times = 1500;
    for (let time = 0; time < times; time += 1) {
      let [left, other] = [0, 0];
      for (let question = 0; question < questions; question += 1) {
        const at = next();
        if (at < right) other += 1;
        else if (at < share) left += 1;
      }
      if (exactMcNemar(left, other) < 0.05) found += 1;
    }
    expect(power).toBeGreaterThanOrEqual(0.8);
    expect(found / times).toBeGreaterThan(0.75);
    expect(found / times).toBeLessThan(0.85);
  });

  it('claims the power that a simulation finds: four answers each, by the paired test on means', () => {
    // Questions of three kinds; the right run is better by 4 points on each of the middle ones
    const kinds = [0.15, 0.5, 0.9];
    const [detect, samples] = [0.04, 4];
    const within = kinds.reduce((sum, p) => sum + p * (1 - p) + (p + detect) * (1 - p - detect), 0) / 3;
    const share = kinds.reduce((sum, p) => sum + p * (1 - p - detect) + (p + detect) * (1 - p), 0) / 3;
    const { questions } = planDetection({ detect, discordance: { share, within, from: '' }, samples });
    const next = random(9);
    const draw = (p: number): number => {
      let correct = 0;
      for (let sample = 0; sample < samples; sample += 1) if (next() < p) correct += 1;
      return correct / samples;
    };
    let found = 0;
    for (let time = 0; time < 1000; time += 1) {
      let [sum, squares] = [0, 0];
      for (let question = 0; question < questions; question += 1) {
        const p = kinds[question % 3] ?? 0;
        const difference = draw(p + detect) - draw(p);
        sum += difference;
        squares += difference * difference;
      }
      const average = sum / questions;
      const deviation = Math.sqrt((squares / questions - average ** 2) / questions);
      if (Math.abs(average) / deviation > 1.959964) found += 1;
    }
    expect(found / 1000).toBeGreaterThan(0.75);
    expect(found / 1000).toBeLessThan(0.85);
  });

  it('plans a twentieth of a point, with millions of questions, as quickly', { timeout: 60_000 }, () => {
    const { questions, power } = planDetection({ detect: 0.0005, discordance: publishedDiscordance });
    expect(questions).toBeGreaterThan(8_000_000);
    expect(power).toBeGreaterThan(0.8);
    expect(power).toBeLessThan(0.82);
  });

  it('refuses a difference that the discordance does not allow, and samples of which nothing is known', () => {
    expect(() => planDetection({ detect: 0.3, discordance: publishedDiscordance })).toThrow(
      'differ on 28.3 % of the questions',
    );
    expect(() => planDetection({ detect: 0.02, discordance: publishedDiscordance, samples: 4 })).toThrow(
      'several answers a question',
    );
  });

  it('measures discordance from two runs, or from two draws of one', () => {
    const rows = (verdicts: string): GradedRow[] =>
      [...verdicts].map((verdict, index) => ({
        problem: `p${Math.floor(index / 2)}`,
        sample: index % 2,
        correct: verdict === '1',
      }));
    expect(measureDiscordance(rows('11100100'))).toMatchObject({ share: 0.5, within: 0.5 });
    expect(measureDiscordance(rows('1111'), rows('0011'))).toMatchObject({ share: 0.5, within: 0 });
    const single = [{ problem: 'a', correct: true }];
    expect(measureDiscordance(single)).toBeUndefined();
    expect(measureDiscordance(single, [{ problem: 'a', correct: false }])).toMatchObject({
      share: 1,
      within: undefined,
    });
  });
});

describe('compareVerdict', () => {
  it.each([
    [0.1, 0.01, 'worse'],
    [-0.1, 0.01, 'better'],
    [-0.1, 0.05, 'cannot-tell'],
    [0, 0.01, 'cannot-tell'],
  ])('first less second %s, p %s: the second is %s', (difference, pValue, verdict) => {
    expect(compareVerdict({ difference, pValue })).toBe(verdict);
  });
});
