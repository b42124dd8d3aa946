import { responseTokens } from '../../steps/answer-tokens.js';
import { formatReasons } from '../../steps/format-reasons.js';
import { promptsIn } from '../../steps/prompts-in.js';
import { settleResponseSettings } from '../../steps/response-presets.js';
import { answerTemperature, solveSettings } from '../../steps/shared-settings.js';
import { defineStep, neededModel, sortReasons } from '../../steps/step.js';
import type { MagpieRow } from '../rows/magpie-row.js';
import { readSolvable } from '../rows/read-files.js';
import { domainTemperatures } from './domain-temperatures.js';
import { solvingTokens } from './solving-tokens.js';

/** A solution of each problem (Magpie, Xu et al. 2024, section 2). */
export const respond = defineStep({
  name: 'respond',
  command: 'magpie respond',
  says: 'Solve the problems of magpie instruct',
  examples: [
    'magpie respond --model pocket --run runs/magpie',
    'magpie respond --model vllm:deepseek-ai/DeepSeek-R1-Distill-Qwen-7B --preset deepseek-r1 --run runs/magpie',
  ],
  takes: { instructions: 'needed' },
  read: readSolvable,
  gives: ['solutions'],
  models: { model: { role: 'solutions', says: 'who solves the problems', isRequired: true } },
  settings: { ...solveSettings, temperature: answerTemperature, temperatureByDomain: domainTemperatures() },
  tokens: solvingTokens,
  resolve: (values, { problemLanguage, models: { model = '' } }) => ({
    ...settleResponseSettings(values, responseTokens(model)),
    preset: values.preset,
    prompts: promptsIn(problemLanguage, { prompts: values.prompts, model }),
    temperatureByDomain: values.temperatureByDomain,
  }),
  work: async (given) => {
    const { respond } = await import('./solve-instructions.js');
    const { settings, run, seed, signal, onProgress } = given;
    const { temperatureByDomain = {}, prompts: promptSet, ...sampling } = settings;
    const temperatureOf = (row: MagpieRow) => temperatureByDomain[row.gen_input_configs?.domain ?? ''];
    const instructions = given.take<MagpieRow>('instructions');
    const asked = { ...sampling, promptSet, temperatureOf, instructions, run, seed, signal, onProgress };
    const { rows, failed } = await respond({ ...asked, model: neededModel(given) });
    const solved = rows.filter(({ response }) => response !== null).length;
    return {
      rows: { solutions: rows },
      counts: { unit: 'problems', input: rows.length, output: solved, lost: sortReasons(failed) },
      summary: { stage: 'respond', rows: rows.length, solved, failed },
      notes: [`${solved} of ${rows.length} problems solved${formatReasons(failed, 'left out: ')}`],
    };
  },
});
