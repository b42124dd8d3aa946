import { defineCommand } from '../declare/command.js';
import { decimals } from '../declare/option.js';
import { generateInRun } from '../generate-in-run.js';
import { countOption } from '../options/shared-options.js';
import { solveOptions } from '../options/solve-options.js';
import { spendingOptions } from '../options/spending-options.js';
import { promptsIn } from '../prompts-in.js';
import { formatReasons } from '../show/format-reasons.js';
import { toJson } from '../show/to-json.js';

export const magpieCandidates = defineCommand({
  name: 'magpie candidates',
  summary: 'Solve each problem several times, to be ranked',
  usage: '--model MODEL --run DIR [options]',
  options: {
    ...solveOptions,
    repeat: countOption('candidates a problem', 4),
    temperature: decimals({
      valueName: 'T,T,…',
      description: 'candidate i is drawn at temperature i modulo their number; the preset’s, else 0.8',
      fallback: undefined,
      minimum: 0,
      maximum: 5,
    }),
    ...spendingOptions,
  },
  examples: ['mathpie magpie candidates --model pocket --repeat 5 --temperature 0.6,0.8,1 --run runs/magpie'],
  run: async ({ values, terminal, signal }) => {
    const { candidates } = await import('../../magpie/solve/candidates.js');
    const { readInstructions } = await import('../../magpie/rows/read-instructions.js');
    const { settleResponseSettings } = await import('../../steps/response-presets.js');
    const { data, run: directory, type, preset, prompts } = values;
    const types = type === undefined ? ['ins_distinct', 'ins'] : [type];
    const instructions = await readInstructions({ files: data, directory, types });
    const { temperature, ...settled } = settleResponseSettings({
      preset,
      directive: values.directive,
      topP: values['top-p'],
      maxTokens: values['max-tokens'],
    });
    const drawnAt = preset !== undefined && temperature > 0 ? [temperature] : [0.8];
    const settings = {
      k: values.repeat,
      temperatures: values.temperature ?? drawnAt,
      ...settled,
      preset,
      promptSet: promptsIn(terminal.language, { prompts, model: values.model }),
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
