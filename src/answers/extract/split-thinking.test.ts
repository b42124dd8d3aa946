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
    // One row a family and a form (configs/thinking.json says whose it is)
    ['<thinking>2 + 2</thinking>It is 4.', '2 + 2', 'It is 4.', false],
    ['<thought>2 + 2</thought>\nIt is 4.', '2 + 2', 'It is 4.', false],
    ['<seed:think>2 + 2</seed:think>It is 4.', '2 + 2', 'It is 4.', false],
    ['◁think▷2 + 2◁/think▷It is 4.', '2 + 2', 'It is 4.', false],
    ['[THINK]2 + 2[/THINK]It is 4.', '2 + 2', 'It is 4.', false],
    ['<|channel>thought\n2 + 2<channel|>It is 4.', '2 + 2', 'It is 4.', false],
    ['<|channel>thought\n<channel|>It is 4.', undefined, 'It is 4.', false],
    [
      '<|begin_of_thought|>\n2 + 2\n<|end_of_thought|>\n<|begin_of_solution|>It is 4.<|end_of_solution|>',
      '2 + 2',
      'It is 4.',
      false,
    ],
    ['<|START_THINKING|>2 + 2<|END_THINKING|><|START_RESPONSE|>It is 4.<|END_RESPONSE|>', '2 + 2', 'It is 4.', false],
    [
      '2 + 2<|close|>think<|sep|><|open|>response<|sep|>It is 4.<|close|>response<|sep|><|close|>message<|sep|>',
      '2 + 2',
      'It is 4.',
      false,
    ],
    [
      '<|channel|>analysis<|message|>2 + 2<|end|><|start|>assistant<|channel|>final<|message|>It is 4.<|return|>',
      '2 + 2',
      'It is 4.',
      false,
    ],
    [
      '<|channel|>analysis<|message|>2<|end|><|start|>assistant<|channel|>analysis<|message|>+ 2<|end|><|start|>assistant<|channel|>final<|message|>It is 4.',
      '2+ 2',
      'It is 4.',
      false,
    ],
    [
      '<|channel|>analysis<|message|>2 + 2<|end|><|start|>assistant<|channel|>commentary<|message|>So:<|end|><|start|>assistant<|channel|>final <|constrain|>json<|message|>It is 4.<|return|>',
      '2 + 2So:',
      'It is 4.',
      false,
    ],
    ['<think>2 + 2</think>\n<answer>\nIt is 4.\n</answer>', '2 + 2', 'It is 4.', false],
    ['<think>2 + 2</think>\n\n<response>\nIt is 4.\n</response>\n', '2 + 2', 'It is 4.', false],
    ['<mm:think>2 + 2</mm:think>It is 4.<|im_end|>', '2 + 2', 'It is 4.', false],
    ['<think>2 + 2</think>It is |x|.', '2 + 2', 'It is |x|.', false],
    ['<think>2 + 2</think>It is <answer>4</answer>', '2 + 2', 'It is <answer>4</answer>', false],
    ['<answer>4</answer>', undefined, '<answer>4</answer>', false],
    ['<longcat_think>\n2 + 2\n</longcat_think>\nIt is 4.', '2 + 2', 'It is 4.', false],
    ['<|inner_prefix|>2 + 2<|inner_suffix|>It is 4.<|assistant_end|>', '2 + 2', 'It is 4.', false],
    ['<|channel>thought\n2 + 2<channel|>It is 4.<turn|>', '2 + 2', 'It is 4.', false],
    ['<|channel|>final<|message|>It is 4.', undefined, 'It is 4.', false],
    ['analysis2 + 2assistantfinalIt is 4.', '2 + 2', 'It is 4.', false],
    // Cut while thinking
    ['[THINK]2 + 2', '2 + 2', '', true],
    ['<|channel>thought\n2 + 2', '2 + 2', '', true],
    ['<|channel|>analysis<|message|>2 + 2', '2 + 2', '', true],
    ['Let me see.\n<think>\n2 + 2', 'Let me see.\n<think>\n2 + 2', '', true],
    ['analysisWe add 2 and 2', 'We add 2 and 2', '', true],
    ['<|channel|>commentary<|message|>We add', 'We add', '', true],
    ['<longcat_think>2 + 2', '2 + 2', '', true],
    ['<|inner_prefix|>2 + 2', '2 + 2', '', true],
    // Words that look alike
    ['The analysisWe', undefined, 'The analysisWe', false],
    ['analysis of variance is 4', undefined, 'analysis of variance is 4', false],
    ['I think the channel is 4 m wide.', undefined, 'I think the channel is 4 m wide.', false],
    ['Write |x| < 4, I think.', undefined, 'Write |x| < 4, I think.', false],
  ])('%j: thought %j, said %j', (text, thinking, response, isOpen) => {
    expect(splitThinking(text)).toEqual({ thinking, response, isOpen });
  });

  it.each([
    ['2 + 2 is 4', { thinking: '2 + 2 is 4', response: '', isOpen: true }],
    ['2 + 2</think>It is 4.', { thinking: '2 + 2', response: 'It is 4.', isOpen: false }],
  ])('%j behind a prompt that opened the thought', (text, split) => {
    expect(splitThinking(text, { isOpened: true })).toEqual(split);
  });

  it.each(['<think>', '</think>', '<|channel|>analysis<|message|>', '\n', ' ', '\n\n<', '<|end|>'])(
    'takes %j repeated, a megabyte of it, in linear time',
    (piece) => {
      const started = performance.now();
      splitThinking(piece.repeat(2 ** 20 / piece.length));
      expect(performance.now() - started).toBeLessThan(2000);
    },
  );
});
