import type { GradedRow } from '../../evaluation/graded-row.js';

const subjects = ['arithmetic', 'geometry', 'algebra'];
const types = ['rephrase', 'answers'];

/** 60 graded rows, easier levels more often right, made by counting: the same on every machine. */
export const evaluatedRows: readonly GradedRow[] = Array.from({ length: 60 }, (_, index) => {
  const level = (index % 5) + 1;
  const correct = (index * 7) % 10 >= level;
  return {
    id: `r${index}`,
    problem: `p${index}`,
    sample: 0,
    status: 'done',
    correct,
    answer: correct ? '4' : '5',
    gold: '4',
    rule: 'number',
    level,
    steps: level + (index % 2),
    subject: subjects[index % 3] ?? '',
    type: types[index % 2] ?? '',
    promptTokens: 30,
    completionTokens: 12 + ((index * 37) % 90),
  };
});
