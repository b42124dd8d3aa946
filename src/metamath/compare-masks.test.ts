import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { streamProblems } from '../problems/stream-problems.js';
import { compareMasks } from './compare-masks.js';
import { describeMasks } from './describe-masks.js';
import { maskLikeMetamath } from './mask-like-metamath.js';
import { maskQuantities, unmask } from './mask-quantities.js';

describe('maskLikeMetamath(question)', () => {
  const masks = (question: string, dataset: 'gsm8k' | 'math' = 'gsm8k') =>
    maskLikeMetamath(question, { dataset }).map(({ masked }) => masked);

  it.each([
    ['a number', 'Tom has 3 pens', ['Tom has x pens']],
    ['the sign of money, unless a mark follows', 'Pay $12 or $100.', ['Pay $x or $100.', 'Pay $12 or x.']],
    ['half as 50 %', 'He ate half of it', ['He ate x% of it']],
    ['a pronoun', 'Each one has two', ['Each x has two', 'Each one has x']],
    ['no capital and no hyphen', 'Five took a 10-minute (5 walk', []],
    ['percents and fractions', 'Take 20% or 2/5, yes', ['Take x% or 2/5, yes', 'Take 20% or x, yes']],
  ])('masks %s', (_, question, expected) => {
    expect(masks(question)).toEqual(expected);
  });

  it('loses the delimiters of math', () => {
    expect(masks('Is $5$ or $7, more', 'math')).toEqual(['Is X or $7, more', 'Is $5$ or X, more']);
  });

  it('can be undone at its span', () => {
    for (const mask of maskLikeMetamath('Pay $100. half of 3', { dataset: 'gsm8k' })) {
      expect(unmask(mask)).toBe('Pay $100. half of 3');
    }
  });
});

describe('compareMasks()', () => {
  it('counts by kind and shows where the two differ', () => {
    const comparison = compareMasks({ dataset: 'gsm8k' });
    comparison.add({ id: 'a', question: 'Each one pays $5. Then half of 3 pay.' });
    comparison.add({ id: 'b', question: 'Five pens' });
    const result = comparison.finish();
    expect(result).toMatchObject({
      questions: 2,
      masked: { published: 1, ours: 2 },
      total: { published: 4, ours: 4, both: 3 },
      differing: { onlyPublished: 1, onlyOurs: 1, otherwise: 2 },
    });
    expect(result.sample).toHaveLength(4);
    const page = describeMasks(result);
    expect(page).toContain('| money | 1 | 1 | 1 |');
    expect(page).toContain('   - as published: `Each one pays x. Then half of 3 pay.`');
    expect(page).toContain('   - mathpie: `Each one pays $x. Then half of 3 pay.`');
  });

  it('samples no more than it is asked for, and the same rows each time', () => {
    const sampled = () => {
      const comparison = compareMasks({ dataset: 'gsm8k', sampleSize: 6 });
      for (let id = 0; id < 500; id++) comparison.add({ id: String(id), question: 'Each one pays $5.' });
      return comparison.finish().sample;
    };
    expect(sampled()).toHaveLength(6);
    expect(sampled()).toEqual(sampled());
  });
});

const train = join(import.meta.dirname, '../../../shared/data/gsm8k/train.jsonl');

describe.skipIf(!existsSync(train))('on the training questions of GSM8K', () => {
  it('gives the published 27,723 masks, and ours for 99.5 % of the questions, each undone byte for byte', async () => {
    const comparison = compareMasks({ dataset: 'gsm8k' });
    let torn = 0;
    for await (const problem of streamProblems({ file: train })) {
      comparison.add(problem);
      for (const mask of maskQuantities(problem.question)) if (unmask(mask) !== problem.question) torn++;
    }
    const { questions, total, masked, sample } = comparison.finish();
    expect(torn).toBe(0);
    expect(questions).toBe(7473);
    expect(total.published).toBe(27723);
    expect(masked.ours / questions).toBeGreaterThanOrEqual(0.995);
    expect(sample).toHaveLength(30);
  }, 60_000);
});
