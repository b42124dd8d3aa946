import { responseTokens } from '../../steps/answer-tokens.js';
import { formatReasons } from '../../steps/format-reasons.js';
import { promptsIn } from '../../steps/prompts-in.js';
import { settleResponseSettings } from '../../steps/response-presets.js';
import { integer, number } from '../../steps/setting.js';
import { answerTemperature, solveSettings } from '../../steps/shared-settings.js';
import { defineStep, neededModel, sortReasons } from '../../steps/step.js';
import type { MagpieRow } from '../rows/magpie-row.js';
import { readSolvable } from '../rows/read-files.js';

/** Further turns of conversations (Magpie's multi-turn sets). */
export const extend = defineStep({
  name: 'extend',
  command: 'magpie extend',
  says: 'Go on with conversations: the model speaks in the user’s place again, and answers',
  examples: ['magpie extend --model pocket --turns 3 --run runs/magpie'],
  takes: { solutions: 'needed' },
  read: readSolvable,
  gives: ['conversations'],
  models: { model: { role: 'solutions', says: 'who asks and answers', isRequired: true } },
  settings: {
    ...solveSettings,
    turns: integer({
      says: 'turns of a conversation in the end, the first included',
      fallback: 2,
      minimum: 2,
      maximum: 20,
    }),
    temperature: { ...answerTemperature, says: 'of the answers (default 0)' },
    instructionTemperature: number({
      flag: 'ask-temperature',
      valueName: 'T',
      says: "of what is said in the user's place",
      fallback: 1,
      minimum: 0,
      maximum: 5,
    }),
    instructionMaxTokens: integer({
      flag: 'ask-max-tokens',
      says: "longest turn in the user's place, in tokens",
      fallback: 400,
      minimum: 1,
      maximum: 1_000_000,
    }),
  },
  resolve: (values, { problemLanguage, models: { model = '' } }) => ({
    ...settleResponseSettings(values, responseTokens(model)),
    turns: values.turns,
    instructionTemperature: values.instructionTemperature,
    instructionMaxTokens: values.instructionMaxTokens,
    preset: values.preset,
    prompts: promptsIn(problemLanguage, { prompts: values.prompts, model }),
  }),
  work: async (given) => {
    const { extend } = await import('./extend-conversations.js');
    const { settings, run, seed, signal, onProgress } = given;
    const { prompts: promptSet, ...sampling } = settings;
    const instructions = given.take<MagpieRow>('solutions');
    const asked = { ...sampling, promptSet, instructions, run, seed, signal, onProgress };
    const { rows, failed } = await extend({ ...asked, model: neededModel(given) });
    const whole = rows.filter(({ turns }) => turns === settings.turns).length;
    const ended = formatReasons(failed, 'ended early: ');
    return {
      rows: { conversations: rows },
      counts: { unit: 'conversations', input: rows.length, output: whole, lost: sortReasons(failed) },
      summary: { stage: 'extend', rows: rows.length, whole, failed },
      notes: [`${whole} of ${rows.length} conversations have ${settings.turns} turns${ended}`],
    };
  },
});
