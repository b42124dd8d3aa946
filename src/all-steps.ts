import { evaluate } from './evaluation/evaluate.js';
import { assemble } from './export/assemble.js';
import { exportDpo } from './export/export-dpo.js';
import { exportSft } from './export/export-sft.js';
import { deduplicate } from './magpie/choose/deduplicate.js';
import { filter } from './magpie/choose/filter.js';
import { leaveOutTests } from './magpie/choose/leave-out-tests.js';
import { sample } from './magpie/choose/sample.js';
import { rank } from './magpie/compare/rank.js';
import { score } from './magpie/compare/score.js';
import { instruct } from './magpie/draw/instruct.js';
import { candidates } from './magpie/solve/candidates.js';
import { extend } from './magpie/solve/extend.js';
import { respond } from './magpie/solve/respond.js';
import { tag } from './magpie/tag/tag.js';
import { augment } from './metamath/augment.js';
import type { AnyStep } from './steps/step.js';

/** Every step, in the order in which a recipe does them. Commands, recipes, docs and schemas are readings of this list. */
export const allSteps: readonly AnyStep[] = [
  augment,
  assemble,
  instruct,
  respond,
  extend,
  candidates,
  score,
  rank,
  tag,
  deduplicate,
  leaveOutTests,
  filter,
  sample,
  exportSft,
  exportDpo,
  evaluate,
];
