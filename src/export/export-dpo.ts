import { join } from 'node:path';
import type { PreferencePair } from '../magpie/compare/rank-candidates.js';
import { text } from '../steps/setting.js';
import { defineStep, sortReasons } from '../steps/step.js';
import { tellLicence } from './decide-licence.js';
import { filesBeside } from './export-note.js';
import { cardInputs, exportSettings, testShareSetting } from './export-settings.js';

/** A set of preference pairs, with its card: pairs of problems that later steps left in. */
export const exportDpo = defineStep({
  name: 'export-dpo',
  command: 'export dpo',
  says: 'Write a run’s preference pairs as data for preference tuning',
  examples: ['export dpo --run runs/magpie --out data/pairs.jsonl'],
  place: 'file',
  takes: { pairs: 'needed', rows: 'optional' },
  gives: ['dpo'],
  settings: {
    truth: text({
      valueName: 'FILE',
      isRead: true,
      says: 'problems with their answers: how many pairs are what they say goes onto the card',
    }),
    testShare: testShareSetting,
    ...exportSettings,
  },
  inputs: async (asked) => cardInputs(asked),
  work: async (given) => {
    const { exportPreference } = await import('./export-rows.js');
    const { fitPairs } = await import('./read-run-rows.js');
    const { checkPairFile } = await import('./check-pair-file.js');
    const { settings, run, stage, language, recipe } = given;
    const { truth, tests, dropBrokenSteps, testShare, licence } = settings;
    const pairs = given.take<PreferencePair>('pairs');
    const fit = fitPairs(pairs, { staying: given.find('rows') });
    const accuracies = truth === undefined ? [] : await checkPairFile(fit.rows, { file: truth });
    const { chooseThinking } = await import('../prompts/keep-thinking.js');
    const thinking = chooseThinking(settings);
    const file = given.out ?? join(run.directory, 'dpo.jsonl');
    const title = settings.title ?? (recipe === undefined ? undefined : `${recipe.name}, pairs`);
    const card = { title, made: recipe?.description, licence, language };
    const made = await exportPreference({
      rows: fit.rows,
      file,
      run: run.directory,
      stage,
      tests,
      dropBrokenSteps,
      testShare,
      accuracies,
      card,
      thinking,
    });
    if (given.out === undefined)
      run.keep({ name: 'dpo', file: 'dpo.jsonl', rows: made.rows, beside: filesBeside(made) });
    return {
      rows: {},
      counts: {
        unit: 'pairs',
        input: pairs.length,
        output: made.rows + (made.test?.rows ?? 0),
        lost: sortReasons({ ...fit.lost, 'in a test set': made.contaminated, 'broken steps': made.broken }),
      },
      summary: { ...made },
      notes: [
        ...(made.contaminated > 0 ? [`Left out ${made.contaminated} rows that overlap with a test set`] : []),
        ...(made.broken > 0 ? [`Left out ${made.broken} pairs with a broken line of work`] : []),
        ...(made.test === undefined
          ? []
          : [`Kept ${made.test.rows} pairs for tests in ${made.test.file}: all of a problem are on one side`]),
        `Wrote ${made.rows} pairs to ${made.file}, and their card to ${made.card}`,
        ...tellLicence(made.licence),
      ],
    };
  },
});
