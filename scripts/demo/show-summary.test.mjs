import path from 'node:path';
import { expect, it } from 'vitest';
import { readSummary, showSummary } from './show-summary.mjs';

const accuracy = { n: 200, correct: 150, accuracy: 0.75, interval: [0.686, 0.805] };
const technique = { technique: 'self-verification', asked: 1360, kept: 470, accuracy: 0.618 };
const examples = [
  { technique: 'fobar', before: `Ann has 3 pens. ${'How many? '.repeat(20)}`, after: 'Ann has x pens.\nWhat is x?' },
];
const summary = {
  model: 'pocket',
  grown: { seeds: 40, asked: 1360, kept: 470, byTechnique: [technique], examples, ...accuracy },
  magpie: { drawn: 106, problems: 96, filtered: 94, pairs: 11, pairsKnown: 10, pairsRight: 7 },
  evaluation: { ...accuracy, grader: 'mathpie', by: { level: [{ value: 1, ...accuracy }] } },
  vote: {
    k: 5,
    n: 200,
    left: accuracy,
    right: accuracy,
    difference: -0.0125,
    interval: [-0.046, 0.019],
    pValue: 0.625,
  },
  tokens: { prompt: 1, completion: 193_000, seconds: 64.3 },
  files: { 'HTML report': 'job/report.html', 'Preference set': 'Pocket-Math-pocket-0123abcd/preference.jsonl' },
};

function screen({ isTerminal = false } = {}) {
  let text = '';
  const folder = path.resolve('runs/demo');
  const places = { executed: path.join(folder, 'demo_production.ipynb'), folder, seconds: 81.4 };
  showSummary(summary, places, {
    isTerminal,
    write: (more) => {
      text += more;
    },
  });
  return text;
}

it('showSummary() fits 80 columns and one screen of 45 lines', () => {
  const lines = screen().split('\n');
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
  expect(lines.length).toBeLessThanOrEqual(45);
});

it('says what grew, what is right, and where things are', () => {
  const text = screen();
  expect(text).toContain('470 new checked rows from 40 problems');
  expect(text).toContain('all levels          75.0 % [68.6, 80.5] of 200, grader "mathpie"');
  expect(text).toContain('level 1             ██████████████████░░░░░░  75.0 % [68.6, 80.5]  n = 200');
  expect(text).toContain('193,000 tokens in 64 s, 3,002 a second');
  expect(text).toContain(path.join('runs', 'demo', 'job', 'report.html'));
  expect(text).toContain('  fobar               Ann has 3 pens. How many?');
  expect(text).toContain('                      → Ann has x pens. What is x?\n');
  expect(text).toContain('kept                right and no duplicate');
  expect(text).toContain('arxiv.org/abs/2406.08464');
});

it('has colours on a terminal only', () => {
  expect(screen()).not.toContain('\u001b');
  expect(screen({ isTerminal: true })).toContain('\u001b[34m');
});

it('says when the notebook left no summary', () => {
  expect(() => readSummary('no/summary.json')).toThrow('ended without writing no');
});
