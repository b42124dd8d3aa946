import { describe, expect, it } from 'vitest';
import { diversityGain } from '../../analysis/diversity-gain.js';
import { measureTurns } from '../../analysis/measure-turns.js';
import { accuracyByScore } from '../../evaluation/accuracy-by-score.js';
import type { BestOf } from '../../evaluation/best-of.js';
import { compareBreakdown } from '../../evaluation/compare-breakdown.js';
import { compareRuns } from '../../evaluation/compare-runs.js';
import { summarize } from '../../evaluation/summarize.js';
import { evaluatedRows } from '../__fixtures__/evaluated-rows.js';
import { figureToSvg } from '../svg/figure-to-svg.js';
import { accuracyAgainstTokens } from './accuracy-against-tokens.js';
import {
  accuracyByLength,
  accuracyByLevel,
  accuracyByNearestType,
  accuracyByQuestionThird,
  accuracyBySteps,
  accuracyBySubject,
  accuracyByType,
} from './accuracy-bars.js';
import { agreementVsAccuracy } from './agreement-vs-accuracy.js';
import { differenceBars } from './difference-bars.js';
import { diversityBars } from './diversity-bars.js';
import type { Figure } from './figure.js';
import { lengthHistogram } from './length-histogram.js';
import { nextTokenBars } from './next-token-bars.js';
import { sampleCurvesFigure } from './sample-curves.js';
import { scoreSeparation } from './score-separation.js';
import { temperatureLengths, temperatureShares } from './temperature-curves.js';
import { workflow } from './workflow.js';
import { yieldByTechnique } from './yield-by-technique.js';

const summary = summarize(evaluatedRows, { grader: 'mathpie' });
const empty = summarize([], { grader: 'mathpie' });
const scored = evaluatedRows.map(({ problem, correct }, index) => ({
  problem,
  correct,
  score: ((index * 13) % 40) / 50 + (correct ? 0.2 : 0),
}));

const described = summarize(
  evaluatedRows.map((row, index) => ({
    ...row,
    questionThird: (['short', 'medium', 'long'] as const)[index % 3] ?? 'long',
    questionLength: 40 + 50 * (index % 3) + (index % 5),
    nearestType: ['GSM_AnsAug', 'GSM_FOBAR'][index % 2] ?? '',
  })),
  { grader: 'mathpie' },
);
const sampled = summarize(
  evaluatedRows.map((row, index) => ({ ...row, problem: `p${index >> 2}`, sample: index & 3 })),
  { grader: 'mathpie' },
);

const nextTokens = [
  { token: ' <b>', probability: 0.5 },
  { token: '\n', probability: 0.25 },
];
const temperatures = [0.4, 1].map((temperature) => ({
  temperature,
  ...measureTurns(
    ['Tom has 3 pens.', 'Mia has 4 pens.', 'How many?', 'Ada has 5 pens.'].map((text, index) => ({
      text,
      fault: index === 2 ? 'missing-givens' : null,
      tokens: 10 * temperature + index,
    })),
    { isWellFormed: (text) => text !== 'How many?' },
  ),
}));

const others = evaluatedRows.map((row, index) => ({ ...row, correct: index % 3 > 0 }));

const chosen = (['vote', 'reward', 'judge'] as const).map((by): BestOf => {
  const { passAt = [], n, correct, accuracy, interval } = sampled;
  return {
    by,
    scoredBy: by === 'vote' ? null : 'm',
    k: 4,
    n,
    correct,
    accuracy,
    interval,
    unscored: 0,
    bestAt: passAt,
  };
});

