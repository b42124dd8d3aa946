import { describe, expect, it } from 'vitest';
import { isEquivalent } from '../compare/is-equivalent.js';
import { gradeResponse } from '../grade/grade-response.js';
import { seededRandom } from '../numbers/sample-points.js';
import { parseAnswer } from '../parse/parse-answer.js';
import { makeAnswer } from './fuzz-answers.js';
import { harmlessRewritings, nearMisses } from './rewrite-answers.js';

/** Golds as data sets have them, grown from templates with seeded numbers. */
function makeGolds(count: number, seed: number): string[] {
  const random = seededRandom(seed);
  const draw = (least: number, most: number): number => least + Math.floor(random() * (most - least + 1));
  const templates: readonly (() => string)[] = [
    () => `${draw(2, 99999)}`,
    () => `-${draw(2, 400)}`,
    () => `\\frac{${draw(1, 40)}}{${draw(41, 97)}}`,
    () => `-\\frac${draw(1, 4)}${draw(5, 9)}`,
    () => `${draw(1, 9)}\\frac{${draw(1, 4)}}{${draw(5, 9)}}`,
    () => `${draw(0, 40)}.${draw(11, 99)}`,
    () => `${draw(2, 12)}\\sqrt{${draw(2, 31)}}`,
    () => `${draw(2, 30)} + ${draw(2, 9)}\\sqrt{${draw(2, 31)}}`,
    () => `\\frac{${draw(1, 9)}\\sqrt{${draw(2, 31)}}}{${draw(2, 9)}}`,
    () => `${draw(2, 90)}\\pi`,
    () => `${draw(1, 12)} + ${draw(2, 12)}i`,
    () => `${draw(1, 359)}^\\circ`,
    () => `${draw(2, 90)}\\text{ cm}^2`,
    () => `\\$${draw(1, 90)}.${draw(11, 99)}`,
    () => `${draw(2, 99)}\\%`,
    () => `(${draw(-9, 9)}, ${draw(10, 30)})`,
    () => `[${draw(-9, 9)}, ${draw(10, 30)})`,
    () => `(-\\infty, ${draw(-9, 0)}) \\cup (${draw(1, 9)}, \\infty)`,
    () => `${draw(1, 9)}, ${draw(10, 19)}, ${draw(20, 29)}`,
    () => `x^2 + ${draw(2, 20)}x + ${draw(1, 60)}`,
    () => `${draw(2, 9)}x^3 - ${draw(2, 9)}x + ${draw(1, 9)}`,
    () => `\\frac{x + ${draw(1, 9)}}{x - ${draw(1, 9)}}`,
    () => `y = ${draw(2, 9)}x + ${draw(1, 20)}`,
    () => `\\begin{pmatrix} ${draw(-9, 9)} \\\\ ${draw(-9, 9)} \\end{pmatrix}`,
    () => `${draw(100, 400)}_5`.replace(/[5-9](?=.*_5)/g, '4'),
    () => `${draw(2, 9)}^{${draw(20, 90)}}`,
    () => `${draw(1, 9)}:${draw(61, 99)}`,
    () => `\\log_{${draw(2, 9)}} ${draw(11, 99)}`,
  ];
  return Array.from({ length: count }, (_, index) => (templates[index % templates.length] as () => string)());
}

const golds = makeGolds(840, 11);

describe('harmless rewritings of 840 generated golds', () => {
  it.each(harmlessRewritings)('$name keeps every gold equal to itself', ({ rewrite }) => {
    const rejected = golds.flatMap((gold) => {
      const written = rewrite(gold);
      if (written === undefined) return [];
      const { equivalent, rule } = written.startsWith('Adding')
        ? gradeResponse({ gold, response: written })
        : isEquivalent(gold, written);
      return equivalent ? [] : [`${gold} | ${written} | ${rule}`];
    });
    expect(rejected).toEqual([]);
  });
});

describe('near misses of 840 generated golds', () => {
  it.each(nearMisses)('$name is told from the gold', ({ rewrite }) => {
    const accepted = golds.flatMap((gold) => {
      const written = rewrite(gold);
      if (written === undefined) return [];
      const { equivalent, rule } = isEquivalent(gold, written);
      return equivalent ? [`${gold} | ${written} | ${rule}`] : [];
    });
    expect(accepted).toEqual([]);
  });
});

describe('generated answers', () => {
  it('equal themselves when they are wrapped', () => {
    const random = seededRandom(5);
    for (let index = 0; index < 1500; index++) {
      const answer = makeAnswer(random);
      if (!parseAnswer(answer).isMathematics || /[$\\]$|^\$|\\[([)\]]/.test(answer.trim()) || answer.includes('$'))
        continue;
      expect(isEquivalent(answer, ` ${answer} `).equivalent, answer).toBe(true);
    }
  });
});
