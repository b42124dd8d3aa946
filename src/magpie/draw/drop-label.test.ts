import { expect, it } from 'vitest';
import { dropLabel } from './drop-label.js';

it.each([
  ['Q: What is 2 + 3?', 'What is 2 + 3?'],
  ['Question: What is 2 + 3?', 'What is 2 + 3?'],
  ['**Problem:** What is 2 + 3?', 'What is 2 + 3?'],
  ['**Problem**: What is 2 + 3?', 'What is 2 + 3?'],
  ['Exercise:\n\nWhat is 2 + 3?', 'What is 2 + 3?'],
  ['問題：2と3の和を求めよ。', '2と3の和を求めよ。'],
  ['Example: What is 2 + 3?', 'What is 2 + 3?'],
  ['Q1: What is 2 + 3?', 'What is 2 + 3?'],
  ['Problem 3: What is 2 + 3?', 'Problem 3: What is 2 + 3?'],
  ['Q is a point: where does it lie?', 'Q is a point: where does it lie?'],
  ['Problems are solved in two ways.', 'Problems are solved in two ways.'],
  ['Q:', 'Q:'],
  ['What is 2 + 3? Q: 4', 'What is 2 + 3? Q: 4'],
])('%j is %j', (text, expected) => {
  expect(dropLabel(text)).toBe(expected);
});
