import { join } from 'node:path';
import { InputError } from '../errors.js';
import { named } from '../name-setting.js';
import { formatReasons } from '../steps/format-reasons.js';
import { datasetSetting, problemSettings } from '../steps/problem-settings.js';
import { answerDefaults } from '../steps/response-presets.js';
import { choice, flag, integer, number } from '../steps/setting.js';
import { promptsSetting, samplingSettings } from '../steps/shared-settings.js';
import { defineStep, neededModel, sortReasons } from '../steps/step.js';
import { techniques } from './augmented-row.js';
import type { TechniqueYield } from './count-yield.js';
import { partSetting } from './part-setting.js';

const settings = {
  technique: {
    ...choice({
      says: 'how to grow them',
      words: [...techniques, 'all'],
      fallback: undefined,
    }),
    isRequired: true,
  },
  ...problemSettings,
  dataset: datasetSetting,
  repeat: integer({
    valueName: 'K',
    says: 'answers a question; for rephrase: rephrasings a problem',
    fallback: 1,
    minimum: 1,
    maximum: 1_000_000,
  }),
  answersPerRephrasing: integer({
    valueName: 'K',
    says: 'answers a rephrased question',
    fallback: 1,
    minimum: 1,
    maximum: 1_000_000,
  }),
  on: choice({
    says: 'what backward questions are made of',
    words: ['questions', 'rephrased'],
    fallback: 'questions',
  }),
  rephrasings: integer({
    valueName: 'K',
    says: 'where they are made of rephrasings: rephrasings a problem',
    fallback: 1,
    minimum: 1,
    maximum: 1_000_000,
  }),
  maxBackward: integer({ says: 'backward questions a problem, at most', fallback: undefined, minimum: 1 }),
  temperature: number({ valueName: 'T', says: '0 is greedy', fallback: 0.7, minimum: 0, maximum: 5 }), // MetaMath's
  topP: samplingSettings.topP,
  maxTokens: integer({
    says: 'longest completion in tokens',
    fallback: answerDefaults.maxTokens,
    minimum: 1,
    maximum: 1_000_000,
  }),
  prompts: promptsSetting,
  part: partSetting(),
  retryFailed: flag({
    says: 'ask again for all that failed in the run directory, also for good (what failed in passing is asked for anyway)',
    isBinding: false,
  }),
};

