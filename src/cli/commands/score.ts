import { defineCommand } from '../declare/command.js';
import { requiredText } from '../declare/option.js';
import { gpuOptions } from '../options/gpu-options.js';
import { runOption } from '../options/shared-options.js';
import { runGpuCommand } from '../run-gpu-command.js';

export const score = defineCommand({
  name: 'score',
  summary: 'Score responses with a reward model',
  usage: '--model MODEL --data FILE --run DIR [options]',
  options: {
    model: requiredText({
      valueName: 'MODEL',
      description: 'folder of a reward model, or OWNER/NAME on the Hugging Face hub',
    }),
    data: requiredText({
      valueName: 'FILE',
      description: 'JSONL with a response a line: {id, messages} or {id, question, response}',
    }),
    run: runOption,
    ...gpuOptions,
  },
  examples: ['mathpie score --model RLHFlow/ArmoRM-Llama3-8B-v0.1 --data candidates.jsonl --run runs/scores'],
  run: async (context) => {
    const { model, data, run } = context.values;
    await runGpuCommand('score-rewards', { context, options: { model, data, run } });
  },
});
