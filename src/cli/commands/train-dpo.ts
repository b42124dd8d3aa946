import { defineCommand } from '../declare/command.js';
import { gpuOptions, trainOptions } from '../options/gpu-options.js';
import { trainingOptions, trainingValues } from '../options/training-options.js';
import { runGpuCommand } from '../run-gpu-command.js';

export const trainDpo = defineCommand({
  name: 'train dpo',
  summary: 'Train a model on preference pairs',
  usage: '--recipe RECIPE --data FILE --run DIR [options]',
  options: { ...trainingOptions, ...trainOptions, ...gpuOptions },
  examples: [
    'mathpie train dpo --recipe dpo-reasoning --model runs/sft/model --data pairs.jsonl --run runs/dpo --gpus 2',
  ],
  run: async (context) => runGpuCommand('train-dpo', { context, options: trainingValues(context.values) }),
});
