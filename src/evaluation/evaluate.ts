import { InputError } from '../errors.js';
import { named } from '../name-setting.js';
import type { Problem } from '../problems/problem.js';
import { answerTokensInWords } from '../steps/answer-tokens.js';
import { problemSettings } from '../steps/problem-settings.js';
import { responsePresets } from '../steps/response-presets.js';
import { choice, flag, integer, number, text, texts, words } from '../steps/setting.js';
import { promptsSetting, rewardSettings, samplingSettings } from '../steps/shared-settings.js';
import { defineStep, type ModelNames, neededModel, sortReasons } from '../steps/step.js';
import { defaultFields } from './breakdown-fields.js';
import { policySetting } from './policy-setting.js';

const presets = ['mathpie', 'deepseek-r1', 'metamath-gsm8k', 'metamath-math'] as const;
const graders = ['mathpie', 'metamath-gsm8k', 'metamath-math'] as const;

const settings = {
  ...problemSettings,
  dataset: choice({
    says: 'which data set this is',
    words: ['pocket', 'gsm8k', 'math', 'math500'],
    fallback: 'pocket',
  }),
  repeat: integer({
    valueName: 'K',
    says: 'answers a problem; with more than one also the majority vote',
    fallback: 1,
    minimum: 1,
    maximum: 1_000_000,
  }),
  bestBy: words({
    says: 'with several answers a problem: choose the best of k also by a reward model or a judge, beside the vote: reward, judge',
    words: ['reward', 'judge'],
    fallback: undefined,
    isBinding: false,
  }),
  temperature: number({
    valueName: 'T',
    says: '0 is greedy, as for one answer a problem when left out; 0.7 for more',
    fallback: undefined,
    minimum: 0,
    maximum: 5,
  }),
  topP: number({
    ...samplingSettings.topP,
    says: 'draw from the likeliest tokens that make up this share; 1 when left out, or the preset’s',
    fallback: undefined,
    minimum: 0.001,
    maximum: 1,
  }),
  preset: choice({
    says: 'a published evaluation: MetaMath’s (its template, stops, tokens and grader, with ours beside it), or how DeepSeek asks R1 (temperature 0.6, top-p 0.95, 32,768 tokens, boxed)',
    words: presets,
    fallback: 'mathpie',
  }),
  policy: policySetting(),
  compare: choice({
    says: 'a second grader for the same responses; the rows on which the two differ go to disagreements.jsonl',
    words: [...graders, 'hendrycks', 'strict'],
    fallback: undefined,
    isBinding: false,
  }),
  backward: flag({ says: 'ask backward questions made of the problems, as GSM8K-Backward is of GSM8K' }),
  by: texts({
    valueName: 'FIELD,…',
    says: 'fields of the rows to break accuracy down by, beside level, subject and steps; a path goes into objects: measured_difficulty.solve_rate',
    isBinding: false,
  }),
  train: text({
    valueName: 'FILE',
    isRead: true,
    isBinding: false,
    says: 'training rows: breaks accuracy down by the augmentation type of the row nearest to each question',
  }),
  trainEmbeddings: text({
    valueName: 'DIR',
    isRead: true,
    isBinding: false,
    says: 'nearest by meaning: what mathpie embed made of the training rows; needs those of the questions',
  }),
  dataEmbeddings: text({
    valueName: 'DIR',
    isRead: true,
    isBinding: false,
    says: 'what mathpie embed made of the questions',
  }),
  maxTokens: integer({
    says: `longest completion in tokens; when left out 512 or 2048 with a preset of MetaMath, else what the model needs: ${answerTokensInWords}`,
    fallback: undefined,
    minimum: 1,
    maximum: 1_000_000,
  }),
  prompts: promptsSetting,
  scores: { ...rewardSettings.scores, isBinding: false },
  rewardSettings: { ...rewardSettings.rewardSettings, isBinding: false },
};

