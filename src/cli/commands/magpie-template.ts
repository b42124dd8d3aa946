import { defineCommand } from '../declare/command.js';
import { text } from '../declare/option.js';
import { modelsOption } from '../options/shared-options.js';
import { formatTemplate } from '../show/format-template.js';

export const magpieTemplate = defineCommand({
  name: 'magpie template',
  summary: 'Show the text in front of an open user turn, and check it against configs/ and the tokenizer',
  usage: 'MODEL [--like NAME]',
  positionals: ['MODEL'],
  options: {
    like: text({
      valueName: 'NAME',
      description: 'entry of configs/model_configs.json to compare with; the one called like MODEL when left out',
    }),
    models: modelsOption,
  },
  examples: [
    'mathpie magpie template pocket',
    'mathpie magpie template Qwen/Qwen2.5-Math-7B-Instruct',
    'mathpie magpie template models/my-copy --like deepseek-ai/DeepSeek-R1-Distill-Qwen-7B',
  ],
  run: async ({ values, positionals: [model = ''], terminal }) => {
    const { inspectTemplate } = await import('../../prompts/inspect-template.js');
    const { readModelTemplate } = await import('../../models/read-model-template.js');
    const found = await readModelTemplate(model, { like: values.like });
    const inspection = inspectTemplate(found);
    for (const line of formatTemplate({ ...found, inspection })) terminal.note(line);
    const { from = null, config } = found;
    terminal.row({ model, from, entry: config?.model_name ?? null, ...inspection, stops: config?.stop_tokens ?? [] });
    for (const fault of inspection.faults) terminal.fail(`Cannot use this template: ${fault}; mend it before a run`);
    return inspection.faults.length > 0 ? 2 : 0;
  },
});
