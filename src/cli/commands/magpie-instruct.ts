import { defineCommand } from '../command.js';
import { formatReasons } from '../format-reasons.js';
import { generateInRun } from '../generate-in-run.js';
import { text } from '../option.js';
import {
  countOption,
  maxTokensOption,
  modelOption,
  runOption,
  seedOption,
  temperatureOption,
  topPOption,
} from '../shared-options.js';
import { spendingOptions } from '../spending-options.js';
import { toJson } from '../to-json.js';

export const magpieInstruct = defineCommand({
  name: 'magpie instruct',
  summary: 'Let a model write problems from nothing but an open user turn',
  usage: '--model MODEL --count N --run DIR [options]',
  options: {
    model: modelOption,
    count: countOption('problems to accept', 100),
    run: runOption,
    temperature: temperatureOption(1),
    'top-p': topPOption,
    'max-tokens': maxTokensOption(400),
    'system-prompt': text({ description: 'stands in front of the user turn' }),
    seed: seedOption,
    ...spendingOptions,
  },
  examples: ['mathpie magpie instruct --model pocket --count 200 --seed 7 --run runs/magpie'],
  run: async ({ values, terminal, signal }) => {
    const { instruct } = await import('../../magpie/instruct.js');
    const settings = {
      count: values.count,
      temperature: values.temperature,
      topP: values['top-p'],
      maxTokens: values['max-tokens'],
      systemPrompt: values['system-prompt'],
      seed: values.seed,
    };
    await generateInRun(
      {
        name: values.model,
        directory: values.run,
        stage: 'instruct',
        config: (model) => toJson({ model: model.name, ...settings }),
        values,
        terminal,
      },
      async ({ model, run, terminal, onProgress }) => {
        const { rows, candidates, rejected, fileName } = await instruct({
          ...settings,
          model,
          run,
          signal,
          onProgress,
        });
        const summary = { stage: 'instruct', rows: rows.length, drawn: candidates.length, rejected, file: fileName };
        await run.finish(toJson(summary));
        terminal.note(`${rows.length} problems of ${candidates.length} drawn${formatReasons(rejected, 'rejected: ')}`);
        terminal.row(summary);
      },
    );
  },
});
