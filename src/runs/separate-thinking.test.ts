import { describe, expect, it } from 'vitest';
import type { Completion } from '../models/language-model.js';
import { thinkingFamily } from '../prompts/thinking-families.js';
import { separateThinking } from './separate-thinking.js';

const prompt = { messages: [{ role: 'user' as const, content: 'What is 2 + 2?' }] };
const opened = { thinking: { family: thinkingFamily('think'), isOpened: true } };
const reply: Completion = {
  requestId: 'a',
  sample: 0,
  text: '',
  finishReason: 'stop',
  promptTokens: 4,
  completionTokens: 20,
};

describe('separateThinking(completion)', () => {
  it.each<[string, Partial<Completion>, object, object]>([
    ['no thought', { text: ' It is 4.' }, {}, { text: ' It is 4.' }],
    [
      'a thought in the text',
      { text: '<think>2 + 2 = 4</think>It is 4.' },
      {},
      { text: 'It is 4.', thinking: '2 + 2 = 4', thinkingTokens: 11, isThinkingInText: true },
    ],
    [
      'a thought that the endpoint took out and counted',
      { text: 'It is 4.', thinking: '2 + 2', thinkingTokens: 17 },
      {},
      { text: 'It is 4.', thinking: '2 + 2', thinkingTokens: 17 },
    ],
    [
      'a thought that the prompt opened',
      { text: '2 + 2</think>It is 4.' },
      opened,
      { text: 'It is 4.', thinking: '2 + 2', thinkingTokens: 8, isThinkingInText: true },
    ],
    [
      'one that never closed',
      { text: '2 + 2 is 4', finishReason: 'length' },
      opened,
      { text: '', thinking: '2 + 2 is 4', thinkingTokens: 20, isThinkingInText: true, isThinkingOpen: true },
    ],
    [
      'one that an endpoint cut',
      { text: '', thinking: '2 + 2', finishReason: 'length' },
      {},
      { text: '', thinking: '2 + 2', thinkingTokens: 20, isThinkingOpen: true },
    ],
    ['a failed call', { finishReason: 'error', error: 'no' }, opened, { text: '', error: 'no' }],
  ])('%s', (_, given, model, expected) => {
    const completion = { ...reply, ...given };
    expect(separateThinking(completion, { model, prompt })).toEqual({ ...completion, ...expected });
  });

  it('leaves what continues raw text alone', () => {
    const completion = { ...reply, text: 'How many? </think>' };
    expect(separateThinking(completion, { model: opened, prompt: { raw: '<|user|>' } })).toBe(completion);
  });
});
