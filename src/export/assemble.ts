import { basename, join } from 'node:path';
import { strengths } from '../answers/parse/verdict.js';
import type { Narrowing } from '../metamath/assemble/narrow-recipe.js';
import { choice, flag, integer, type Settled, text, texts } from '../steps/setting.js';
import { defineStep, sortReasons } from '../steps/step.js';
import { tellLicence } from './decide-licence.js';
import { filesBeside } from './export-note.js';
import { cardInputs, exportSettings } from './export-settings.js';

const settings = {
  recipe: {
    ...text({ valueName: 'FILE', says: 'what to mix: a file, or a name in configs/recipes' }),
    isRequired: true,
  },
  runs: texts({ flag: 'run', valueName: 'DIR', says: 'run directory of augment; may be given again' }),
  files: texts({
    flag: 'data',
    valueName: 'FILE',
    isRead: true,
    says: 'more rows: JSONL or a JSON array, {query, response, type, …}; may be given again',
  }),
  ...exportSettings,
  tests: texts({
    flag: 'test',
    valueName: 'FILE',
    isRead: true,
    says: 'test set that no row may overlap with; may be given again',
  }),
  dropped: text({ valueName: 'FILE', says: 'also write every row that was left out, and why', isBinding: false }),
  drawSeed: integer({
    flag: 'seed',
    valueName: 'S',
    says: 'draws the rows over quota; the recipe’s when left out',
    fallback: undefined,
    maximum: 2 ** 31 - 1,
  }),
  only: texts({ valueName: 'NAME,…', says: 'the types to mix: GSM_SV, or SV for that of every data set' }),
  without: texts({ valueName: 'NAME,…', says: 'types to leave out' }),
  size: integer({ says: 'rows in all, in the shares of the recipe', fallback: undefined, minimum: 1 }),
  leastStrength: choice({
    says: 'how a right answer must have been shown at least; the recipe’s when left out',
    words: strengths,
    fallback: undefined,
  }),
  allowEmpty: flag({ says: 'go on when there is no row of a type' }),
  skipBad: flag({ says: 'count lines that cannot be used and go on', isBinding: false }),
};

/** One training set out of grown rows: the mix of MetaMathQA (Yu et al. 2023, table 1), or a recipe of one's own. */
export const assemble = defineStep({
  name: 'assemble',
  command: 'assemble',
  says: 'Mix checked rows of runs into one set: no duplicates, nothing of a test set, so many of each type',
  examples: [
    'assemble --recipe pocket --run runs/grown --test test.jsonl --out data/train.jsonl',
    'assemble --recipe metamathqa-395k --run runs/gsm8k --run runs/math --test gsm8k-test.jsonl --test math-test.jsonl --out metamathqa.jsonl',
    'assemble --recipe metamathqa-40k --without SV --size 20000 --run runs/gsm8k --run runs/math --out without-sv.jsonl',
  ],
  place: 'file',
  takes: {},
  gives: ['mixed'],
  settings,
  // What is wrong in the mix is told before anything is grown for it
  check: async (asked) => {
    const { narrowRecipe } = await import('../metamath/assemble/narrow-recipe.js');
    const { loadRecipe } = await import('../metamath/assemble/recipe.js');
    narrowRecipe(loadRecipe(asked.recipe ?? ''), narrowingOf(asked));
  },
  // In a recipe: all that it grows
  inRecipe: ({ augment = {} }) => ({ runs: Object.keys(augment as object).map((name) => `augment-${name}`) }),
  inputs: async ({ recipe = '', runs, title, licence }, { directory }) => {
    const { existsSync } = await import('node:fs');
    const { findRows } = await import('../metamath/assemble/find-sources.js');
    const { hashFile } = await import('../storage/hash-file.js');
    const sources = await Promise.all(runs.map((run) => findRows(join(directory, run))));
    // One of configs/recipes goes with the version
    const entries = [...sources, ...(existsSync(recipe) ? [recipe] : [])].map(async (file) => [
      file.replace(/^.*[\\/](?=.+[\\/])/, ''),
      await hashFile(file),
    ]);
    return { ...Object.fromEntries(await Promise.all(entries)), ...cardInputs({ title, licence }) };
  },
  work: async (given) => {
    const { assemble } = await import('../metamath/assemble/assemble-rows.js');
    const { writeAtomic } = await import('../storage/write-atomic.js');
    const { cardAssembly } = await import('./card-assembly.js');
    const { formatAssembly } = await import('../metamath/assemble/format-assembly.js');
    const { asked, run, stage, language, signal, onProgress, recipe: whole } = given;
    const { recipe = '', files, tests, dropped, drawSeed: seed, allowEmpty, skipBad, licence } = asked;
    const out = given.out ?? join(run.directory, 'mixed.jsonl');
    // The folders of a recipe lie in its run directory
    const runs = stage === undefined ? asked.runs : asked.runs.map((name) => join(run.directory, name));
    const sources = { recipe, runs, files, tests, out, dropped, seed, allowEmpty, skipBad };
    const report = await assemble({ ...sources, ...narrowingOf(asked), signal, onProgress });
    const reportFile = `${out}.report.json`;
    const told = {
      ...report,
      inputs: report.inputs.map((input) => ({ ...input, name: nameOf(input.name, run.directory) })),
      contaminated: report.contaminated.map((row) => ({ ...row, row: nameOf(row.row, run.directory) })),
      nearDuplicates: report.nearDuplicates.map((pair) => ({
        ...pair,
        row: nameOf(pair.row, run.directory),
        of: nameOf(pair.of, run.directory),
      })),
    };
    await writeAtomic(reportFile, `${JSON.stringify(stage === undefined ? report : told, null, 2)}\n`);
    const title = asked.title ?? whole?.name;
    const { path: card, licence: onCard } = await cardAssembly({
      file: out,
      report,
      runs,
      card: { licence, title, made: whole?.description, language },
    });
    if (stage !== undefined) {
      const beside = [basename(reportFile), ...filesBeside({ file: out, card })];
      run.keep({ name: 'mixed', file: 'mixed.jsonl', rows: report.written, beside });
    }
    const lost: Record<string, number> = {};
    for (const { dropped: reasons } of report.stages) {
      for (const [reason, count] of Object.entries(reasons)) lost[reason] = (lost[reason] ?? 0) + count;
    }
    return {
      rows: {},
      counts: { unit: 'rows', input: report.read, output: report.written, lost: sortReasons(lost) },
      summary: { types: report.types },
      lines: report.types,
      notes: [...formatAssembly(report, { out, reportFile }), `The card is ${card}`, ...tellLicence(onCard)],
    };
  },
});

const narrowingOf = ({ only, without, size, leastStrength, dropBrokenSteps }: Settled<typeof settings>): Narrowing => ({
  only: names(only),
  without: names(without),
  size,
  leastStrength,
  dropBrokenSteps,
});

/** Names with commas between them; undefined where there are none. */
function names(given: readonly string[]): readonly string[] | undefined {
  const all = given.flatMap((list) => list.split(',')).map((name) => name.trim());
  return all.length > 0 ? all : undefined;
}

/** A folder of the run directory by its own name: the same bytes wherever the directory lies. */
const nameOf = (name: string, directory: string): string =>
  name.startsWith(directory) ? name.slice(directory.length + 1) : name;
