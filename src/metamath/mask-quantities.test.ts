import { describe, expect, it } from 'vitest';
import { maskQuantities, unmask } from './mask-quantities.js';

const originals = (question: string) => maskQuantities(question).map(({ original }) => original);

describe('maskQuantities(question)', () => {
  it.each([
    ['Tom has 3 pens.', ['3']],
    ['It costs $12.', ['12']],
    ['It costs $.50 or $1,234.50, she said.', ['.50', '1,234.50']],
    ['€11.', ['11']],
    ['A 15% tip, then 20 percent, then 7.5%.', ['15', '20', '7.5']],
    ['Eat 1/2 of 2 1/2 pies.', ['1/2', '2 1/2']],
    ['It has 5 7/2 of them', ['5', '7/2']],
    ['What is $\\frac{3}{4}$ of $5$ and \\dfrac12?', ['\\frac{3}{4}', '5', '\\dfrac12']],
    ['It fell to -5 degrees, then −7.', ['5', '7']],
    ['The sets \\{1, 2\\} and (3, 4) and [5, 6].', ['1', '2', '3', '4', '5', '6']],
    ['An angle of $30^\\circ$ and 45°, $12\\%$, $5\\text{ cm}$', ['30', '45', '12', '5']],
    ['She ate 5! Then 6? (7) "8" 9', ['5', '6', '7', '8', '9']],
    ['It costs 5.Then she pays 6.', ['5', '6']],
    ['1,000,000 people', ['1,000,000']],
    ['3 + 4 = 7', ['3', '4', '7']],
    ['1, 2, 3 and 4', ['1', '2', '3', '4']],
    ['Use 0.25 and 0', ['0.25', '0']],
  ])('finds the quantities of %j', (question, expected) => {
    expect(originals(question)).toEqual(expected);
  });

  it.each([
    'The 5th and 21st day',
    'At 10:30',
    'In the ratio 3:2',
    'On 3/4/2018 and 2021-05-03',
    'Version 1.2.3 of A4 in COVID-19',
    'Solve 3x, 2^{10}, a_5, \\sqrt{7}, f(3), 5\\pi, 4(a + b)',
    'House #7 for agent 007',
    "The 1990's and 5'3",
    'They are 1,2 and (12,34)',
    'It has 5² tiles, 5km long',
    'There are 2 132 contracts of 10–20 each',
    '[asy] draw((0,0)--(3, 4)); [/asy]',
    'none at all',
    '',
  ])('leaves numbers inside larger tokens alone: %j', (question) => {
    expect(originals(question)).toEqual([]);
  });

  it('keeps sign, currency, percent and unit', () => {
    const masked = maskQuantities('At -5 °C, $12 less 20% of 3 kg').map((one) => one.masked);
    expect(masked).toEqual([
      'At -x °C, $12 less 20% of 3 kg',
      'At -5 °C, $x less 20% of 3 kg',
      'At -5 °C, $12 less x% of 3 kg',
      'At -5 °C, $12 less 20% of x kg',
    ]);
  });

  it.each([
    ['She has 1,200 pens', '1200'],
    ['She has 2 1/2 pens', '5/2'],
    ['She has $.50', '0.50'],
    ['She has \\frac{3}{4}', '3/4'],
    ['She has \\frac34', '3/4'],
  ])('%j has the value %s', (question, value) => {
    expect(maskQuantities(question)[0]?.value).toBe(value);
  });

  it.each([
    ['If 3x = 12 and she has 5 pens', 'y'],
    ['The point X is 5 away', 'y'],
    ['Solve $x + y = 5$', 'z'],
    ['A box of 5 taxis', 'x'],
  ])('the unknown of %j is %s', (question, variable) => {
    expect(maskQuantities(question)[0]?.variable).toBe(variable);
  });

  it('masks each of two equal quantities by itself', () => {
    expect(maskQuantities('5 and 5').map(({ masked }) => masked)).toEqual(['x and 5', '5 and x']);
  });

  it('restores 3,000 made-up questions byte for byte and never cuts a token', () => {
    const random = makeRandom(7);
    let maskedCount = 0;
    for (let round = 0; round < 3000; round++) {
      const question = makeText(random);
      for (const one of maskQuantities(question)) {
        maskedCount++;
        const [start, end] = one.span;
        expect(question.slice(start, end)).toBe(one.original);
        expect(unmask(one)).toBe(question);
        expect(question.slice(0, start)).not.toMatch(/[\p{L}\p{N}_^]$/u);
        expect(question.slice(end)).not.toMatch(/^(?:[\p{L}\p{N}_]|[-.,:/]\p{N})/u);
      }
    }
    expect(maskedCount).toBeGreaterThan(3000);
  });

  it('takes linear time on hostile text', () => {
    const hostile = [...'{$(…'].map((one) => one.repeat(60000));
    hostile.push(
      '$1$ '.repeat(20000),
      '\\('.repeat(30000),
      'half a '.repeat(9000),
      '1, ... '.repeat(9000),
      '[asy]'.repeat(20000),
    );
    hostile.push(
      '1,'.repeat(40000),
      '1/'.repeat(40000),
      '1 '.repeat(40000),
      'one hundred and '.repeat(5000),
      'a '.repeat(40000),
      '(A)(B)(C)'.repeat(9000),
    );
    for (const text of hostile) expect(() => maskQuantities(text)).not.toThrow();
  });
});

const pieces = (
  'Tom buys|has|3|12|1,250|0.75|.5|$|€|%|-|−|/|:|,|.|x|kg|½|²|\\frac{1}{2}|\\frac12|2 1/2|5/8|^|{|}|_|(|)| |\n|' +
  '1st|10-minute|"|😀|é|\u0301|\u00A0|#|?|!|[asy]|[/asy]|How many'
).split('|');

function makeText(random: () => number): string {
  let text = '';
  for (let count = 3 + Math.floor(random() * 25); count > 0; count--) {
    text += pieces[Math.floor(random() * pieces.length)];
    if (random() < 0.5) text += ' ';
  }
  return text;
}

/** A linear congruential generator (Numerical Recipes): the same texts in every run. */
function makeRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
