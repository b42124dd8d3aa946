import { describe, expect, it } from 'vitest';
import { chooseThinking, dropThinking, toAssistantText, toAssistantTurn } from './keep-thinking.js';

const keep = chooseThinking({ thinking: 'keep' });
const said = { thinking: '2 + 2', response: 'It is 4.' };

describe('toAssistantTurn(said, choice)', () => {
  it.each([
    ['left out', said, dropThinking, { content: 'It is 4.' }],
    ['kept', said, keep, { content: '<think>\n2 + 2\n</think>\n\nIt is 4.' }],
    ['nothing was thought', { response: 'It is 4.' }, keep, { content: 'It is 4.' }],
    ['null', { thinking: null, response: 'It is 4.' }, keep, { content: 'It is 4.' }],
    [
      'left out of a text that holds it',
      { response: '<think>2</think>It is 4.' },
      dropThinking,
      { content: 'It is 4.' },
    ],
    [
      'in the marks of another family',
      { response: '[THINK]2 + 2[/THINK]It is 4.' },
      keep,
      { content: '<think>\n2 + 2\n</think>\n\nIt is 4.' },
    ],
    [
      'in a field of its own',
      said,
      chooseThinking({ thinking: 'keep', target: 'harmony' }),
      { thinking: '2 + 2', content: 'It is 4.' },
    ],
    [
      'in the marks of a family',
      said,
      chooseThinking({ thinking: 'keep', target: 'gemma-4' }),
      { content: '<|channel>thought\n2 + 2<channel|>It is 4.' },
    ],
    [
      'in those of a model of the table',
      said,
      chooseThinking({ thinking: 'keep', target: 'deepseek-ai/DeepSeek-R1' }),
      { content: '<think>\n2 + 2\n</think>\n\nIt is 4.' },
    ],
  ])('%s', (_, given, choice, turn) => {
    expect(toAssistantTurn(given, choice)).toEqual({ role: 'assistant', ...turn });
  });

  it('as one text', () => {
    expect(toAssistantText(said, keep)).toBe('<think>\n2 + 2\n</think>\n\nIt is 4.');
    expect(toAssistantText(said, dropThinking)).toBe('It is 4.');
  });

  it('refuses a target that nothing is known of, and one that does not think', () => {
    const wayOut = /configs\/thinking\.json has think, harmony/;
    expect(() => chooseThinking({ thinking: 'keep', target: 'nobody/Nothing' })).toThrow(wayOut);
    expect(() => chooseThinking({ thinking: 'keep', target: 'Qwen/Qwen2.5-7B-Instruct' })).toThrow(wayOut);
  });
});
