import { defineCommand } from '../declare/command.js';
import { decimal } from '../declare/option.js';
import { generateInRun } from '../generate-in-run.js';
import { solveOptions } from '../options/solve-options.js';
import { spendingOptions } from '../options/spending-options.js';
import { promptsIn } from '../prompts-in.js';
import { formatReasons } from '../show/format-reasons.js';
import { toJson } from '../show/to-json.js';

export const magpieRespond = defineCommand({
  name: 'magpie respond',
  summary: 'Solve the problems of magpie instruct',
  usage: '--model MODEL --run DIR [options]',
  options: {
    ...solveOptions,
    temperature: decimal({
      valueName: 'T',
      description: '0 is greedy (default 0)',
      fallback: undefined,
      minimum: 0,
      maximum: 5,
    }),
    ...spendingOptions,
  },
  examples: [
    'mathpie magpie respond --model pocket --run runs/magpie',
    'mathpie magpie respond --model vllm:deepseek-ai/DeepSeek-R1-Distill-Qwen-7B --preset deepseek-r1 --run runs/magpie',
  ],
  run: async ({ values, terminal, signal }) => {
    const { respond } = await import('../../magpie/solve/respond.js');
    const { readInstructions } = await import('../../magpie/rows/read-instructions.js');
    const { settleResponseSettings } = await import('../../steps/response-presets.js');
    const { data, run: directory, type, preset, prompts } = values;
    const types = type === undefined ? ['ins_distinct', 'ins'] : [type];
    const instructions = await readInstructions({ files: data, directory, types });
    const settings = {
      ...settleResponseSettings({ ...values, topP: values['top-p'], maxTokens: values['max-tokens'] }),
      preset,
      promptSet: promptsIn(terminal.language, { prompts, model: values.model }),
    };
    await generateInRun(
      {
        name: values.model,
        directory: values.run,
        stage: 'respond',
        config: (model) => toJson({ model: model.name, ...settings }),
        values,
        terminal,
      },
      async ({ model, run, terminal, onProgress }) => {
        const { rows, failed, fileName } = await respond({
          ...settings,
          instructions,
          model,
          run,
          signal,
          onProgress,
        });
        const solved = rows.filter(({ response }) => response !== null).length;
        const summary = { stage: 'respond', rows: rows.length, solved, failed, file: fileName };
        await run.finish(toJson(summary));
        terminal.note(`${solved} of ${rows.length} problems solved${formatReasons(failed, 'failed: ')}`);
        terminal.row(summary);
      },
    );
  },
});
