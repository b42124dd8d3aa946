import { expect, it } from 'vitest';
import { findLastBoxed } from './last-boxed.js';

it.each([
  ['\\boxed{5}', '5'],
  ['\\boxed{1} then \\boxed{ 2 }', '2'],
  ['\\boxed{\\frac{a}{b}}', '\\frac{a}{b}'],
  ['\\boxed{\\{1, 2\\}}', '\\{1, 2\\}'],
  ['$\\boxed 7$', '7'],
  ['\\fbox{x}', 'x'],
  ['\\boxed{1', undefined],
  ['nothing', undefined],
])('findLastBoxed(%j) is %j', (text, content) => {
  expect(findLastBoxed(text)).toBe(content);
});
