import { InputError } from '../errors.js';
import { named } from '../name-setting.js';
import { problemSettings } from '../steps/problem-settings.js';
import { answerDefaults } from '../steps/response-presets.js';
import { choice, flag, integer, number, text } from '../steps/setting.js';
import { promptsSetting } from '../steps/shared-settings.js';
import { defineStep, neededModel, sortReasons } from '../steps/step.js';
import { policySetting } from './policy-setting.js';

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
  temperature: number({
    valueName: 'T',
    says: '0 is greedy, as for one answer a problem when left out; 0.7 for more',
    fallback: undefined,
    minimum: 0,
    maximum: 5,
  }),
  preset: choice({
    says: 'the published evaluation of MetaMath: its template, stops, tokens and grader, with ours beside it',
    words: graders,
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
    says: `longest completion in tokens; ${answerDefaults.maxTokens} when left out, 512 or 2048 with a preset of MetaMath`,
    fallback: undefined,
    minimum: 1,
    maximum: 1_000_000,
  }),
  prompts: promptsSetting,
};

/** Accuracy of a model on problems whose answers are known, with intervals and breakdowns; the longest answer by default is that of `answerDefaults` (response-presets.ts). */
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
  models: { model: { role: 'evaluated', says: 'who is evaluated', isRequired: true } },
  settings,
  check: (values) => {
    const fault = faultOf(values);
    if (fault !== undefined) throw new InputError(`Cannot evaluate: ${fault}`);
  },
  resolve: async ({ data = '', prompts, ...values }, { models: { model = '' }, language }) => {
    const { choosePromptSet } = await import('../steps/choose-prompt-set.js');
    const { describeData } = await import('../problems/load-problems.js');
    // A published evaluation has a template of its own
    const promptSet =
      values.preset === 'mathpie' ? choosePromptSet({ name: model }, prompts, undefined, language) : undefined;
    const named = promptSet === undefined ? undefined : `${promptSet.name}@${promptSet.version}`;
    const temperature = values.temperature ?? usualTemperature(values.repeat);
    return { ...values, temperature, prompts: named, ...(await describeData(data)) };
  },
  // The same answers, compared by another grader
  inputs: async ({ compare }): Promise<{ readonly [name: string]: string }> =>
    compare === undefined ? {} : { compare },
  work: async (given) => {
    const { evaluate } = await import('./evaluate-problems.js');
    const { chooseEvaluation } = await import('./choose-evaluation.js');
    const { findNearest, prepareProblems } = await import('./prepare-problems.js');
    const { formatBreakdown } = await import('./format-accuracy.js');
    const { loadProblems } = await import('../problems/load-problems.js');
    const { describeGolds } = await import('../answers/grade/require-golds.js');
    const { asked, run, seed, language, signal, onProgress, onNote } = given;
    const { data = '', limit, skipBad, dataset, strictGolds, repeat: samples, temperature } = asked;
    const model = neededModel(given);
    const read = await loadProblems({ data, limit, skipBad, dataset, needsAnswer: true, split: 'test', onNote });
    const how = await chooseEvaluation(asked, { model, language, onNote });
    const problems = await prepareProblems(read, { ...asked, seed, words: how.words, onNote });
    const nearest = await findNearest(problems, { ...asked, signal, onNote });
    const onGolds: Parameters<typeof evaluate>[0]['onGolds'] = (golds) => describeGolds(golds).forEach(onNote);
    const drawn = { samples, ...(temperature === undefined ? {} : { temperature }) };
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
      notes: [said, ...parts, `Wrote ${files.join(' and ')}`],
    };
  },
});

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
