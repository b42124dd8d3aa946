import { describe, expect, it } from 'vitest';
import { findModelConfig } from './model-configs.js';
import { recordedTemplate } from './recorded-templates.js';
import { turnEnds } from './turn-ends.js';

const chatMl =
  '{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}';
const alpaca =
  "{% for m in messages %}### {{ 'Instruction' if m.role == 'user' else 'Response' }}:\n{{ m.content }}\n\n{% endfor %}{% if add_generation_prompt %}### Response:\n{% endif %}";

describe('turnEnds(template)', () => {
  it.each([
    ['ChatML', chatMl, '<|endoftext|>', ['<|im_end|>', '<|endoftext|>']],
    ['headings of plain text', alpaca, '</s>', ['### Response:', '### Instruction:', '</s>']],
    ['a template that refuses an answer', "{{ raise_exception('no') }}", '', []],
  ])('%s', (_, source, endToken, ends) => {
    expect(turnEnds({ source, beginToken: '', endToken })).toEqual(ends);
  });

  it.each([
    ['meta-llama/Meta-Llama-3-8B-Instruct', '<|eot_id|>'],
    ['mistralai/Mistral-7B-Instruct-v0.3', '[/INST]'],
    ['google/gemma-2-9b-it', '<end_of_turn>'],
    ['deepseek-ai/DeepSeek-R1', '<｜Assistant｜>'],
  ])('the recorded template of %s ends a turn with %s', (name, end) => {
    const config = findModelConfig(name);
    const template = config && recordedTemplate(config);
    expect(template && turnEnds(template)).toContain(end);
  });
});
