import { join } from 'node:path';
import { InputError } from '../errors.js';
import type { RankVerdict } from '../magpie/compare/rank-candidates.js';
import type { MagpieRow } from '../magpie/rows/magpie-row.js';
import { named } from '../name-setting.js';
import { choice } from '../steps/setting.js';
import { defineStep, sortReasons } from '../steps/step.js';
import { tellLicence } from './decide-licence.js';
import { filesBeside } from './export-note.js';
import { cardInputs, exportSettings, testShareSetting } from './export-settings.js';
import type { SftSource } from './to-sft.js';

/** A set for supervised fine-tuning, with its card: the mix of grown rows, or those that `augment` kept, else solutions that most candidates do not contradict. */
export const exportSft = defineStep({
  name: 'export-sft',
  command: 'export sft',
  says: 'Write a run’s checked rows as data for supervised fine-tuning',
  examples: ['export sft --run runs/grown --out data/sft.jsonl'],
  place: 'file',
  takes: { mixed: 'optional', kept: 'optional', solutions: 'optional', verdicts: 'optional' },
  streams: ['mixed', 'kept'],
  gives: ['sft'],
  settings: {
    shape: choice({
      says: 'chat messages, or MetaMathQA’s four fields',
      words: ['messages', 'metamathqa'],
      fallback: 'messages',
    }),
    rows: choice({
      says: 'which rows, where there are both: those of augment and assemble, or the solutions of magpie respond',
      words: ['grown', 'solutions'],
      fallback: undefined,
    }),
    testShare: testShareSetting,
    ...exportSettings,
  },
  checkInRecipe: ({ rows }, { recipe: { respond, assemble } }) => {
    const there = { grown: assemble !== undefined, solutions: respond !== undefined };
    if (!there.grown && !there.solutions) {
      throw new InputError(
        'export-sft: no step before it gives solutions or a mix of grown rows; name respond or assemble',
      );
    }
    if (rows === undefined && there.grown && there.solutions) {
      throw new InputError(
        `export-sft: respond and assemble both give rows, and one set holds those of one; choose by ${named('rows')}: grown or solutions`,
      );
    }
    if (rows !== undefined && !there[rows]) {
      throw new InputError(
        `export-sft: no step before it gives ${rows === 'grown' ? 'a mix of grown rows; name assemble' : 'solutions; name respond'}, or leave ${named('rows')} out`,
      );
    }
  },
  inputs: async (asked) => cardInputs(asked),
  work: async (given) => {
    const { exportSft } = await import('./export-rows.js');
    const { fitSolutions } = await import('./read-run-rows.js');
    const { settings, run, stage, language, recipe } = given;
    const { lostEarlier } = await import('./lost-earlier.js');
    const { shape, rows: chosen, tests, dropBrokenSteps, testShare, licence } = settings;
    const grown = given.stream<SftSource>('mixed') ?? given.stream<SftSource>('kept');
    const solved = given.find<MagpieRow>('solutions');
    const kept = chosen === 'solutions' ? undefined : grown;
    const solutions = chosen === 'grown' ? undefined : solved;
    if (kept === undefined && solutions === undefined) {
      const lacking = { grown: 'grown rows', solutions: 'solutions' }[chosen ?? 'solutions'];
      throw new InputError(
        chosen === undefined
          ? `Cannot export from ${run.directory}: no finished step left solutions or grown rows there; run magpie respond or augment first`
          : `Cannot export from ${run.directory}: no finished step left ${lacking} there; leave ${named('rows')} out`,
        { file: run.directory },
      );
    }
    const isPassing = chosen === undefined && kept !== undefined && solved !== undefined;
    const verdicts = given.find<RankVerdict>('verdicts') ?? [];
    const fit = kept === undefined ? fitSolutions(solutions ?? [], { verdicts }) : { rows: kept, lost: {} };
    const { chooseThinking } = await import('../prompts/keep-thinking.js');
    const thinking = chooseThinking(settings);
    const file = given.out ?? join(run.directory, 'sft.jsonl');
    const card = { title: settings.title ?? recipe?.name, made: recipe?.description, licence, language };
    const made = await exportSft({
      rows: fit.rows,
      file,
      shape,
      card,
      run: run.directory,
      stage,
      tests,
      dropBrokenSteps,
      testShare,
      thinking,
    });
    if (given.out === undefined)
      run.keep({ name: 'sft', file: 'sft.jsonl', rows: made.rows, beside: filesBeside(made) });
    const output = made.rows + (made.test?.rows ?? 0);
    const left = kept === undefined ? (solutions ?? []).length : output + made.contaminated + made.broken;
    const earlier = left > 0 ? undefined : await lostEarlier(run.directory);
    return {
      rows: {},
      counts: earlier ?? {
        unit: kept === undefined ? 'problems' : 'rows',
        input: left,
        output,
        lost: sortReasons({ ...fit.lost, 'in a test set': made.contaminated, 'broken steps': made.broken }),
      },
      summary: { ...made },
      notes: [
        ...(isPassing ? [passedOver(solved.length)] : []),
        ...(made.contaminated > 0 ? [`Left out ${made.contaminated} rows that overlap with a test set`] : []),
        ...(made.broken > 0 ? [`Left out ${made.broken} rows with a broken line of work`] : []),
        ...(made.test === undefined
          ? []
          : [`Kept ${made.test.rows} rows for tests in ${made.test.file}: all of a problem are on one side`]),
        `Wrote ${made.rows} rows to ${made.file}, and their card to ${made.card}`,
        ...tellLicence(made.licence),
      ],
    };
  },
});

const passedOver = (count: number): string =>
  `Passed over the ${count} solutions of magpie respond: grown rows are here too, and one set holds those of one; ${named('rows')} chooses solutions`;
