import { describe, expect, it } from 'vitest';
import { checkSteps } from './check-steps.js';

describe('checkSteps(response)', () => {
  it.each([
    // holds
    ['All badges: 294 * 18557 = 5455758.\nx: 5455758 / 70854 = 77.', 2],
    ['Natalia sold 48/2 = <<48/2=24>>24 clips in May.', 1],
    ['She earned 0.2 x 50 = $<<0.2*50=10>>10.', 1],
    ['So $3 \\times 4 = 12$ and \\[ \\frac{3}{5} \\times 15 = \\frac{45}{5} = 9 \\]', 3],
    ['Therefore, \\(0.60 \\times 5 = 3\\) dollars.', 1],
    ['\\text{Downloads} = 60 + 180 + 126 = 366', 1],
    ['20% of 50 = $10, and 10/40 * 100 = 25%, and 10/40 = 25%', 3],
    ['1,200 + 300 = 1,500 people; 2 * 3 million = 6 million', 2],
    ['10 / 3 = 3.33, 20/3 = 6.66 (cut), 2/3 ≈ 0.7, 1287 + 3 ≈ 1300', 4],
    ['4.20+9.45+1.35=14.999999999999998', 1],
    ['3 * 50 cents = $1.50, 12 apples * 3 = 36 apples = 3 dozen', 2],
    ['3 + 4 = 7 + 2 = 9', 2],
    ['2/9 / 1/3 = 2/3, then 25 / 1/3 = 75', 2],
    ['(3)(4) = 12, 2(3 + 4) = 14, 5^2 = 25, 6² = 36, 2**3 = 8', 5],
    ['- 3 + 4 = 7 apples', 1],
    ['**5 - 8 = -3**', 1],
    // nothing to compute
    ['x + 3 = 7, 2x = 8, f(3) = 12, a^2 + b^2 = c^2', 0],
    ['It takes 1 hour and 20 minutes = 60 + 20 minutes', 0],
    ['The ratio is 2:3 = 4:6, at 10:30 - 9:15 = 1:15', 0],
    ['half of 24 + 2 = 14', 0],
    ['10 / 3 = 3 and 1/3', 0],
    ['17 / 5 = 3 remainder 2', 0],
    ['4 pounds - 6 ounces = 58 ounces', 0],
    ['5! = 120, \\sqrt{16} + 1 = 5, 1 / 0 = 7, 3 + = 4, (((3 = 3', 0],
    ['', 0],
  ])('finds nothing wrong in %j and counts %i', (response, checked) => {
    expect(checkSteps(response)).toEqual({ checked, broken: [] });
  });

  it.each([
    ['All badges: 294 * 18557 = 5460658.', '294 * 18557 = 5460658', '5455758'],
    ['For 3 + 1 + 1 + 1 = 7 balls', '3 + 1 + 1 + 1 = 7 balls', '6'],
    ['There are 50-8 = <<50-8=44>>44 bracelets left', '50-8 = 44 bracelets left', '42'],
    ['10/3 = 3 boxes', '10/3 = 3 boxes', '\\frac{10}{3}'],
    ['13 / 8.50 = 1.6', '13 / 8.50 = 1.6', '\\frac{26}{17}'],
    ['Hence \\(\\frac{3}{5} \\times 15 = 8\\).', '\\frac{3}{5} \\times 15 = 8', '9'],
    ['1/4 - 1/4 = 1/2', '1/4 - 1/4 = 1/2', '0'],
    ['20% of 50 = 11', '20% of 50 = 11', '10'],
    ['3 * 50 cents = $1.60', '3 * 50 cents = $1.60', '150'],
  ])('in %j names %j, which is %s', (response, text, value) => {
    const { broken } = checkSteps(response);
    expect(broken).toMatchObject([{ text, fault: 'false', value }]);
    const [start = 0, end = 0] = broken[0]?.span ?? [];
    expect(response.slice(start, end).replace(/<<.*>>/, '')).toBe(text);
  });
});

describe('checkSteps(response, { question })', () => {
  const question = 'Ann is 22 and has 3/4 of 200 pens, half of them red; 15% are new, and 2 and a half dozen are old.';
  it.each([
    ['200 * 3/4 = 150, 150 / 2 = 75, 100 - 15 = 85, 0.85 * 200 = 170', undefined],
    ['200 * 0.15 = 30, 2.5 * 12 = 30, 22 - 1 = 21, 1 * 2 * 3 = 6, 0.25 * 200 = 50', undefined],
    ['Each box holds 17 pens, so 17 * 2 = 34.', undefined],
    ['There are 22 / 22 = 1.', '22'],
    ['With 200 * 1 = 200', '1'],
    ['So 200 - 173 = 27', '173'],
    ['2 + 2 = 4, 4 + 173 = 177', '173'],
  ])('of %j it says that %s comes from nowhere', (response, number) => {
    const { broken } = checkSteps(response, { question });
    expect(broken.map(({ fault, value }) => [fault, value])).toEqual(
      number === undefined ? [] : [['from-nowhere', number]],
    );
  });
});

describe('checkSteps() on hostile text', () => {
  it.each([
    ['brackets', '('.repeat(100_000)],
    ['powers', '9^9^9^9 = 3, 99999999999 ^ 64 ^ 64 = 1'],
    ['digits', `${'9'.repeat(100_000)} + 1 = 2`],
    ['equals signs', '='.repeat(100_000)],
    ['sums', '1+'.repeat(100_000)],
    ['fractions', '\\frac{1}{'.repeat(20_000)],
    ['annotations', '<<1+1=3'.repeat(20_000)],
    ['words', 'a of '.repeat(40_000)],
  ])('is done with %s at once', (_, response) => {
    const from = performance.now();
    checkSteps(response, { question: response });
    expect(performance.now() - from).toBeLessThan(5000);
  });
});
