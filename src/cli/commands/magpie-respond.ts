import type { MagpieRow } from '../../magpie/magpie-row.js';
import { defineCommand } from '../command.js';
import { formatReasons } from '../format-reasons.js';
import { generateInRun } from '../generate-in-run.js';
import {
  maxTokensOption,
  modelOption,
  promptsOption,
  runOption,
  temperatureOption,
  topPOption,
} from '../shared-options.js';
import { spendingOptions } from '../spending-options.js';
import { toJson } from '../to-json.js';

export const magpieRespond = defineCommand({
  name: 'magpie respond',
  summary: 'Solve the problems of magpie instruct',
  usage: '--model MODEL --run DIR [options]',
  options: {
    model: modelOption,
    run: runOption,
    temperature: temperatureOption(0),
    'top-p': topPOption,
    'max-tokens': maxTokensOption(1024),
    prompts: promptsOption,
    ...spendingOptions,
  },
  examples: ['mathpie magpie respond --model pocket --run runs/magpie'],
  run: async ({ values, terminal, signal }) => {
    const { respond } = await import('../../magpie/respond.js');
    const { readMagpieFile } = await import('../../magpie/magpie-file.js');
    const { rows: instructions } = await readMagpieFile<MagpieRow>({ directory: values.run, type: 'ins' });
    const settings = {
      temperature: values.temperature,
      topP: values['top-p'],
      maxTokens: values['max-tokens'],
      promptSet: values.prompts,
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
