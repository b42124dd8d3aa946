import { join } from 'node:path';
import { InputError } from '../errors.js';
import type { RankVerdict } from '../magpie/compare/rank-candidates.js';
import type { MagpieRow } from '../magpie/rows/magpie-row.js';
import { choice } from '../steps/setting.js';
import { defineStep, sortReasons } from '../steps/step.js';
import { exportSettings } from './export-settings.js';
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
    ...exportSettings,
  },
  checkInRecipe: (_, { recipe: { respond, assemble } }) => {
    if (respond !== undefined || assemble !== undefined) return;
    throw new InputError(
      'export-sft: no step before it gives solutions or a mix of grown rows; name respond or assemble',
    );
  },
  work: async (given) => {
    const { exportSft } = await import('./export-rows.js');
    const { fitSolutions } = await import('./read-run-rows.js');
    const { settings, run, stage, language, recipe } = given;
    const { shape, tests, licence } = settings;
    const kept = given.stream<SftSource>('mixed') ?? given.stream<SftSource>('kept');
    const solutions = given.find<MagpieRow>('solutions');
    if (kept === undefined && solutions === undefined) {
      throw new InputError(
        `Cannot export from ${run.directory}: no finished step left solutions or grown rows there; run magpie respond or augment first`,
        { file: run.directory },
      );
    }
    const verdicts = given.find<RankVerdict>('verdicts') ?? [];
    const fit = kept === undefined ? fitSolutions(solutions ?? [], { verdicts }) : { rows: kept, lost: {} };
    const file = given.out ?? join(run.directory, 'sft.jsonl');
    const card = { title: settings.title ?? recipe?.name, made: recipe?.description, licence, language };
    const made = await exportSft({ rows: fit.rows, file, shape, card, run: run.directory, stage, tests });
    if (given.out === undefined) run.keep({ name: 'sft', file: 'sft.jsonl', rows: made.rows });
    const input = kept === undefined ? (solutions ?? []).length : made.rows + made.contaminated;
    return {
      rows: {},
      counts: {
        unit: kept === undefined ? 'problems' : 'rows',
        input,
        output: made.rows,
        lost: sortReasons({ ...fit.lost, 'in a test set': made.contaminated }),
      },
      summary: { ...made },
      notes: [
        ...(made.contaminated > 0 ? [`Left out ${made.contaminated} rows that overlap with a test set`] : []),
        `Wrote ${made.rows} rows to ${made.file}, and their card to ${made.card}`,
      ],
    };
  },
});
