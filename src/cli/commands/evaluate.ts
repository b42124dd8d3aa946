import type { LanguageModel } from '../../models/language-model.js';
import { defineCommand } from '../declare/command.js';
import { choice, decimal } from '../declare/option.js';
import { generateInRun } from '../generate-in-run.js';
import { loadProblems } from '../load-problems.js';
import { checkEvaluationValues, chooseEvaluation, evaluationOptions } from '../options/evaluation-options.js';
import {
  countOption,
  dataOption,
  datasetWords,
  limitOption,
  modelOption,
  promptsOption,
  runOption,
  seedOption,
  skipBadOption,
  strictGoldsOption,
} from '../options/shared-options.js';
import { spendingOptions } from '../options/spending-options.js';
import { findNearest, prepareProblems } from '../prepare-problems.js';
import { formatBreakdown } from '../show/format-accuracy.js';

export const evaluate = defineCommand({
  name: 'evaluate',
  summary: 'Let a model solve problems, grade the answers, and break its accuracy down',
  usage: '--model MODEL --data FILE --run DIR [options]',
  options: {
    model: modelOption,
    data: dataOption,
    run: runOption,
    dataset: choice({ description: 'which data set this is', words: [...datasetWords, 'math500'], fallback: 'pocket' }),
    repeat: countOption('answers a problem; with more than one also the majority vote', 1),
    temperature: decimal({
      valueName: 'T',
      description: '0 is greedy; 0 for one answer a problem and 0.7 for more when left out',
      fallback: undefined,
      minimum: 0,
      maximum: 5,
    }),
    ...evaluationOptions,
    prompts: promptsOption,
    seed: seedOption,
    limit: limitOption,
    'skip-bad': skipBadOption,
    'strict-golds': strictGoldsOption,
    ...spendingOptions,
  },
  examples: [
    'mathpie evaluate --model pocket --data problems.jsonl --run runs/pocket',
    'mathpie evaluate --model openai:gpt-5-mini --data gsm8k/test.jsonl --dataset gsm8k --limit 200 --run runs/mini',
    'mathpie evaluate --model vllm:meta-math/MetaMath-7B-V1.0 --data gsm8k/test.jsonl --preset metamath-gsm8k --run runs/m7',
    'mathpie evaluate --model pocket --data problems.jsonl --backward --train mixed.jsonl --run runs/backward',
  ],
  run: async ({ values, terminal, signal }) => {
    const {
      evaluate: evaluateProblems,
      evaluateStage,
      evaluationConfig,
    } = await import('../../evaluation/evaluate-problems.js');
    const { describeGolds } = await import('../../answers/grade/require-golds.js');
    checkEvaluationValues(values);
    const { problems: read, config } = await loadProblems({ values, needsAnswer: true, terminal });
    const problems = await prepareProblems(read, { values, terminal });
    const nearest = await findNearest(problems, { values, terminal, signal });
    const settle = async (model: LanguageModel) => ({
      problems,
      ...(await chooseEvaluation(values, { model, terminal })),
      samples: values.repeat,
      ...(values.temperature === undefined ? {} : { temperature: values.temperature }),
    });
    let settings: Awaited<ReturnType<typeof settle>>;
    const configure = async (model: LanguageModel) => {
      settings = await settle(model);
      const resolved = evaluationConfig({ ...settings, model, seed: values.seed });
      const data = { dataset: values.dataset, data: config.data };
      return { ...resolved, ...data, ...(values.backward && { backward: true }) };
    };
    await generateInRun(
      { name: values.model, directory: values.run, stage: evaluateStage, config: configure, values, terminal },
      async ({ model, run, terminal, onProgress }) => {
        const { summary, files } = await evaluateProblems({
          ...settings,
          ...nearest,
          model,
          run,
          strictGolds: values['strict-golds'],
          onGolds: (golds) => describeGolds(golds).forEach(terminal.note),
          signal,
          onProgress,
        });
        const { n, correct, accuracy } = summary;
        await run.finish({ n, correct, accuracy });
        for (const line of formatBreakdown(summary)) terminal.note(line);
        terminal.note(`Wrote ${files.join(' and ')}`);
        terminal.row(summary);
      },
    );
  },
});
