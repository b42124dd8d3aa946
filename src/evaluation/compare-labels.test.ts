import { describe, expect, it } from 'vitest';
import { answerPrint } from './answer-print.js';
import { compareLabels, formatLabels, type Label } from './compare-labels.js';

const rows = Array.from({ length: 60 }, (_, index) => ({
  id: `r${index}`,
  problem: `p${index}`,
  correct: index % 3 > 0,
}));
const label = (index: number, judgement: Label['judgement'] = 'agree'): Label => ({ id: `r${index}`, judgement });
const all = rows.map((_, index) => label(index));

describe('compareLabels(rows, labels)', () => {
  it('bounds the wrong verdicts where none was found: 60 read, at most 4.9 %', () => {
    const found = compareLabels(rows, all);
    expect(found).toMatchObject({
      n: 60,
      agreed: 60,
      agreement: 1,
      falseAccepts: 0,
      falseRejects: 0,
      goldWrong: 0,
      unknown: 0,
    });
    expect(found.atMostWrong).toBeCloseTo(0.0487, 4);
    expect(formatLabels(found, { grader: 'mathpie' })[1]).toContain('60 read without a fault: at most 4.9 %');
  });

  it('tells wrongly accepted from wrongly refused, and wrong gold answers apart', () => {
    const found = compareLabels(rows, [label(0, 'disagree'), label(1, 'disagree'), label(2, 'gold-wrong'), label(4)]);
    expect(found).toMatchObject({ n: 3, agreed: 1, falseAccepts: 1, falseRejects: 1, goldWrong: 1 });
    expect(found.atMostWrong).toBeUndefined();
    expect(formatLabels(found, { grader: 'x' }).join(' ')).toContain('that the reader holds wrong: 1');
  });

  it('takes of the labels of several runs those of this one, whose rows may have the same ids', () => {
    const labels: Label[] = [
      { ...label(1), run: 'before' },
      { ...label(1, 'disagree'), run: 'after' },
      { ...label(2), run: 'after' },
    ];
    expect(compareLabels(rows, labels, { run: 'before' })).toMatchObject({ n: 1, agreed: 1, unknown: 2 });
    expect(compareLabels(rows, labels, { run: 'after' })).toMatchObject({ n: 2, agreed: 1, unknown: 1 });
    expect(() => compareLabels(rows, labels, { run: 'moved' })).toThrow('they are of the runs before, after');
    expect(compareLabels(rows, labels.slice(0, 1), { run: 'moved' })).toMatchObject({ n: 1, unknown: 0 });
  });

  it('holds a reader’s word on an answer against the verdict of now, where the row was graded again', () => {
    // Read when all of these were right; rows 0 and 3 are wrong now
    const labels = [0, 1, 3].map((index) => ({ ...label(index), correct: true }));
    const found = compareLabels(rows, [...labels, { ...label(6, 'disagree'), correct: true }]);
    expect(found).toMatchObject({ n: 4, agreed: 2, falseRejects: 2, falseAccepts: 0, regraded: 3 });
    expect(formatLabels(found, { grader: 'x' }).join(' ')).toContain('Graded otherwise when they were read: 3');
  });

  it('leaves out a word on another answer or another gold answer of the same id', () => {
    const said = (response: string, gold = '4') => answerPrint({ response, gold });
    const answered = rows.map((row) => ({ ...row, response: 'It is 4.', gold: '4' }));
    const labels = [
      { ...label(1), print: said('It is 4.') },
      { ...label(2), print: said('It is 5.') },
      { ...label(4), print: said('It is 4.', '5') },
    ];
    const found = compareLabels(answered, labels);
    expect(found).toMatchObject({ n: 1, agreed: 1, changed: 2, unknown: 0 });
    expect(formatLabels(found, { grader: 'x' }).at(-1)).toContain('2 labels of answers that are others now');
    expect(() => compareLabels(answered, labels.slice(1))).toThrow('others now (2); read the run again');
  });

  it('takes the latest word on a row, and counts labels of other runs', () => {
    const found = compareLabels(rows, [label(0, 'disagree'), label(0), { id: 'elsewhere', judgement: 'agree' }]);
    expect(found).toMatchObject({ n: 1, agreed: 1, unknown: 1 });
    expect(() => compareLabels(rows, [{ id: 'elsewhere', judgement: 'agree' }])).toThrow(
      'none is of a row of this run',
    );
  });
});
