import { describe, expect, it } from 'vitest';
import { splitThinking } from '../answers/extract/split-thinking.js';
import { findModelThinking, turnThinking } from './model-thinking.js';
import { loadThinkingFamilies, thinkingFamily, writeThinking } from './thinking-families.js';

const said = { thinking: '2 + 2\n= 4', response: 'It is 4.' };

describe('configs/thinking.json', () => {
  it.each(loadThinkingFamilies())('$name: what is written is read back by the one parser', (family) => {
    expect(splitThinking(writeThinking(said, family))).toEqual({ ...said, isOpen: false });
  });

  it.each(loadThinkingFamilies())('$name: a thought that is cut is open', ({ open }) => {
    expect(splitThinking(`${open}\n2 + 2`)).toEqual({ thinking: '2 + 2', response: '', isOpen: true });
  });

  it.each(loadThinkingFamilies())(
    '$name: the closing mark alone ends a thought that the prompt opened',
    ({ close }) => {
      expect(splitThinking(`2 + 2${close}It is 4.`)).toEqual({
        thinking: '2 + 2',
        response: 'It is 4.',
        isOpen: false,
      });
    },
  );

  it('without a thought the answer stands alone', () => {
    expect(writeThinking({ response: 'It is 4.' }, thinkingFamily('think'))).toBe('It is 4.');
  });

  it('what a model wrote is never a pattern', () => {
    const odd = { thinking: "$& {response} $'", response: '$1 {thinking}' };
    expect(writeThinking(odd, thinkingFamily('think'))).toBe(`<think>\n${odd.thinking}\n</think>\n\n${odd.response}`);
  });

  it('an unknown name is refused with the names', () => {
    expect(() => thinkingFamily('tink')).toThrow(/^Cannot find the thinking marks "tink": .* has think, harmony, /);
  });
});

/** Chat templates in miniature, of each way to think that the table knows; the real ones are in configs/chat-templates.json. */
const ask = '{% for m in messages %}<|{{ m.role }}|>{{ m.content }}{% endfor %}';
const templates: readonly [string, string, object | undefined][] = [
  ['none', `${ask}<|assistant|>`, undefined],
  ['R1 opens the thought', `${ask}<|assistant|><think>\n`, { family: 'think', isOpened: true, switch: undefined }],
  [
    'Qwen3 closes an empty thought where it is turned off',
    `${ask}<|assistant|>{% if enable_thinking is defined and enable_thinking is false %}<think>\n\n</think>{% endif %}`,
    { family: 'think', isOpened: false, switch: 'enable_thinking' },
  ],
  [
    'DeepSeek-V3.1 does not think when left alone',
    `{% if not thinking is defined %}{% set thinking = false %}{% endif %}${ask}{% if thinking %}<think>{% else %}</think>{% endif %}`,
    { family: 'think', isOpened: false, switch: 'thinking' },
  ],
  [
    'gpt-oss',
    `{% if reasoning_effort is not defined %}{% set reasoning_effort = 'medium' %}{% endif %}{% for m in messages %}{% if m.thinking is defined %}<|channel|>analysis<|message|>{{ m.thinking }}{% endif %}{{ m.content }}{% endfor %}`,
    { family: 'harmony', isOpened: false, switch: undefined, effort: 'reasoning_effort' },
  ],
  [
    'Gemma 4',
    `${ask}{% if not enable_thinking | default(false) %}<|channel>thought\n<channel|>{% endif %}`,
    { family: 'gemma-4', isOpened: false, switch: 'enable_thinking' },
  ],
];

describe('findModelThinking(template)', () => {
  it.each(templates)('%s', (_, source, expected) => {
    const found = findModelThinking({ source, beginToken: '', endToken: '' });
    expect(found && { ...found, family: found.family.name }).toEqual(
      expected === undefined ? undefined : expect.objectContaining(expected),
    );
  });

  it('a switch that is turned may open the thought', () => {
    const source = templates[3]?.[1] ?? '';
    const turned = turnThinking({ source, beginToken: '', endToken: '' }, true);
    expect(turned && findModelThinking(turned)?.isOpened).toBe(true);
  });

  it('a template without a switch cannot be turned', () => {
    expect(turnThinking({ source: templates[1]?.[1] ?? '', beginToken: '', endToken: '' }, false)).toBeUndefined();
  });
});
