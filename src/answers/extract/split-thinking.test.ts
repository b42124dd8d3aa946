import { describe, expect, it } from 'vitest';
import { splitThinking } from './split-thinking.js';

describe('splitThinking(text)', () => {
  it.each([
    ['It is 4.', undefined, 'It is 4.', false],
    ['<think>\n2 + 2\n</think>\n\nIt is 4.', '2 + 2', 'It is 4.', false],
    ['2 + 2\n</think>It is 4.', '2 + 2', 'It is 4.', false],
    ['<think>\n\n</think>It is 4.', undefined, 'It is 4.', false],
    ['<think>say </think> or not</think>It is 4.', 'say </think> or not', 'It is 4.', false],
    ['<think>2 + 2 and', '2 + 2 and', '', true],
    ['<think>a</think><think>b', 'a', '', true],
    ['Is x <think> y?', undefined, 'Is x <think> y?', false],
    ['', undefined, '', false],
  ])('%j: thought %j, said %j', (text, thinking, response, isOpen) => {
    expect(splitThinking(text)).toEqual({ thinking, response, isOpen });
  });
});
