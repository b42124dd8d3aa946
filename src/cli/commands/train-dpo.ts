import { defineCommand } from '../declare/command.js';
import { gpuOptions, trainOptions } from '../options/gpu-options.js';
import { trainingOptionsOf, trainingValues } from '../options/training-options.js';
import { runGpuCommand } from '../run-gpu-command.js';
import { showTrainingTokens } from '../show-training-tokens.js';

export const trainDpo = defineCommand({
  name: 'train dpo',
  summary: 'Train a model on preference pairs',
  usage: '--recipe RECIPE --data FILE --run DIR [options]',
  options: { ...trainingOptionsOf('dpo'), ...trainOptions, ...gpuOptions },
  examples: [
    'mathpie train dpo --recipe dpo-reasoning --model runs/sft/model --data pairs.jsonl --run runs/dpo --gpus 2',
  ],
  run: async (context) => {
    const options = trainingValues(context.values);
    const count = context.values['show-tokens'];
    if (count > 0) return showTrainingTokens('dpo', { count, options, context });
    return runGpuCommand('train-dpo', { context, options });
  },
});
