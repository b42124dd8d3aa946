import { InputError } from '../../errors.js';
import {
  controlDifficulties,
  controlDomains,
  controlLanguages,
  controlTasks,
} from '../../magpie/draw/control-words.js';
import { defineCommand } from '../declare/command.js';
import { flag, text, texts } from '../declare/option.js';
import { generateInRun } from '../generate-in-run.js';
import {
  countOption,
  maxTokensOption,
  modelOption,
  runOption,
  seedOption,
  temperatureOption,
  topPOption,
} from '../options/shared-options.js';
import { spendingOptions } from '../options/spending-options.js';
import { formatReasons } from '../show/format-reasons.js';
import { toJson } from '../show/to-json.js';

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
    task: text({ valueName: 'WORD=W,…', description: `kinds of problems by weight: ${controlTasks.join(', ')}` }),
    domain: text({ valueName: 'WORD=W,…', description: `domains by weight: ${controlDomains.join(', ')}` }),
    difficulty: text({ valueName: 'WORD=W,…', description: `levels by weight: ${controlDifficulties.join(', ')}` }),
    language: text({ valueName: 'WORD=W,…', description: `languages by weight: ${controlLanguages.join(', ')}` }),
    forbid: texts({
      valueName: 'TOKEN,…',
      description: 'texts of one token each that are never drawn; may be given again',
    }),
    'forbid-first': texts({
      valueName: 'TOKEN,…',
      description: 'the same for the first token of a problem alone; pocket and gguf:FILE can',
    }),
    'no-forbid': flag({
      description: "draw freely, also what the model's entry in configs/model_configs.json forbids",
    }),
    seed: seedOption,
    ...spendingOptions,
  },
  examples: [
    'mathpie magpie instruct --model pocket --count 200 --seed 7 --run runs/magpie',
    'mathpie magpie instruct --model vllm:Qwen/Qwen2.5-7B-Instruct --count 1000 --domain algebra=2,geometry --language en=3,ja --run runs/magpie',
  ],
  run: async ({ values, terminal, signal }) => {
    const { instruct } = await import('../../magpie/draw/instruct.js');
    const { readMix } = await import('../../magpie/draw/mix.js');
    const { task, domain, difficulty, language } = values;
    const settings = {
      mix: readMix({ task, domain, difficulty, language }),
      count: values.count,
      temperature: values.temperature,
      topP: values['top-p'],
      maxTokens: values['max-tokens'],
      systemPrompt: values['system-prompt'],
      seed: values.seed,
      ...readForbidden(values),
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

/** Undefined, where neither flag is given, leaves it to the model's own entry. */
function readForbidden(values: {
  readonly forbid: readonly string[];
  readonly 'forbid-first': readonly string[];
  readonly 'no-forbid': boolean;
}): { forbid?: readonly string[]; forbidFirst?: readonly string[] } {
  const [forbid, forbidFirst] = [values.forbid, values['forbid-first']].map((given) =>
    given.flatMap((list) => list.split(',')).filter((token) => token !== ''),
  );
  if (values['no-forbid']) {
    if (forbid?.length || forbidFirst?.length) {
      throw new InputError('Cannot use --no-forbid beside --forbid or --forbid-first: give one of them');
    }
    return { forbid: [] };
  }
  return { ...(forbid?.length ? { forbid } : {}), ...(forbidFirst?.length ? { forbidFirst } : {}) };
}