const figures: Readonly<Record<string, { full: () => Figure; empty: () => Figure }>> = {
  'accuracy-by-level': { full: () => accuracyByLevel(summary), empty: () => accuracyByLevel(empty) },
  'accuracy-by-steps': { full: () => accuracyBySteps(summary), empty: () => accuracyBySteps(empty) },
  'accuracy-by-length': { full: () => accuracyByLength(summary), empty: () => accuracyByLength(empty) },
  'accuracy-by-subject': { full: () => accuracyBySubject(summary), empty: () => accuracyBySubject(empty) },
  'accuracy-by-type': { full: () => accuracyByType(summary), empty: () => accuracyByType(empty) },
  'accuracy-by-question-third': {
    full: () => accuracyByQuestionThird(described),
    empty: () => accuracyByQuestionThird(empty),
  },
  'accuracy-by-nearest-type': {
    full: () => accuracyByNearestType(described),
    empty: () => accuracyByNearestType(empty),
  },
  'sample-curves': { full: () => sampleCurvesFigure(sampled), empty: () => sampleCurvesFigure(empty) },
  'sample-curves-best': {
    full: () => sampleCurvesFigure({ ...sampled, best: chosen }),
    empty: () => sampleCurvesFigure({ ...empty, best: [] }),
  },
  'accuracy-against-tokens': {
    full: () =>
      accuracyAgainstTokens(
        ['low', 'high'].map((name, index) => ({
          name,
          summary: { ...summary, completionTokens: summary.n * 300 * (1 + 5 * index), accuracy: 0.6 + 0.1 * index },
        })),
      ),
    empty: () => accuracyAgainstTokens([]),
  },
  'diversity-bars': {
    full: () =>
      diversityBars(
        diversityGain(
          evaluatedRows.map((_, index) => ({
            distance: (index % 3) * 0.4 + (index % 7) * 0.01,
            type: ['GSM_AnsAug', 'GSM_SV', 'GSM_FOBAR'][index % 3],
          })),
        ),
        { embedding: 'all-mpnet-base-v2' },
      ),
    empty: () => diversityBars([], { embedding: 'none' }),
  },
  'difference-bars': {
    full: () =>
      differenceBars(compareBreakdown(evaluatedRows, others, { field: 'level' }), {
        all: compareRuns(evaluatedRows, others),
        ...{ left: 'pocket', right: 'a <b>model</b>', field: 'level', grader: 'mathpie' },
      }),
    empty: () =>
      differenceBars([], { all: { n: 0, pValue: 1 }, left: 'a', right: 'b', field: 'level', grader: 'mathpie' }),
  },
  'yield-by-technique': {
    full: () =>
      yieldByTechnique([
        { technique: 'answers', asked: 80, kept: 61, wrong: 13, duplicate: 4, leftOut: 2 },
        { technique: 'fobar', asked: 40, kept: 4, wrong: 36, duplicate: 0, leftOut: 0 },
      ]),
    empty: () => yieldByTechnique([]),
  },
  'length-histogram': {
    full: () =>
      lengthHistogram(
        evaluatedRows.map((row) => ({ length: row.completionTokens ?? 0, group: row.correct ? 'right' : 'wrong' })),
      ),
    empty: () => lengthHistogram([]),
  },
  'score-separation': { full: () => scoreSeparation(scored), empty: () => scoreSeparation([]) },
  'agreement-vs-accuracy': {
    full: () => agreementVsAccuracy(accuracyByScore(scored)),
    empty: () => agreementVsAccuracy([]),
  },
  'next-token-bars': {
    full: () => nextTokenBars(nextTokens, { after: 'the bare user header <|user|>' }),
    empty: () => nextTokenBars([], { after: 'nothing' }),
  },
  'temperature-shares': { full: () => temperatureShares(temperatures), empty: () => temperatureShares([]) },
  'temperature-lengths': { full: () => temperatureLengths(temperatures), empty: () => temperatureLengths([]) },
  workflow: { full: () => workflow({ current: 'check' }), empty: () => workflow({ steps: [] }) },
};
const names = Object.keys(figures);

describe('figures', () => {
  it.each(names)('%s is as it was', (name) => {
    expect(JSON.stringify(figures[name]?.full(), null, 1)).toMatchSnapshot();
  });

  it.each(names)('%s is plain JSON, and so it is with no rows', (name) => {
    for (const figure of [figures[name]?.full(), figures[name]?.empty()]) {
      expect(JSON.parse(JSON.stringify(figure))).toEqual(figure);
      expect(JSON.stringify(figure)).not.toContain('null');
    }
  });

  it.each(names)('%s can be drawn as SVG, and so it can with no rows', (name) => {
    for (const figure of [figures[name]?.full(), figures[name]?.empty()])
      expect(figure && figureToSvg(figure)).not.toMatch(/NaN|Infinity|undefined/);
  });

  it.each(names)('%s says how many there are', (name) => {
    const { text, subtitle } = figures[name]?.full().layout.title ?? { text: '' };
    expect(text).toMatch(/^<b>.+<\/b>$/);
    expect(subtitle?.text).toMatch(/\d/);
  });

  it.each([
    ['x', accuracyBySubject],
    ['y', accuracyByLevel],
  ] as const)('labels along %s do not stand on the line at the overall accuracy', (axis, draw) => {
    const interval = [0.4, 0.78] as const;
    const [value] = [{ value: 'a', n: 9, correct: 6, accuracy: 0.6, interval }];
    const figure = draw({ ...summary, accuracy: 0.8, by: { subject: [value], level: [value] } });
    expect(figure.data[1]?.[axis]).toEqual([expect.closeTo(0.812)]);
  });

  it('shows markup in the data as text', () => {
    const rows = evaluatedRows.map((row) => ({ ...row, subject: '<a href="javascript:alert(1)">x</a>' }));
    const figure = accuracyBySubject(summarize(rows, { grader: '<b>mine</b>' }));
    expect(JSON.stringify(figure)).not.toMatch(/<a |<b>mine/);
    expect(figureToSvg(figure)).not.toMatch(/<a |<b>/);
  });

  it('workflow() names the steps that there are when asked for another', () => {
    expect(() => workflow({ current: 'bake' })).toThrow('Cannot light step "bake": the steps are "problems", "grow"');
  });
});
