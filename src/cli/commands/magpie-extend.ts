import { defineCommand } from '../declare/command.js';
import { decimal, integer } from '../declare/option.js';
import { generateInRun } from '../generate-in-run.js';
import { solveOptions } from '../options/solve-options.js';
import { spendingOptions } from '../options/spending-options.js';
import { promptsIn } from '../prompts-in.js';
import { formatReasons } from '../show/format-reasons.js';
import { toJson } from '../show/to-json.js';

const bounds = { minimum: 0, maximum: 5 };

export const magpieExtend = defineCommand({
  name: 'magpie extend',
  summary: 'Go on with conversations: the model speaks in the user’s place again, and answers',
  usage: '--model MODEL --run DIR [--turns N] [options]',
  options: {
    ...solveOptions,
    turns: integer({
      description: 'turns of a conversation in the end, the first included',
      fallback: 2,
      minimum: 2,
      maximum: 20,
    }),
    temperature: decimal({ valueName: 'T', description: 'of the answers (default 0)', fallback: undefined, ...bounds }),
    'ask-temperature': decimal({
      valueName: 'T',
      description: "of what is said in the user's place",
      fallback: 1,
      ...bounds,
    }),
    ...spendingOptions,
  },
  examples: ['mathpie magpie extend --model pocket --turns 3 --run runs/magpie'],
  run: async ({ values, terminal, signal }) => {
    const { extend } = await import('../../magpie/solve/extend.js');
    const { readInstructions } = await import('../../magpie/rows/read-instructions.js');
    const { settleResponseSettings } = await import('../../steps/response-presets.js');
    const { data, run: directory, type, preset, prompts, turns } = values;
    const types = type === undefined ? ['ins_res_distinct', 'ins_res'] : [type];
    const instructions = await readInstructions({ files: data, directory, types });
    const settings = {
      turns,
      instructionTemperature: values['ask-temperature'],
      ...settleResponseSettings({ ...values, topP: values['top-p'], maxTokens: values['max-tokens'] }),
      preset,
      promptSet: promptsIn(terminal.language, { prompts, model: values.model }),
    };
    await generateInRun(
      {
        name: values.model,
        directory,
        stage: 'extend',
        config: (model) => toJson({ model: model.name, ...settings }),
        values,
        terminal,
      },
      async ({ model, run, terminal, onProgress }) => {
        const { rows, failed, fileName } = await extend({ ...settings, instructions, model, run, signal, onProgress });
        const whole = rows.filter((row) => row.turns === turns).length;
        const summary = { stage: 'extend', rows: rows.length, whole, failed, file: fileName };
        await run.finish(toJson(summary));
        terminal.note(
          `${whole} of ${rows.length} conversations have ${turns} turns${formatReasons(failed, 'ended early: ')}`,
        );
        terminal.row(summary);
      },
    );
  },
});
