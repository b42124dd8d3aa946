import { describe, expect, it } from 'vitest';
import { questionOfRow } from './question-of-row.js';

describe('questionOfRow(row)', () => {
  it.each<[string, Record<string, unknown>, string | undefined]>([
    ['GSM8K', { question: 'Q', answer: '#### 1' }, 'Q'],
    ['MATH', { problem: 'Q', solution: '…' }, 'Q'],
    ['a grown row, whose problem is an id', { query: 'Q', response: 'R', problem: 'gsm8k-train-1' }, 'Q'],
    ['a graded row, whose problem is an id', { question: 'Q', problem: 'gsm8k-test-1' }, 'Q'],
    ['an instruction with its input', { instruction: 'Q', input: 'I' }, 'Q\nI'],
    ['nothing', { problem: ' ', other: 'x' }, undefined],
  ])('%s', (_, row, question) => {
    expect(questionOfRow(row)).toBe(question);
  });
});
