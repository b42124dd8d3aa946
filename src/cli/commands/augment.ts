import { join } from 'node:path';
import { InputError } from '../../errors.js';
import { defineCommand } from '../declare/command.js';
import { choice, flag, integer } from '../declare/option.js';
import { generateInRun } from '../generate-in-run.js';
import { loadProblems } from '../load-problems.js';
import { partOption } from '../options/part-option.js';
import {
  countOption,
  dataOption,
  datasetWords,
  limitOption,
  maxTokensOption,
  modelOption,
  promptsOption,
  runOption,
  seedOption,
  skipBadOption,
  strictGoldsOption,
  temperatureOption,
  topPOption,
} from '../options/shared-options.js';
import { spendingOptions } from '../options/spending-options.js';
import { toJson } from '../show/to-json.js';

export const augment = defineCommand({
  name: 'augment',
  summary: 'Grow problems by MetaMath’s techniques and grade every answer',
  usage: '--technique WORD --model MODEL --data FILE --run DIR [options]',
  options: {
    technique: choice({
      description: 'how to grow them',
      words: ['answers', 'rephrase', 'self-verification', 'fobar', 'all'],
      fallback: undefined,
      isRequired: true,
    }),
    model: modelOption,
    data: dataOption,
    run: runOption,
    dataset: choice({ description: 'names the types of the rows', words: datasetWords, fallback: 'pocket' }),
    repeat: countOption('answers a question; for rephrase: rephrasings a problem', 1),
    'answers-per-rephrasing': countOption('answers a rephrased question', 1),
    on: choice({
      description: 'what backward questions are made of',
      words: ['questions', 'rephrased'],
      fallback: 'questions',
    }),
    rephrasings: countOption('with --on rephrased: rephrasings a problem', 1),
    'max-backward': integer({ description: 'backward questions a problem, at most', fallback: undefined, minimum: 1 }),
    temperature: temperatureOption(0.7),
    'top-p': topPOption,
    'max-tokens': maxTokensOption(1024),
    prompts: promptsOption,
    seed: seedOption,
    limit: limitOption,
    part: partOption,
    'retry-failed': flag({ description: 'ask again for what failed in the run directory' }),
    'skip-bad': skipBadOption,
    'strict-golds': strictGoldsOption,
    ...spendingOptions,
  },
  examples: [
    'mathpie augment --technique all --model pocket --data problems.jsonl --run runs/grown --repeat 4',
    'mathpie augment --technique fobar --on rephrased --part 3/8 --model openai:gpt-5-mini --data train.jsonl --dataset gsm8k --run runs/fobar-3',
    'mathpie augment --technique rephrase --model http://localhost:8000/v1#qwen --data train.jsonl --dataset gsm8k --run runs/gsm8k',
  ],
  run: async ({ values, terminal, signal }) => {
    const { describeGolds } = await import('../../answers/grade/require-golds.js');
    const { augment: augmentProblems, augmentStages } = await import('../../metamath/grow-problems.js');
    const { choosePromptSet } = await import('../../steps/choose-prompt-set.js');
    const { takePart } = await import('../../problems/take-part.js');
    checkCombinations(values);
    const { problems: all, config } = await loadProblems({ values, needsAnswer: true, terminal });
    const { part, on } = values;
    const problems = part === undefined ? all : takePart(all, part);
    if (part) terminal.note(`Part ${part.index} of ${part.count}: ${problems.length} of ${all.length} problems`);
    if (values['retry-failed']) {
      const { setAsideFailed } = await import('../../runs/set-aside-failed.js');
      terminal.note(
        `Failed records to be asked for again: ${await setAsideFailed(values.run, { stages: augmentStages })}`,
      );
    }
    const settings = {
      technique: values.technique ?? 'all',
      ...(on === 'rephrased' && { on, rephrasings: values.rephrasings }),
      dataset: values.dataset,
      repeat: values.repeat,
      answersPerRephrasing: values['answers-per-rephrasing'],
      maxBackward: values['max-backward'],
      temperature: values.temperature,
      topP: values['top-p'],
      maxTokens: values['max-tokens'],
      seed: values.seed,
    };
    const promptSetFor = (model: { readonly name: string }) =>
      choosePromptSet(model, values.prompts, values.dataset, terminal.language);
    await generateInRun(
      {
        name: values.model,
        directory: values.run,
        stage: 'augment',
        config: (model) => {
          const { name, version } = promptSetFor(model);
          const taken = part && `${part.index}/${part.count}`;
          return toJson({ model: model.name, ...config, part: taken, prompts: `${name}@${version}`, ...settings });
        },
        values,
        terminal,
      },
      async ({ model, run, terminal, onProgress }) => {
        const { yields } = await augmentProblems({
          ...settings,
          promptSet: promptSetFor(model),
          problems,
          model,
          run,
          strictGolds: values['strict-golds'],
          onGolds: (golds) => describeGolds(golds).forEach(terminal.note),
          signal,
          onProgress,
        });
        await run.finish(toJson({ yields }));
        for (const { type, asked, kept, generated, accuracy } of yields) {
          const right = accuracy === null ? '' : `, ${(100 * accuracy).toFixed(1)} % of ${generated} answers right`;
          terminal.note(`${type}: ${kept} rows kept of ${asked} asked${right}`);
        }
        terminal.note(
          `The kept rows are in ${join(run.directory, 'rows.jsonl')}, all of them in graded.jsonl beside it`,
        );
        for (const row of yields) terminal.row(row);
      },
    );
  },
});

/** Flags that would change nothing, or that contradict each other. */
function checkCombinations({
  technique,
  on,
  'dry-run': isDryRun,
  'retry-failed': retries,
}: {
  technique: string | undefined;
  on: string;
  'dry-run': boolean;
  'retry-failed': boolean;
}): void {
  if (on === 'rephrased' && (technique === 'answers' || technique === 'rephrase')) {
    throw new InputError(
      `Cannot use --on rephrased with --technique ${technique}: it is for self-verification, fobar and all; leave it out`,
    );
  }
  if (isDryRun && retries) {
    throw new InputError(
      'Cannot use --retry-failed in a dry run: it would change the run directory; leave one of them out',
    );
  }
}
