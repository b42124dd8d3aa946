import { defineCommand } from '../declare/command.js';
import { flag, requiredText, text } from '../declare/option.js';
import { gpuOptions } from '../options/gpu-options.js';
import { runOption } from '../options/shared-options.js';
import { planGpuRequests } from '../plan-gpu-requests.js';
import { runGpuCommand } from '../run-gpu-command.js';

export const generate = defineCommand({
  name: 'generate',
  summary: 'Complete the requests of a file with vLLM',
  usage: '--model vllm:MODEL --data FILE --run DIR [options]',
  options: {
    model: requiredText({
      valueName: 'vllm:MODEL',
      description:
        'folder of a checkpoint, or OWNER/NAME on the Hugging Face hub; ?KEY=VALUE&… behind it sets the engine',
    }),
    data: requiredText({
      valueName: 'FILE',
      description:
        'JSONL with a request a line: {id, messages | prompt | promptTokenIds, samples?, sampling: {maxTokens, …}}',
    }),
    run: runOption,
    recipe: text({ valueName: 'FILE', description: 'JSON file with settings' }),
    ...gpuOptions,
    'dry-run': flag({ description: 'check everything, show requests, tokens and time, and write nothing' }),
    probe: flag({ description: 'with --dry-run: load the model and ask it 16 requests, which tells lengths and time' }),
  },
  examples: [
    'mathpie generate --model vllm:Qwen/Qwen2.5-Math-7B-Instruct --data requests.jsonl --run runs/answers',
    'mathpie generate --model vllm:models/mistral-7b --data requests.jsonl --run runs/answers --set preset=throughput',
  ],
  run: async (given) => {
    // Settings behind the model's name are those of --set, which goes before them.
    const [model = '', query] = given.values.model.split(/\?(.*)/s);
    const set = [...(query ? query.split('&') : []), ...given.values.set];
    const context = { ...given, values: { ...given.values, model, set } };
    const { data, run, recipe } = given.values;
    const options = { model, data, run, ...(recipe === undefined ? {} : { recipe }) };
    if (context.values['dry-run']) return planGpuRequests({ options, context });
    await runGpuCommand('generate', { context, options });
  },
});
