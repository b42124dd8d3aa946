import { InputError } from '../../errors.js';
import { named } from '../../name-setting.js';
import { instructionTokens, instructionTokensInWords } from '../../steps/answer-tokens.js';
import { formatReasons } from '../../steps/format-reasons.js';
import { flag, integer, number, text, texts } from '../../steps/setting.js';
import { samplingSettings, wordingTokens } from '../../steps/shared-settings.js';
import { defineStep, neededModel, sortReasons } from '../../steps/step.js';
import { controlDifficulties, controlDomains, controlLanguages, controlTasks } from './control-words.js';
import { flamingFactor } from './flaming-tokens.js';
import { partsSetting } from './mix-parts.js';
import { drawsOfGrid } from './probe-grid.js';

const settings = {
  count: integer({ says: 'problems to accept', fallback: 100, minimum: 1, maximum: 10_000_000 }),
  temperature: number({ says: '0 is greedy', valueName: 'T', fallback: 1, minimum: 0, maximum: 5 }),
  topP: samplingSettings.topP,
  minP: samplingSettings.minP,
  repetitionPenalty: samplingSettings.repetitionPenalty,
  flamingTokens: flag({
    says: `draw the first token ${flamingFactor} times as warm as the rest, as the original does of Qwen2.5-Math; pocket, gguf:FILE and vLLM can`,
  }),
  preQuery: text({
    valueName: 'TEXT',
    says: 'the text in front of an open user turn, where neither the model nor configs/ tells it; \\n is a line end',
  }),
  maxTokens: integer({
    says: `longest problem in tokens (default: ${instructionTokensInWords})`,
    fallback: undefined,
    minimum: 1,
    maximum: 1_000_000,
  }),
  systemPrompt: text({ says: 'stands in front of the user turn' }),
  task: text({
    valueName: 'WORD=W,…',
    says: `kinds of problems by weight, code and translation as in the original: ${controlTasks.join(', ')}`,
  }),
  domain: text({ valueName: 'WORD=W,…', says: `domains by weight: ${controlDomains.join(', ')}` }),
  difficulty: text({ valueName: 'WORD=W,…', says: `levels by weight: ${controlDifficulties.join(', ')}` }),
  problemLanguage: text({
    valueName: 'WORD=W,…',
    says: `languages by weight: ${controlLanguages.join(', ')}`,
  }),
  parts: partsSetting(),
  forbid: texts({ valueName: 'TOKEN,…', says: 'texts of one token each that are never drawn; may be given again' }),
  forbidFirst: texts({
    valueName: 'TOKEN,…',
    says: 'the same for the first token of a problem alone; pocket and gguf:FILE can',
  }),
  noForbid: flag({ says: "draw freely, also what the model's entry in configs/model_configs.json forbids" }),
  noCut: flag({
    says: 'refuse a problem under which the model wrote its answer; without this the text is cut in front of the answer, and kept where the rest is a whole problem',
  }),
  leastLikelihood: number({
    says: 'leave out texts whose tokens are on average less likely under the model that wrote them (natural logarithm); asked of models in this process but our own, and of vLLM',
    valueName: 'X',
    fallback: -2.6,
    minimum: -30,
    maximum: 0,
  }),
  maxCandidates: integer({
    flag: 'max-draws',
    // The same texts come in the same order, and a run that gave up goes on with more
    isBinding: false,
    says: `give up after so many drawn texts; 50 and 8 for each problem when left out; of a probe those of all its points, ${drawsOfGrid} when left out`,
    fallback: undefined,
    minimum: 1,
  }),
  probe: flag({
    says: 'accept nothing: draw some texts at each point of a small grid of temperature, top-p and min-p, tell yield, distinctness and cost, and propose one; with --dry-run a few requests alone',
  }),
};

