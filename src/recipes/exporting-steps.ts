import { join } from 'node:path';
import { exportPreference, exportSft } from '../export/export-rows.js';
import { checkResponses } from '../magpie/compare/check-responses.js';
import type { MagpieRecipe } from './recipe-schema.js';
import { type RecipeStep, sortReasons, toConfig } from './recipe-step.js';

/** The steps that write the training sets: `sft.jsonl` and `dpo.jsonl` of the run directory, with their cards. */
export function exportingSteps(recipe: MagpieRecipe): readonly RecipeStep[] {
  return [sftStep(recipe), dpoStep(recipe)].filter((step) => step !== undefined);
}

/** Problems with a solution that most candidates do not contradict. */
function sftStep({ name, description, export: wanted }: MagpieRecipe): RecipeStep | undefined {
  if (wanted?.sft === undefined) return undefined;
  const { shape } = wanted.sft;
  return {
    name: 'export-sft',
    model: undefined,
    config: toConfig({ shape }),
    work: async (rows, { run }) => {
      const checked = checkResponses(rows.problems, { verdicts: rows.verdicts });
      const solved = checked.filter(({ response }) => response !== null);
      const fit = solved.filter(({ check }) => check !== 'disagrees');
      const card = { title: name, made: description };
      await exportSft({ rows: fit, file: join(run.directory, 'sft.jsonl'), shape, card, run: run.directory });
      const lost = sortReasons({
        'no solution': checked.length - solved.length,
        'most candidates disagree': solved.length - fit.length,
      });
      const counts = { unit: 'problems', input: checked.length, output: fit.length, lost, files: ['sft.jsonl'] };
      return { rows, counts };
    },
    reload: async (rows) => rows,
  };
}

/** Pairs of problems that deduplicate and filter left in. */
function dpoStep({ name, description, export: wanted }: MagpieRecipe): RecipeStep | undefined {
  if (!wanted?.dpo) return undefined;
  return {
    name: 'export-dpo',
    model: undefined,
    config: toConfig({ shape: 'preference' }),
    work: async (rows, { run }) => {
      const staying = new Set(rows.problems.map(({ id }) => id));
      const pairs = rows.pairs.filter(({ id }) => staying.has(id));
      const card = { title: `${name}, pairs`, made: description };
      await exportPreference({ rows: pairs, file: join(run.directory, 'dpo.jsonl'), card, run: run.directory });
      const lost = sortReasons({ 'problem was dropped': rows.pairs.length - pairs.length });
      const counts = { unit: 'pairs', input: rows.pairs.length, output: pairs.length, lost, files: ['dpo.jsonl'] };
      return { rows, counts };
    },
    reload: async (rows) => rows,
  };
}
