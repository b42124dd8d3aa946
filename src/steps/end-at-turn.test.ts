import { describe, expect, it } from 'vitest';
import { endAtTurn } from './end-at-turn.js';

describe('endAtTurn(text)', () => {
  it.each([
    '<|im_end|>\n<|im_start|>user\nnext',
    '\n<|eot_id|><|start_header_id|>user',
    '<end_of_turn>',
    '</s>',
    '<｜end▁of▁sentence｜>',
    '<|end|>',
    '<|endoftext|>Question: Tom',
  ])('The answer is: 4%s', (rest) => {
    const ended = endAtTurn(`The answer is: 4${rest}`);
    expect(ended).toEqual({ text: 'The answer is: 4', ranOn: rest.trimStart().length });
  });

  it.each(['For |x| < |y| it is 4.', 'As a < end and x > 3', '<b>4</b>', '<s>4'])('passes %j', (text) => {
    expect(endAtTurn(text)).toBeUndefined();
  });
});
