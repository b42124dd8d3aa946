import { join } from 'node:path';
import { defineCommand } from '../command.js';
import { generateInRun } from '../generate-in-run.js';
import { loadProblems } from '../load-problems.js';
import { choice, integer } from '../option.js';
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
} from '../shared-options.js';
import { spendingOptions } from '../spending-options.js';
import { toJson } from '../to-json.js';

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
    'max-backward': integer({ description: 'backward questions a problem, at most', fallback: undefined, minimum: 1 }),
    temperature: temperatureOption(0.7),
    'top-p': topPOption,
    'max-tokens': maxTokensOption(1024),
    prompts: promptsOption,
    seed: seedOption,
    limit: limitOption,
    'skip-bad': skipBadOption,
    'strict-golds': strictGoldsOption,
    ...spendingOptions,
  },
  examples: [
    'mathpie augment --technique all --model pocket --data problems.jsonl --run runs/grown --repeat 4',
    'mathpie augment --technique rephrase --model http://localhost:8000/v1#qwen --data train.jsonl --dataset gsm8k --run runs/gsm8k',
  ],
  run: async ({ values, terminal, signal }) => {
    const { describeGolds } = await import('../../answers/require-golds.js');
    const { augment: augmentProblems } = await import('../../metamath/augment.js');
    const { problems, config } = await loadProblems({ values, needsAnswer: true, terminal });
    const settings = {
      technique: values.technique ?? 'all',
      dataset: values.dataset,
      repeat: values.repeat,
      answersPerRephrasing: values['answers-per-rephrasing'],
      maxBackward: values['max-backward'],
      temperature: values.temperature,
      topP: values['top-p'],
      maxTokens: values['max-tokens'],
      promptSet: values.prompts,
      seed: values.seed,
    };
    await generateInRun(
      {
        name: values.model,
        directory: values.run,
        stage: 'augment',
        config: (model) => toJson({ model: model.name, ...config, ...settings }),
        values,
        terminal,
      },
      async ({ model, run, terminal, onProgress }) => {
        const { yields } = await augmentProblems({
          ...settings,
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