/** Rows grown from problems by MetaMath's techniques (Yu et al. 2023, arXiv 2309.12284, section 3), each answer graded. */
export const augment = defineStep({
  name: 'augment',
  command: 'augment',
  says: 'Grow problems by MetaMath’s techniques and grade every answer',
  examples: [
    'augment --technique all --model pocket --data problems.jsonl --run runs/grown --repeat 4',
    'augment --technique fobar --on rephrased --part 3/8 --model openai:gpt-5-mini --data train.jsonl --dataset gsm8k --run runs/fobar-3',
    'augment --technique rephrase --model http://localhost:8000/v1#qwen --data train.jsonl --dataset gsm8k --run runs/gsm8k',
  ],
  takes: {},
  gives: ['grown', 'kept'],
  isRepeated: true,
  models: { model: { role: 'answers', says: 'who rephrases, states and answers', isRequired: true } },
  settings,
  check: ({ technique, on }) => {
    if (on !== 'rephrased' || (technique !== 'answers' && technique !== 'rephrase')) return;
    throw new InputError(
      `Cannot use ${named('on')} rephrased with ${named('technique')} ${technique}: it is for self-verification, fobar and all; leave it out`,
    );
  },
  resolve: async (values, { models: { model = '' }, problemLanguage }) => {
    const { describeData } = await import('../problems/load-problems.js');
    const { recognizeDataset } = await import('../problems/recognize-dataset.js');
    const { choosePromptSet } = await import('../steps/choose-prompt-set.js');
    const dataset = values.dataset ?? (await recognizeDataset(values.data ?? ''));
    const promptSet = choosePromptSet({ name: model }, values.prompts, dataset, problemLanguage);
    const { on, rephrasings, data: _, part, ...more } = values;
    return {
      ...more,
      dataset,
      ...(on === 'rephrased' ? { on, rephrasings } : {}),
      part: part === undefined ? undefined : `${part.index}/${part.count}`,
      prompts: `${promptSet.name}@${promptSet.version}`,
      ...(await describeData(values.data ?? '')),
    };
  },
  isDoneAgain: ({ retryFailed }) => retryFailed,
  checkPlan: ({ retryFailed }) => {
    if (!retryFailed) return;
    throw new InputError(
      `Cannot use ${named('retryFailed')} in a dry run: it would change the run directory; leave one of them out`,
    );
  },
  prepare: async ({ retryFailed }, { directory, onNote }) => {
    if (!retryFailed) return;
    const { setAsideFailed } = await import('../runs/set-aside-failed.js');
    const { augmentStages } = await import('./grow-problems.js');
    const count = await setAsideFailed(directory, { stages: augmentStages });
    onNote(`Failed records to be asked for again: ${count}`);
  },
  work: async (given) => {
    const { augment } = await import('./grow-problems.js');
    const { describeGolds } = await import('../answers/grade/require-golds.js');
    const { loadProblems } = await import('../problems/load-problems.js');
    const { recognizeDataset } = await import('../problems/recognize-dataset.js');
    const { takePart } = await import('../problems/take-part.js');
    const { choosePromptSet } = await import('../steps/choose-prompt-set.js');
    const { run, seed, signal, problemLanguage, onProgress, onNote } = given;
    const { data = '', part, prompts, skip, limit, skipBad, technique = 'all', ...settings } = given.asked;
    const dataset = settings.dataset ?? (await recognizeDataset(data));
    const all = await loadProblems({ data, skip, limit, skipBad, dataset, needsAnswer: true, split: 'train', onNote });
    const problems = part === undefined ? all : takePart(all, part);
    if (part) onNote(`Part ${part.index} of ${part.count}: ${problems.length} of ${all.length} problems`);
    const model = neededModel(given);
    const { tellForeign } = await import('../problems/pocket/tell-foreign.js');
    const foreign = tellForeign(problems, { model: model.name }) ?? [];
    const promptSet = choosePromptSet(model, prompts, dataset, problemLanguage);
    // Behind the check of golds, which may refuse the data
    const onGolds: Parameters<typeof augment>[0]['onGolds'] = (golds) =>
      [foreign, describeGolds(golds)].flat().forEach(onNote);
    const asked = {
      ...settings,
      dataset,
      technique,
      promptSet,
      problems,
      run,
      model,
      seed,
      signal,
      onProgress,
      onGolds,
    };
    const { rows, yields } = await augment(asked);
    const kept = rows.filter(({ status }) => status === 'kept');
    return {
      rows: { grown: rows, kept },
      counts: { unit: 'answers', input: rows.length, output: kept.length, lost: sortReasons(countLost(yields)) },
      summary: { yields },
      lines: yields,
      notes: [
        ...yields.map(describeYield),
        `The kept rows are in ${join(run.directory, 'rows.jsonl')}, all of them in graded.jsonl beside it`,
      ],
    };
  },
});

function describeYield({ type, asked, kept, generated, accuracy, failed }: TechniqueYield): string {
  const right = accuracy === null ? '' : `, ${(100 * accuracy).toFixed(1)} % of ${generated} answers right`;
  return `${type}: ${kept} rows kept of ${asked} asked${right}${formatReasons(failed, 'left out: ')}`;
}

function countLost(yields: readonly TechniqueYield[]): Record<string, number> {
  const lost: Record<string, number> = {};
  const add = (reason: string, count: number): void => {
    lost[reason] = (lost[reason] ?? 0) + count;
  };
  for (const { wrong, duplicate, failed } of yields) {
    add('wrong answer', wrong);
    add('duplicate', duplicate);
    for (const [reason, count] of Object.entries(failed)) add(reason, count);
  }
  return lost;
}
