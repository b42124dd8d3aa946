import { describe, expect, it } from 'vitest';
import { extractAnswer } from './extract-answer.js';

describe('extractAnswer()', () => {
  it.each([
    // Boxes
    ['So x = \\boxed{42}.', '42', 'boxed'],
    ['First \\boxed{1}, no: \\boxed{2}.', '2', 'boxed'],
    ['\\boxed{\\frac{1}{2}}', '\\frac{1}{2}', 'boxed'],
    ['\\fbox{9} it is', '9', 'boxed'],
    ['\\boxed 7', '7', 'boxed'],
    ['$\\boxed{3}$ and $\\boxed{4}$', '3, 4', 'boxed'],
    ['\\boxed{3} \\text{ or } \\boxed{4}', '3, 4', 'boxed'],
    ['\\boxed{5}. Again: \\boxed{5}', '5', 'boxed'],
    ['A try \\boxed{8}. The answer is \\boxed{\\{1, 2\\}}', '\\{1, 2\\}', 'boxed'],
    ['\\boxed{}, so 4', '4', 'number'],
    ['In the work \\boxed{6}. The final answer is $7$. I hope it is correct.', '7', 'answer-is'],
    // Phrases
    ['The answer is 42.', '42', 'answer-is'],
    ['the answer is: 42', '42', 'answer-is'],
    ['The final answer is $\\frac{3}{4}$.', '\\frac{3}{4}', 'answer-is'],
    ['The answer is 42 because 6 times 7 is 42.', '42', 'answer-is'],
    ['The answer is $3$ and $5$.', '3, 5', 'answer-is'],
    ['The answer is: $3.50', '$3.50', 'answer-is'],
    ['**Final Answer**\n\n$x = 12$', 'x = 12', 'answer-is'],
    ['Answer: B', 'B', 'answer-is'],
    ['Therefore the answer is -3', '-3', 'answer-is'],
    ['The answer is 10. Wait. The answer is: 18', '18', 'answer-is'],
    ['She has 12 left.\n#### 12', '12', 'hashes'],
    ['The answer is near.\n#### 12', '12', 'hashes'],
    ['He pays 4 * 3 = 12\nA: 12', '12', 'answer-mark'],
    // Bare answers, bold, formulas, numbers, letters
    ['3x + 4', '3x + 4', 'whole-text'],
    ['25 cm', '25 cm', 'whole-text'],
    ['So it must be **73** then.', '73', 'bold'],
    ['We get $a = 2$ and then $b = 9$ holds.', 'b = 9', 'formula'],
    ['So $x = 4$ for all $n > 1$.', 'x = 4', 'formula'],
    ['\\begin{align*} x &= 2 + 3 \\\\ &= 5 \\end{align*}', '= 5', 'formula'],
    ['There are 4 rows of 5, which makes 20 seats', '20', 'number'],
    ['It costs $20 and then $30 more', '$30', 'number'],
    ['Ann has 5 + 4 = 9 points in the 40 minutes', '9', 'number'],
    ['About 1,250,000 people came', '1,250,000', 'number'],
    ['It fell by 12%', '12%', 'number'],
    ['It must be (C) then', 'C', 'choice'],
    ['The correct answer is B) 14', 'B) 14', 'answer-is'],
    ['Thus the share is \\frac{3}{7}.', '\\frac{3}{7}.', 'formula'],
    ['<answer>31</answer>', '31', 'whole-text'],
    ['The answer is one half.', 'one half', 'answer-is'],
    ['Tuesday', 'Tuesday', 'short-text'],
    // Thinking
    ['<think>perhaps 3</think> The answer is 4', '4', 'answer-is'],
    ['perhaps 3</think>\\boxed{4}', '4', 'boxed'],
  ])('%j has the answer %j by %s', (text, answer, rule) => {
    expect(extractAnswer(text)).toEqual({ answer, rule });
  });

  it.each(['', '   ', '<think>it is \\boxed{4}', 'We get \\boxed{4', '<think>\\boxed{4}</think>'])(
    '%j has no answer',
    (text) => {
      expect(extractAnswer(text)).toBeUndefined();
    },
  );

  it('takes the last or all boxes, or what was thought, by policy', () => {
    const two = '\\boxed{1} and \\boxed{2}';
    expect(extractAnswer(two, { policy: { boxes: 'last' } })?.answer).toBe('2');
    expect(extractAnswer('\\boxed{1}. More work. \\boxed{2}', { policy: { boxes: 'all' } })?.answer).toBe('1, 2');
    expect(extractAnswer('<think>\\boxed{4}</think>', { policy: { thinking: 'fallback' } })?.answer).toBe('4');
  });
});

it('takes linear time for a page of line breaks', () => {
  const before = performance.now();
  extractAnswer(`x${'\n'.repeat(100_000)}y`);
  expect(performance.now() - before).toBeLessThan(2000);
});
