import { instruct } from '../magpie/draw/instruct.js';
import type { MixPart } from '../magpie/draw/mix.js';
import type { MagpieRow } from '../magpie/rows/magpie-row.js';
import { candidates } from '../magpie/solve/candidates.js';
import { respond } from '../magpie/solve/respond.js';
import type { LanguageModel } from '../models/language-model.js';
import { responsePresets, settleResponseSettings } from '../steps/response-presets.js';
import type { MagpieRecipe } from './recipe-schema.js';
import { type RecipeStep, sortReasons, toConfig } from './recipe-step.js';

/** The steps that draw problems and solutions from a model. */
export function generatingSteps(recipe: MagpieRecipe): readonly RecipeStep[] {
  const steps = [instructStep(recipe), respondStep(recipe), candidatesStep(recipe)];
  return steps.filter((step) => step !== undefined);
}

function instructStep({ models, seed, instruct: { source: _, parts, ...settings } }: MagpieRecipe): RecipeStep {
  const mix = parts as readonly MixPart[] | undefined;
  return {
    name: 'instruct',
    model: models.problems,
    config: toConfig({ model: models.problems, ...settings, mix, seed }),
    work: async (rows, { model, ...tools }) => {
      const { maxCandidates, ...more } = settings;
      const limit = maxCandidates === undefined ? {} : { maxCandidates };
      const made = await instruct({ ...more, ...limit, ...tools, mix, seed, model: needed(model) });
      const surplus = made.candidates.filter(({ verdict }) => verdict === 'surplus').length;
      const counts = {
        unit: 'texts',
        input: made.candidates.length,
        output: made.rows.length,
        lost: sortReasons({ ...made.rejected, 'more than asked for': surplus }),
        files: [made.fileName, 'instruct_candidates.jsonl'],
      };
      return { rows: { ...rows, instructions: made.rows, problems: made.rows }, counts };
    },
    reload: async (rows, read, { files }) => {
      const instructions = await read(files[0] ?? '');
      return { ...rows, instructions, problems: instructions };
    },
  };
}

function respondStep({ models, seed, respond: wanted }: MagpieRecipe): RecipeStep | undefined {
  if (wanted === undefined) return undefined;
  const { source: _, prompts: promptSet, temperatureByDomain, preset, ...own } = wanted;
  const name = models.solutions ?? models.problems;
  const settings = { ...settleResponseSettings({ ...own, preset }), preset, promptSet };
  const byDomain: Readonly<Record<string, number>> = temperatureByDomain ?? {};
  const temperatureOf = (row: MagpieRow): number | undefined => byDomain[row.gen_input_configs?.domain ?? ''];
  return {
    name: 'respond',
    model: name,
    config: toConfig({ model: name, ...settings, temperatureByDomain, seed }),
    work: async (rows, { model, ...tools }) => {
      const { instructions } = rows;
      const made = await respond({ ...settings, temperatureOf, instructions, ...tools, seed, model: needed(model) });
      const counts = {
        unit: 'problems',
        input: instructions.length,
        output: made.rows.filter(({ response }) => response !== null).length,
        lost: sortReasons(made.failed),
        files: [made.fileName],
      };
      return { rows: { ...rows, problems: made.rows }, counts };
    },
    reload: async (rows, read, { files }) => ({ ...rows, problems: await read(files[0] ?? '') }),
  };
}

function candidatesStep({ models, seed, candidates: wanted }: MagpieRecipe): RecipeStep | undefined {
  if (wanted === undefined) return undefined;
  const { source: _, prompts: promptSet, repeat: k, preset, temperatures, ...own } = wanted;
  const name = models.solutions ?? models.problems;
  const { temperature: __, ...settled } = settleResponseSettings({ ...own, preset });
  const published = preset === undefined ? 0 : responsePresets[preset].temperature;
  const settings = {
    k,
    temperatures: temperatures ?? [published > 0 ? published : 0.8],
    ...settled,
    preset,
    promptSet,
  };
  return {
    name: 'candidates',
    model: name,
    config: toConfig({ model: name, ...settings, seed }),
    work: async (rows, { model, ...tools }) => {
      const { instructions } = rows;
      const made = await candidates({ ...settings, instructions, ...tools, seed, model: needed(model) });
      const counts = {
        unit: 'solutions',
        input: instructions.length * k,
        output: made.rows.reduce((sum, row) => sum + row.candidates.length, 0),
        lost: sortReasons(made.failed),
        files: [made.fileName],
      };
      return { rows: { ...rows, candidates: made.rows }, counts };
    },
    reload: async (rows, read, { files }) => ({ ...rows, candidates: await read(files[0] ?? '') }),
  };
}

function needed(model: LanguageModel | undefined): LanguageModel {
  if (model === undefined) throw new TypeError('The step was given no model');
  return model;
}
