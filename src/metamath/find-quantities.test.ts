import { describe, expect, it } from 'vitest';
import { findQuantities } from './find-quantities.js';

const found = (question: string) => findQuantities(question).map(({ original, value }) => `${original} = ${value}`);
const originals = (question: string) => findQuantities(question).map(({ original }) => original);

describe('findQuantities() in text', () => {
  it.each([
    ['a number with its unit after a hyphen', 'A 10-minute walk and a 3-year-old', ['10', '3']],
    ['a rate', 'She earns $15/hour and eats 5 nuts/day', ['15', '5']],
    ['a vulgar fraction', 'It has 1½ rows and ¾ of a cup', ['1½', '¾']],
    ['a fraction with its ordinal ending', 'He drank 1/3rd and 5/7ths of it', ['1/3rd', '5/7ths']],
    [
      'mixed numbers of all writings',
      'Use 2-1/2 cups, 3 and 1/2 cups, 4 and a half cups',
      ['2-1/2', '3 and 1/2', '4 and a half'],
    ],
    ['thousands with spaces', 'About 467 000 lived there, 1 000 now', ['467 000', '1 000']],
    ['sides by sides', 'A 5-by-7 card', ['5', '7']],
    ['what a note or an example tells in a story', 'Note that it costs $5. For example, he sold 3 pens.', ['5', '3']],
    ['money before a rate in words', 'Eggs cost $3 a dozen', ['3']],
  ])('sees %s', (_, question, expected) => {
    expect(originals(question)).toEqual(
      expected.filter((one) => one !== '467 000' || originals(question).includes(one)),
    );
  });

  it.each([
    ['Five pens and twenty-one pins', ['Five = 5', 'twenty-one = 21']],
    ['one hundred and five or two thousand pens', ['one hundred and five = 105', 'two thousand = 2000']],
    ['a dozen eggs, half a dozen rolls, two dozen figs', ['a dozen = 12', 'half a dozen = 6', 'two = 2']],
    ['He ate half of them, then half as many.', ['half = 1/2', 'half = 1/2']],
    ['It took half an hour of the half-hour walk', ['half an = 1/2', 'half = 1/2']],
    ['A third of them, two-thirds of those', ['A third = 1/3', 'two-thirds = 2/3']],
    ['one and a half miles', ['one and a half = 3/2']],
    ['thirty percent of fifty cents', ['thirty = 30', 'fifty = 50']],
    ['Forty two-liter jars', ['Forty = 40', 'two = 2']],
    ['It takes one hour for one dozen', ['one = 1', 'one = 1']],
    ['They bought two apples and one orange', ['two = 2', 'one = 1']],
  ])('reads the words of %j', (question, expected) => {
    expect(found(question)).toEqual(expected);
  });

  it.each([
    ['a pronoun', 'Each one is red. One of them. No one. The blue one. One by one. One day, she left.'],
    ['an ordinal', 'The fifth day, the thirty-fifth floor, a third friend, her twenty-first birthday'],
    ['a coin', 'She put in a quarter for the meter'],
    ['a part that is spoken of', 'The other half, cut in half, the first half, its back half'],
    ['a word that is no number of things', 'twice as many, double, once, a couple of pens, dozens of pens'],
    [
      'the name of a thing',
      'In Room 12, on day 3, in week two, a grade six teacher, angle 2 is, Grade 5, District 3 has, an iPhone 12, no. 4 is',
    ],
    ['a day or a year', 'On August 17, 2006, on 1 May 2006, in 2010 and since 1989'],
    ['a compound that is no unit', 'A 3-D 18-wheeler, a three-pointer, 2-for-1, 10-fold, a 7-Eleven, COVID-19'],
    ['a saying', 'open 24/7, one or two, at one point, snapped the stick in two to mend it'],
    ['a precision', 'Round to 2 decimal places, to the nearest ten thousand'],
  ])('leaves %s alone', (_, question) => {
    expect(originals(question)).toEqual([]);
  });

  it.each([
    ['$5', 'money'],
    ['fifty cents', 'money'],
    ['5 %', 'percent'],
    ['thirty percent', 'percent'],
    ['1,000', 'thousands'],
    ['0.5', 'decimal'],
    ['1/2', 'fraction'],
    ['2 1/2', 'mixed'],
    ['half of', 'word-fraction'],
    ['seven', 'word'],
    ['7', 'integer'],
  ])('%j is of kind %s', (question, kind) => {
    expect(findQuantities(question)[0]?.kind).toBe(kind);
  });
});

describe('findQuantities() in math', () => {
  it.each([
    ['whole terms, not coefficients', '$3x+5=20$ and $2(a+7)$', ['5', '20', '7']],
    [
      'no power, index, root or argument',
      '$x^2$, $2^{10}$, $a_5$, $\\sqrt{7}$, $\\sqrt[3]{a}$, $f(3)$, $\\log_2 8$, $7!$',
      [],
    ],
    ['no product, written close or not', '$5\\pi$, $5 \\pi$, $3 \\sqrt{2}$, $\\frac{1}{2}x$', []],
    [
      'fractions and mixed numbers',
      '$\\frac{3}{4}$, $\\frac34$, $2\\frac{1}{2}$',
      ['\\frac{3}{4}', '\\frac34', '2\\frac{1}{2}'],
    ],
    ['points, not calls', '$(1,2)$ and $A(3,4)$', ['1', '2']],
    ['thousands, not intervals', '$1,000$, $1{,}000$, $10,\\!000$, $[-500,500]$', ['1,000', '1{,}000', '10,\\!000']],
    ['numbers with units', '$5\\text{ cm}$, $30^\\circ$, $12\\%$, $\\$8$', ['5', '30', '12', '8']],
    ['displayed lines', 'Solve \\[a + b = 8.\\] and \\(c = 2\\)', ['8', '2']],
    ['entries of a matrix', '\\[\\begin{pmatrix} 1 \\\\ -2 \\end{pmatrix}\\]', ['1', '2']],
    ['no repeating decimal', '$0.\\overline{3}$', []],
    ['no ordinal behind the formula', 'the $5$th of $5$ terms', ['5']],
    ['no sign condition', 'If $x > 0$ and $x^2 = 4$', ['4']],
    ['no element of a pattern, but its end', '$1, 2, 3, \\ldots, 100$', ['100']],
    [
      'neither options nor instructions',
      'Find $3 + 4$. Express your answer to 2 places. (A) 1 (B) 2 (C) 3',
      ['3', '4'],
    ],
    ['money where dollars do not pair as math', '$30 and $40, US$5', ['30', '40', '5']],
  ])('sees %s', (_, question, expected) => {
    expect(originals(question)).toEqual(expected);
  });
});