/** Problems from nothing but an open user turn (Magpie, Xu et al. 2024, section 2). */
export const instruct = defineStep({
  name: 'instruct',
  command: 'magpie instruct',
  says: 'Let a model write problems from nothing but an open user turn',
  examples: [
    'magpie instruct --model pocket --count 200 --seed 7 --run runs/magpie',
    'magpie instruct --model vllm:Qwen/Qwen2.5-7B-Instruct --count 1000 --domain algebra=2,geometry --problem-language en=3,ja --run runs/magpie',
  ],
  takes: {},
  gives: ['instructions'],
  models: { model: { role: 'problems', says: 'who writes the problems', isRequired: true } },
  settings,
  tokens: ({ maxTokens }, { models: { problems = '' } }) => wordingTokens + (maxTokens ?? instructionTokens(problems)),
  check: ({
    parts,
    preQuery,
    systemPrompt,
    task,
    domain,
    difficulty,
    problemLanguage,
    noForbid,
    forbid,
    forbidFirst,
  }) => {
    const isSteered = [task, domain, difficulty, problemLanguage].some((words) => words !== undefined);
    if (parts !== undefined && (systemPrompt !== undefined || isSteered)) {
      throw new InputError(
        `Cannot use ${named('systemPrompt')} or kinds of problems beside ${named('parts')}, which write their own; leave one of them out`,
      );
    }
    if (preQuery !== undefined && (systemPrompt !== undefined || isSteered || parts !== undefined)) {
      throw new InputError(
        `Cannot use ${named('preQuery')} beside a system prompt or kinds of problems, which stand inside it; write them into the text`,
      );
    }
    if (noForbid && forbid.length + forbidFirst.length > 0) {
      throw new InputError(
        `Cannot use ${named('noForbid')} beside ${named('forbid')} or ${named('forbidFirst')}: give one of them`,
      );
    }
  },
  checkInRecipe: ({ probe }) => {
    if (probe)
      throw new InputError(`Cannot use ${named('probe')} in a recipe: it accepts no problems; give it to the command`);
  },
  resolve: async (
    { task, domain, difficulty, problemLanguage, parts, forbid, forbidFirst, noForbid, ...values },
    { models: { model = '' } },
  ) => {
    const { readMix } = await import('./mix.js');
    return {
      ...values,
      maxTokens: values.maxTokens ?? instructionTokens(model),
      preQuery: values.preQuery?.replaceAll('\\n', '\n'),
      mix: parts ?? readMix({ task, domain, difficulty, language: problemLanguage }),
      // Undefined leaves it to the model's own entry
      forbid: noForbid ? [] : listTokens(forbid),
      forbidFirst: noForbid ? undefined : listTokens(forbidFirst),
    };
  },
  stage: ({ probe }) => (probe ? 'probe' : 'instruct'),
  work: async (given) => {
    if (given.settings.probe) return (await import('./probe-step.js')).probe(given);
    const { instruct } = await import('./draw-instructions.js');
    const { settings, run, seed, signal, onProgress, onNote: onYield } = given;
    const made = await instruct({ ...settings, run, onYield, model: neededModel(given), seed, signal, onProgress });
    const { rows, candidates, rejected } = made;
    const surplus = candidates.filter(({ verdict }) => verdict === 'surplus').length;
    const lost = sortReasons({ ...rejected, 'more than asked for': surplus });
    return {
      rows: { instructions: rows },
      counts: { unit: 'texts', input: candidates.length, output: rows.length, lost },
      summary: { stage: 'instruct', rows: rows.length, drawn: candidates.length, rejected },
      notes: [`${rows.length} problems of ${candidates.length} drawn${formatReasons(rejected, 'rejected: ')}`],
    };
  },
});

/** Names with commas between them, of every flag that was given. */
function listTokens(given: readonly string[]): readonly string[] | undefined {
  const tokens = given.flatMap((list) => list.split(',')).filter((token) => token !== '');
  return tokens.length > 0 ? tokens : undefined;
}
