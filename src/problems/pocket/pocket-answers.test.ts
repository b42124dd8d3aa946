import { expect, it } from 'vitest';
import { pocketProblems } from './generate.js';
import { pocketAnswers } from './pocket-answers.js';

it('pocketAnswers() knows the answers of the grammar and of nothing else', () => {
  const problems = pocketProblems({ count: 40, seed: 3, split: 'test' });
  const answers = pocketAnswers([...problems.map(({ question }) => question), 'What is love?']);
  expect(Object.fromEntries(answers)).toEqual(
    Object.fromEntries(problems.map(({ question, answer }) => [question, answer])),
  );
});
