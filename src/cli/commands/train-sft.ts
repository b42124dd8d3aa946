import { defineCommand } from '../declare/command.js';
import { gpuOptions, trainOptions } from '../options/gpu-options.js';
import { trainingOptionsOf, trainingValues } from '../options/training-options.js';
import { runGpuCommand } from '../run-gpu-command.js';
import { showTrainingTokens } from '../show-training-tokens.js';

export const trainSft = defineCommand({
  name: 'train sft',
  summary: 'Fine-tune a model on responses (full or LoRA, on one GPU or many)',
  usage: '--recipe RECIPE --data FILE --run DIR [options]',
  options: { ...trainingOptionsOf('sft'), ...trainOptions, ...gpuOptions },
  examples: [
    'mathpie train sft --recipe sft-mistral-7b --data rows.jsonl --run runs/mistral --gpus 8 --dry-run',
    'mathpie train sft --recipe sft-mistral-7b --data rows.jsonl --run runs/mistral --gpus 8 --set epochs=2',
  ],
  run: async (context) => {
    const options = trainingValues(context.values);
    const count = context.values['show-tokens'];
    if (count > 0) return showTrainingTokens('sft', { count, options, context });
    return runGpuCommand('train-sft', { context, options });
  },
});
