import { describe, expect, it } from 'vitest';
import { checkInstruction } from './check-instruction.js';
import { holdsTemplateTokens } from './holds-template-tokens.js';

const question = 'A shop sells 12 pens for $3. How much do 20 pens cost?';

describe('holdsTemplateTokens(text)', () => {
  it.each([
    ['ChatML', ['<|im_start|>', '<|im_end|>\n<|im_start|>assistant', '<|endoftext|>']],
    [
      'Llama 2 and Mistral',
      ['[INST]', '[/INST]', '<s>', '</s>', '<<SYS>>', '[SYSTEM_PROMPT]', '[AVAILABLE_TOOLS]', '[TOOL_CALLS]'],
    ],
    ['Llama 3 and 4', ['<|eot_id|>', '<|start_header_id|>user<|end_header_id|>', '<|header_start|>', '<|eom|>']],
    ['Gemma', ['<start_of_turn>', '<end_of_turn>model', '<|turn>user', '<turn|>', '<bos>', '<eos>', '<unused49>']],
    ['DeepSeek', ['<｜User｜>', '<｜Assistant｜>', '<｜end▁of▁sentence｜>', '<|end▁of▁sentence|>']],
    [
      'Phi, GLM, OLMo',
      ['<|user|>', '<|assistant|>', '<|end|>', '[gMASK]<sop>', '|user|', '|||IP_ADDRESS||| <|end_of_text|>'],
    ],
    ['gpt-oss', ['<|channel|>analysis<|message|>', '<|start|>assistant', '<|return|>']],
    ['Command, Aya', ['<|START_OF_TURN_TOKEN|><|USER_TOKEN|>', '<|END_RESPONSE|>', '<EOS_TOKEN|>']],
    [
      'LongCat, Seed, Apertus',
      ['<longcat_user>', '<longcat_think>', '<seed:bos>', '</seed:think>', '<|inner_prefix|>'],
    ],
    ['EXAONE, Ling, MiniMax', ['[|assistant|]', '[|Human|]', '<role>HUMAN</role>', ']~b]user', '[e~[']],
    ['Nemotron, Falcon, Baichuan', ['<extra_id_1>User', '<SPECIAL_12>', '<reserved_106>']],
    ['tools and fill-in', ['<tool_call>', '</function_calls>', '<fim_prefix>', '<|fim_middle|>']],
    ['encoders', ['[CLS]', '[SEP]', '[PAD]', '[MASK]', '[unused1]']],
    ['Alpaca and chats', ['### Instruction:', '### Response:', '### Human:', 'USER:', '<human>:', '**Assistant:**']],
    ['frames', ['<answer>', '</response>', '<think>', '◁think▷', '</system>', '<image>']],
    ['bytes', ['<0x0A>', '▁pens', 'penĠcost']],
  ])('%s', (_, marks) => {
    for (const mark of marks) {
      for (const text of [`${question}\n${mark} It is 5.`, `${mark}\n${question}`]) {
        expect([mark, checkInstruction({ text, finishReason: 'stop' })]).toEqual([mark, 'leaked-tokens']);
      }
    }
  });

  it.each(['assistant', 'user', ' Assistant '])(
    'a line that says %j alone, between a problem and its answer',
    (role) => {
      expect(checkInstruction({ text: `${question}\n${role}\nIt is 5.`, finishReason: 'stop' })).toBe('leaked-tokens');
    },
  );

  it.each([
    question,
    'A shop has one\nassistant. How many hands is that?',
    'Solve |x| < |y| for x < 3 and |y - 2| > 1.',
    'Find all a<b>c with [a, b] and <u, v> = 3.',
    'A system: x + y = 3. Find x.',
    'The user: of 3 apps. How many?',
    'Let <x> be the integer part of x. What is <3.7>?',
    'Evaluate [SE] + [CL] where ABCD is a square of side 2.',
    'Fill in: 3 + ▁▁ = 7.',
    'Ġgantija is 5,500 years old. How many centuries is that?',
    '### Problem 3: What is 2 + 2?',
  ])('passes %j', (text) => {
    expect(holdsTemplateTokens(text)).toBe(false);
  });
});
