import { responseTokens } from '../../steps/answer-tokens.js';
import { formatReasons } from '../../steps/format-reasons.js';
import { promptsIn } from '../../steps/prompts-in.js';
import { candidateTemperatures, settleResponseSettings } from '../../steps/response-presets.js';
import { integer, numbers } from '../../steps/setting.js';
import { solveSettings } from '../../steps/shared-settings.js';
import { defineStep, neededModel, sortReasons } from '../../steps/step.js';
import type { MagpieRow } from '../rows/magpie-row.js';
import { readSolvable } from '../rows/read-files.js';
import { solvingTokens } from './solving-tokens.js';

/** Several solutions of each problem, to be compared with each other. */
export const candidates = defineStep({
  name: 'candidates',
  command: 'magpie candidates',
  says: 'Solve each problem several times, to be ranked',
  examples: ['magpie candidates --model pocket --repeat 5 --temperature 0.6,0.8,1 --run runs/magpie'],
  takes: { instructions: 'needed' },
  read: readSolvable,
  gives: ['candidates'],
  models: { model: { role: 'solutions', says: 'who solves the problems', isRequired: true } },
  settings: {
    ...solveSettings,
    repeat: integer({ says: 'candidates a problem', valueName: 'K', fallback: 4, minimum: 1, maximum: 1000 }),
    temperatures: numbers({
      flag: 'temperature',
      valueName: 'T,T,…',
      says: `candidate i is drawn at temperature i modulo their number; the preset’s, else ${candidateTemperatures(undefined)}`,
      minimum: 0,
      maximum: 5,
    }),
  },
  tokens: solvingTokens,
  resolve: (values, { problemLanguage, models: { model = '' } }) => {
    const { temperature: _, ...settled } = settleResponseSettings(
      { ...values, temperature: undefined },
      responseTokens(model),
    );
    return {
      ...settled,
      repeat: values.repeat,
      temperatures: values.temperatures ?? candidateTemperatures(values.preset),
      preset: values.preset,
      prompts: promptsIn(problemLanguage, { prompts: values.prompts, model }),
    };
  },
  work: async (given) => {
    const { candidates } = await import('./draw-candidates.js');
    const { settings, run, seed, signal, onProgress } = given;
    const { repeat: k, prompts: promptSet, ...sampling } = settings;
    const instructions = given.take<MagpieRow>('instructions');
    const asked = { ...sampling, k, promptSet, instructions, run, seed, signal, onProgress };
    const { rows, failed } = await candidates({ ...asked, model: neededModel(given) });
    const drawn = rows.reduce((sum, row) => sum + row.candidates.length, 0);
    return {
      rows: { candidates: rows },
      counts: { unit: 'solutions', input: rows.length * k, output: drawn, lost: sortReasons(failed) },
      summary: { stage: 'candidates', rows: rows.length, candidates: drawn, failed },
      notes: [`${drawn} candidates for ${rows.length} problems${formatReasons(failed, 'left out: ')}`],
    };
  },
});
