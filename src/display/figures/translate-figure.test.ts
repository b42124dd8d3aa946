import { describe, expect, it } from 'vitest';
import { translate } from '../../language/translate.js';
import { accuracyBySubject } from './accuracy-bars.js';
import { scoreSeparation } from './score-separation.js';
import { translateFigure } from './translate-figure.js';

const interval: [number, number] = [0.5, 0.9];
const summary = {
  ...{ n: 20, correct: 15, accuracy: 0.75, interval, grader: 'mathpie' },
  by: { subject: [{ value: 'Rates & Units', n: 20, correct: 15, accuracy: 0.75, interval }] },
};
const japanese = (figure: Parameters<typeof translateFigure>[0]) =>
  JSON.stringify(translateFigure(figure, (message) => translate(message, 'ja', 'notebook')));

describe('translateFigure(figure, say)', () => {
  it('labels titles, axes, categories and what stands under a title', () => {
    const text = japanese(accuracyBySubject(summary as never));
    for (const word of [
      '<b>分野別の正答率</b>',
      '破線: 解答 20 件の正答率 75.0%',
      '採点器: mathpie',
      '正答率',
      '速さと単位  <i>n = 20</i>',
    ])
      expect(text).toContain(word);
    expect(text).not.toMatch(/Accuracy|whiskers/);
  });

  it('labels groups with their counts', () => {
    const rows = [
      { score: 0.9, correct: true },
      { score: 0.2, correct: false },
    ];
    expect(japanese(scoreSeparation(rows))).toMatch(/"正しい \(1\)".*"誤り \(1\)"/);
  });

  it('leaves numbers and other words', () => {
    const figure = accuracyBySubject(summary as never);
    expect(translateFigure(figure, (message) => message)).toEqual(figure);
  });
});