/** Accuracy of a model on problems whose answers are known, with intervals and breakdowns; the longest answer by default is that of `answerTokens` (steps/answer-tokens.ts). */
export const evaluate = defineStep({
  name: 'evaluate',
  command: 'evaluate',
  says: 'Let a model solve problems, grade the answers, and break its accuracy down',
  examples: [
    'evaluate --model pocket --data problems.jsonl --run runs/pocket',
    'evaluate --model openai:gpt-5-mini --data gsm8k/test.jsonl --dataset gsm8k --limit 200 --run runs/mini',
    'evaluate --model vllm:meta-math/MetaMath-7B-V1.0 --data gsm8k/test.jsonl --preset metamath-gsm8k --run runs/m7',
    'evaluate --model pocket --data problems.jsonl --backward --train mixed.jsonl --run runs/backward',
  ],
  takes: {},
  gives: ['graded'],
  isRepeated: true,
  models: {
    model: { role: 'evaluated', says: 'who is evaluated', isRequired: true },
    judge: { role: 'judge', says: 'for the best by judge: the model that judges' },
    rewardModel: {
      role: 'rewards',
      says: 'for the best by reward: OWNER/NAME or a folder, such as Qwen/Qwen2.5-Math-RM-72B',
      isScript: true,
    },
  },
  settings,
  check: (values, { models }) => {
    const fault = faultOf(values) ?? faultOfBest(values, models);
    if (fault !== undefined) throw new InputError(`Cannot evaluate: ${fault}`);
  },
  resolve: async ({ data = '', prompts, ...values }, { models: { model = '' }, problemLanguage }) => {
    const { choosePromptSet } = await import('../steps/choose-prompt-set.js');
    const { describeData } = await import('../problems/load-problems.js');
    // A published evaluation has a template of its own
    const promptSet =
      values.preset === 'mathpie' || values.preset === 'deepseek-r1'
        ? choosePromptSet({ name: model }, prompts, undefined, problemLanguage)
        : undefined;
    const named = promptSet === undefined ? undefined : `${promptSet.name}@${promptSet.version}`;
    const temperature = values.temperature ?? presetOf(values.preset)?.temperature ?? usualTemperature(values.repeat);
    return { ...values, temperature, prompts: named, ...(await describeData(data)) };
  },
  // Who chooses among the answers is another stage: one model is loaded at a time
  parts: (values, { model, judge, rewardModel }) => {
    const { bestBy = [] } = values;
    const asked = { stage: 'evaluate', values, models: { model } };
    if (bestBy.length === 0) return [asked];
    const choosers = {
      judge: bestBy.includes('judge') ? judge : undefined,
      rewardModel: bestBy.includes('reward') ? rewardModel : undefined,
    };
    return [asked, { stage: `evaluate-best-${[...new Set(bestBy)].sort().join('-')}`, values, models: choosers }];
  },
  before: async (given) => (await import('./best-of-step.js')).rewardBest(given),
  // The same answers, compared by another grader
  inputs: async ({ compare, by }): Promise<{ readonly [name: string]: string }> => ({
    ...(compare === undefined ? {} : { compare }),
    ...(by.length === 0 ? {} : { by: fieldsOf(by).join(',') }),
  }),
  work: async (given) => {
    if (given.models.model === undefined) return (await import('./best-of-step.js')).chooseBestAnswers(given);
    const { evaluate } = await import('./evaluate-problems.js');
    const { chooseEvaluation } = await import('./choose-evaluation.js');
    const { findNearest, prepareProblems } = await import('./prepare-problems.js');
    const { formatBreakdown } = await import('./format-accuracy.js');
    const { loadProblems } = await import('../problems/load-problems.js');
    const { describeGolds } = await import('../answers/grade/require-golds.js');
    const { tellForeign } = await import('../problems/pocket/tell-foreign.js');
    const { asked, run, seed, problemLanguage, signal, onProgress, onNote } = given;
    const { data = '', skip, limit, skipBad, dataset, strictGolds, repeat: samples, temperature } = asked;
    const by = fieldsOf(asked.by);
    const model = neededModel(given);
    const read = await loadProblems({
      data,
      skip,
      limit,
      skipBad,
      dataset,
      needsAnswer: true,
      fields: by,
      split: 'test',
      onNote,
    });
    requireFields(read, { by, data });
    const how = await chooseEvaluation(asked, { model, problemLanguage, onNote });
    const problems = await prepareProblems(read, { ...asked, seed, words: how.words, onNote });
    const nearest = await findNearest(problems, { ...asked, signal, onNote });
    const foreign = tellForeign(read, { model: model.name }) ?? [];
    // Behind the check of golds, which may refuse the data
    const onGolds: Parameters<typeof evaluate>[0]['onGolds'] = (golds) =>
      [foreign, describeGolds(golds)].flat().forEach(onNote);
    const { topP = how.topP } = asked;
    const warmth = temperature ?? how.temperature;
    const drawn = {
      samples,
      by,
      ...(warmth === undefined ? {} : { temperature: warmth }),
      ...(topP === undefined ? {} : { topP }),
    };
    const told = { run, strictGolds, onGolds, onProgress, ...(signal === undefined ? {} : { signal }) };
    const { rows, summary, files } = await evaluate({ model, problems, ...how, ...drawn, ...nearest, ...told });
    const { n, correct } = summary;
    const [said = '', ...parts] = formatBreakdown(summary);
    const lost = sortReasons({ wrong: n - correct });
    return {
      rows: { graded: rows },
      counts: { unit: 'answers', input: n, output: correct, lost, said },
      summary: { ...summary },
      lines: [summary],
      notes: [said, ...parts, `Wrote ${files.join(' and ')}`, ...tellCut(summary, how.maxTokens)],
    };
  },
});

