import type { EvaluationPrompt } from './evaluation-prompt.js';

/** The evaluation of MetaMath as published: what the model is asked, when it is stopped, who grades. */
export type MetamathPreset = {
  readonly prompt: EvaluationPrompt;
  readonly maxTokens: number;
  readonly temperature: number;
  /** The name is that of the grader's preset as well. */
  readonly grader: MetamathPresetName;
};

export type MetamathPresetName = 'metamath-gsm8k' | 'metamath-math';

export const metamathPresetNames: readonly MetamathPresetName[] = ['metamath-gsm8k', 'metamath-math'];

/**
 * The published evaluation (eval_gsm8k.py and eval_math.py of meta-math/MetaMath): the instruction form of Stanford Alpaca
 * (Taori et al., 2023) as raw text without a chat template, greedy, stopped at bare words, 512 or 2,048 tokens. A model
 * that takes no raw text (a chat endpoint) gets the same text as a user's message and no stops, of which such endpoints take
 * four or none; that is not what was published.
 */
export function metamathPreset(name: MetamathPresetName, { isRaw }: { readonly isRaw: boolean }): MetamathPreset {
  return {
    prompt: { name, solve: template, ...(isRaw ? { form: 'raw', stop } : { form: 'chat' }) },
    maxTokens: name === 'metamath-gsm8k' ? 512 : 2048,
    temperature: 0,
    grader: name,
  };
}

/** The input format that the released models were trained on, and the suffix that only the evaluation has. */
const template =
  'Below is an instruction that describes a task. Write a response that appropriately completes the request.\n\n' +
  "### Instruction:\n{question}\n\n### Response: Let's think step by step.";

/** Bare words too, so that a solution that says "Question" or "Response" is cut there. */
const stop = ['Question', 'USER', 'ASSISTANT', 'Instruction', 'Response'].flatMap((word) => [`${word}:`, word]);
