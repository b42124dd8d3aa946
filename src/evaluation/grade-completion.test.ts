import { describe, expect, it } from 'vitest';
import type { PresetName } from '../answers/grade/grade-with-preset.js';
import { createGrader } from './create-grader.js';
import { gradeCompletion } from './grade-completion.js';

const question = 'Tom has 3 apples and buys 4. How many has he?';
const grade = (text: string, finishReason: 'stop' | 'length', preset: PresetName = 'mathpie') =>
  gradeCompletion({ id: 'p', question, answer: '4' }, { text, finishReason }, createGrader({ preset }));
const gradeStopped = (text: string) =>
  gradeCompletion({ id: 'p', question, answer: '4' }, { text, finishReason: 'stop', ranOn: true }, createGrader());

describe('an answer that the token limit cut', () => {
  it.each([
    ['repeats the question', `${question} ${question} Tom has 3 apples and buys 4`],
    ['stops in its work', 'First 3 apples, then 4'],
    ['stops in a formula', 'We have $x = 4$ and $x + 3'],
    ['weighs choices', 'It could be (A) or perhaps (B), since option 4'],
  ])('and that %s states none', (_, text) => {
    expect(grade(text, 'length')).toMatchObject({ correct: false, rule: 'none/cut', response: text });
    expect(grade(text, 'length')).not.toHaveProperty('answer');
    expect(grade(text, 'stop').rule).not.toBe('none/cut');
  });

  it.each([
    ['in a box', 'So it is \\boxed{4}. To check this, we'],
    ['in words', 'The answer is: 4. To check this, we see that 3'],
    ['behind ####', 'He has them.\n#### 4\n\nQuestion: A second'],
  ])('and that states one %s has it', (_, text) => {
    expect(grade(text, 'length')).toMatchObject({ correct: true, answer: '4' });
  });

  it('behind which another question begins ends with its answer, and says so', () => {
    const text = 'The answer is: 4\n\nQuestion: A shop\nThe answer is: 9\n\nQuestion: A';
    expect(grade(text, 'length')).toMatchObject({ correct: true, response: 'The answer is: 4', ranOn: 48 });
    expect(grade(text, 'stop')).toMatchObject({ response: text });
    expect(gradeStopped(text)).toMatchObject({ correct: true, response: 'The answer is: 4', ranOn: 48 });
    expect(grade(text, 'length', 'hendrycks')).toMatchObject({ response: text });
  });

  it.each<PresetName>(['hendrycks', 'metamath-gsm8k', 'metamath-math'])('is read by %s as it always was', (preset) => {
    const text = `${question} The answer is: 4`;
    expect(grade(text, 'length', preset)).toEqual(grade(text, 'stop', preset));
  });
});
