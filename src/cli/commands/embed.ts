import { defineCommand } from '../declare/command.js';
import { requiredText } from '../declare/option.js';
import { gpuOptions } from '../options/gpu-options.js';
import { runOption } from '../options/shared-options.js';
import { runGpuCommand } from '../run-gpu-command.js';

export const embed = defineCommand({
  name: 'embed',
  summary: 'Embed texts with a sentence-transformers model',
  usage: '--model MODEL --data FILE --run DIR [options]',
  options: {
    model: requiredText({
      valueName: 'MODEL',
      description: 'folder of an embedding model, or OWNER/NAME on the Hugging Face hub',
    }),
    data: requiredText({
      valueName: 'FILE',
      description: 'rows with a text, or what any step writes: JSON lines or one array',
    }),
    run: runOption,
    ...gpuOptions,
  },
  examples: [
    'mathpie embed --model sentence-transformers/all-MiniLM-L6-v2 --data problems.jsonl --run runs/embeddings',
  ],
  run: async (context) => {
    const { model, data, run } = context.values;
    await runGpuCommand('embed', { context, options: { model, data, run } });
  },
});
