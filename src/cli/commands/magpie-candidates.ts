import type { MagpieRow } from '../../magpie/magpie-row.js';
import { defineCommand } from '../command.js';
import { formatReasons } from '../format-reasons.js';
import { generateInRun } from '../generate-in-run.js';
import { decimals } from '../option.js';
import { countOption, maxTokensOption, modelOption, promptsOption, runOption, topPOption } from '../shared-options.js';
import { spendingOptions } from '../spending-options.js';
import { toJson } from '../to-json.js';

export const magpieCandidates = defineCommand({
  name: 'magpie candidates',
  summary: 'Solve each problem several times, to be ranked',
  usage: '--model MODEL --run DIR [options]',
  options: {
    model: modelOption,
    run: runOption,
    repeat: countOption('candidates a problem', 4),
    temperature: decimals({
      valueName: 'T,T,…',
      description: 'candidate i is drawn at temperature i modulo their number',
      fallback: [0.8],
      minimum: 0,
      maximum: 5,
    }),
    'top-p': topPOption,
    'max-tokens': maxTokensOption(1024),
    prompts: promptsOption,
    ...spendingOptions,
  },
  examples: ['mathpie magpie candidates --model pocket --repeat 5 --temperature 0.6,0.8,1 --run runs/magpie'],
  run: async ({ values, terminal, signal }) => {
    const { candidates } = await import('../../magpie/candidates.js');
    const { readMagpieFile } = await import('../../magpie/magpie-file.js');
    const { rows: instructions } = await readMagpieFile<MagpieRow>({ directory: values.run, type: 'ins' });
    const settings = {
      k: values.repeat,
      temperatures: values.temperature,
      topP: values['top-p'],
      maxTokens: values['max-tokens'],
      promptSet: values.prompts,
    };
    await generateInRun(
      {
        name: values.model,
        directory: values.run,
        stage: 'candidates',
        config: (model) => toJson({ model: model.name, ...settings }),
        values,
        terminal,
      },
      async ({ model, run, terminal, onProgress }) => {
        const result = await candidates({ ...settings, instructions, model, run, signal, onProgress });
        const drawn = result.rows.reduce((sum, row) => sum + row.candidates.length, 0);
        const { failed, fileName } = result;
        const summary = { stage: 'candidates', rows: result.rows.length, candidates: drawn, failed, file: fileName };
        await run.finish(toJson(summary));
        terminal.note(`${drawn} candidates for ${result.rows.length} problems${formatReasons(failed, 'failed: ')}`);
        terminal.row(summary);
      },
    );
  },
});
