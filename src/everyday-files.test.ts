import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { gradeResponse } from './answers/grade/grade-response.js';
import { checkSteps } from './answers/steps/check-steps.js';
import { problemPath, recordingPath } from './everyday-files.js';

const readLines = (file: string): { [field: string]: unknown }[] =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
const problems = readLines(problemPath('everyday'));
const [header, ...recorded] = readLines(recordingPath('everyday'));

describe('the everyday problems', () => {
  it('are thirty, three levels of ten subjects, no two alike', () => {
    expect(new Set(problems.map(({ question }) => question)).size).toBe(30);
    expect(new Set(problems.map(({ subject, level }) => `${subject} ${level}`)).size).toBe(30);
  });

  it.each(problems.map((problem) => [problem.id, problem] as const))(
    '%s: every line of its solution holds, and its end is the answer',
    (_, { question, answer, solution }) => {
      expect(checkSteps(String(solution), { question: String(question) }).broken).toEqual([]);
      expect(gradeResponse({ gold: String(answer), response: String(solution) }).equivalent).toBe(true);
    },
  );

  it('each have a greedy answer of a real model', () => {
    expect(header?.model).toMatch(/qwen/i);
    const counts = recorded.map(({ id, completions }) => `${id} ${(completions as unknown[]).length}`);
    expect(counts).toEqual(problems.map(({ id }) => `${id} 1`));
  });

  it('leave every other path as it is', () => {
    expect([problemPath('everyday.jsonl'), recordingPath('runs/everyday')]).toEqual([
      'everyday.jsonl',
      'runs/everyday',
    ]);
  });
});
