import { defineCommand } from '../command.js';
import { gpuOptions } from '../gpu-options.js';
import { requiredText } from '../option.js';
import { runGpuCommand } from '../run-gpu-command.js';
import { runOption } from '../shared-options.js';

export const embed = defineCommand({
  name: 'embed',
  summary: 'Embed texts with a sentence-transformers model',
  usage: '--model MODEL --data FILE --run DIR [options]',
  options: {
    model: requiredText({
      valueName: 'MODEL',
      description: 'folder of an embedding model, or OWNER/NAME on the Hugging Face hub',
    }),
    data: requiredText({ valueName: 'FILE', description: 'JSONL with a text a line: {id, text}' }),
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