/** What the best of k lacks. */
function faultOfBest(
  { bestBy = [], repeat }: { readonly bestBy?: readonly string[] | undefined; readonly repeat: number },
  { judge, rewardModel }: ModelNames,
): string | undefined {
  if (bestBy.length > 0 && repeat < 2) {
    return `the best of one answer is that answer; give ${named('repeat')} K with ${named('bestBy')}`;
  }
  if (bestBy.includes('judge') && judge === undefined) {
    return `nobody judges; give ${named('judge')} MODEL, or choose by others`;
  }
  if (bestBy.includes('reward') && rewardModel === undefined) {
    return `no reward model is named; give ${named('rewardModel')} MODEL, also beside ${named('scores')}`;
  }
  return undefined;
}

/** More than this share of answers cut, and the accuracy tells of the limit. */
const mostCut = 0.05;

function tellCut({ truncated, n }: { readonly truncated: number; readonly n: number }, limit: number): string[] {
  if (n === 0 || truncated / n <= mostCut) return [];
  const share = ((100 * truncated) / n).toFixed(1);
  return [
    `${share} % of the answers were cut at ${limit} tokens, and what they had not said by then counts as wrong; raise ${named('maxTokens')} and begin another run`,
  ];
}

/** The published sampling behind a preset; those of MetaMath are greedy. */
const presetOf = (preset: (typeof presets)[number]): { readonly temperature: number } | undefined =>
  preset === 'deepseek-r1' ? responsePresets[preset] : undefined;

/** Names with commas between them. */
const fieldsOf = (by: readonly string[]): readonly string[] =>
  by.flatMap((names) => names.split(',')).flatMap((name) => name.trim() || []);

/** Before anything is asked: a field that no row has would break down nothing. */
function requireFields(
  problems: readonly Problem[],
  { by, data }: { readonly by: readonly string[]; readonly data: string },
): void {
  const known: readonly string[] = defaultFields;
  const absent = by.find((name) => !known.includes(name) && !problems.some(({ fields = {} }) => name in fields));
  if (absent === undefined) return;
  throw new InputError(
    `Cannot break accuracy down by ${absent}: no row of ${data} has a field of that name that is a text, a number or a truth value; correct ${named('by')}`,
    { file: data },
  );
}

/** Greedy samples would all be the same. */
export function usualTemperature(samples: number): number {
  return samples > 1 ? 0.7 : 0;
}

function faultOf(values: {
  readonly preset: string;
  readonly policy: object | undefined;
  readonly compare: string | undefined;
  readonly prompts: string | undefined;
  readonly train: string | undefined;
  readonly trainEmbeddings: string | undefined;
  readonly dataEmbeddings: string | undefined;
}): string | undefined {
  const { preset, policy, compare, prompts, train, trainEmbeddings, dataEmbeddings } = values;
  if (preset !== 'mathpie' && prompts !== undefined) {
    return `preset ${preset} has its own template; leave out ${named('prompts')} or ${named('preset')}`;
  }
  if (policy !== undefined && preset !== 'mathpie' && compare !== undefined && compare !== 'mathpie') {
    return `neither ${preset} nor ${compare} has policies; leave out ${named('policy')}`;
  }
  if (compare === preset && policy === undefined) {
    return `${named('compare')} ${compare} is the grader itself; name another one`;
  }
  if ((trainEmbeddings === undefined) !== (dataEmbeddings === undefined)) {
    return `${named('trainEmbeddings')} and ${named('dataEmbeddings')} belong together; give both`;
  }
  if (trainEmbeddings !== undefined && train === undefined) {
    return `the embeddings lack the types of their rows; give ${named('train')} FILE as well`;
  }
  return undefined;
}
