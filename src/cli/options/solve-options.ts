import { presetWords } from '../../steps/response-presets.js';
import { directiveWords } from '../../steps/solve-prompt.js';
import { choice, decimal, integer, text, texts } from '../declare/option.js';
import { modelOption, promptsOption, runOption } from './shared-options.js';

/** What the commands share that solve problems. Settings left out are the preset's. */
export const solveOptions = {
  model: modelOption,
  run: runOption,
  data: texts({
    valueName: 'FILE',
    description: "problems from here instead of --run: rows of any step, ours or the original's; may be given again",
  }),
  type: text({ valueName: 'TYPE', description: 'type of the file in --run; ins_distinct or ins when left out' }),
  preset: choice({
    description: 'published settings: deepseek-r1 (temperature 0.6, top-p 0.95, 32,768 tokens, boxed), magpie',
    words: presetWords,
    fallback: undefined,
  }),
  'top-p': decimal({
    valueName: 'P',
    description: 'draw from the likeliest tokens that make up this share (default 1)',
    fallback: undefined,
    minimum: 0.001,
    maximum: 1,
  }),
  'max-tokens': integer({
    description: 'longest completion in tokens, thinking included (default 1024)',
    fallback: undefined,
    minimum: 1,
    maximum: 1_000_000,
  }),
  directive: choice({
    description: "boxed: step by step, answer in \\boxed{}; steps; none; the prompt set's words when left out",
    words: directiveWords,
    fallback: undefined,
  }),
  prompts: promptsOption,
};
