import { assemble } from './commands/assemble.js';
import { augment } from './commands/augment.js';
import { backward } from './commands/backward.js';
import { compare } from './commands/compare.js';
import { convert } from './commands/convert.js';
import { diversity } from './commands/diversity.js';
import { download } from './commands/download.js';
import { embed } from './commands/embed.js';
import { evaluate } from './commands/evaluate.js';
import { exportDpo } from './commands/export-dpo.js';
import { exportSft } from './commands/export-sft.js';
import { generate } from './commands/generate.js';
import { grade } from './commands/grade.js';
import { hardware } from './commands/hardware.js';
import { lab } from './commands/lab.js';
import { magpieCandidates } from './commands/magpie-candidates.js';
import { magpieConcatenate } from './commands/magpie-concatenate.js';
import { magpieDeduplicate } from './commands/magpie-deduplicate.js';
import { magpieExtend } from './commands/magpie-extend.js';
import { magpieFilter } from './commands/magpie-filter.js';
import { magpieInstruct } from './commands/magpie-instruct.js';
import { magpieRank } from './commands/magpie-rank.js';
import { magpieRespond } from './commands/magpie-respond.js';
import { magpieRun } from './commands/magpie-run.js';
import { magpieScore } from './commands/magpie-score.js';
import { magpieTag } from './commands/magpie-tag.js';
import { magpieTemplate } from './commands/magpie-template.js';
import { problemsDocuments } from './commands/problems-documents.js';
import { problemsPocket } from './commands/problems-pocket.js';
import { publishCommand } from './commands/publish.js';
import { runNotebook } from './commands/run-notebook.js';
import { score } from './commands/score.js';
import { trainDpo } from './commands/train-dpo.js';
import { trainSft } from './commands/train-sft.js';
import type { Command } from './declare/command.js';

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  download,
  convert,
  problemsPocket,
  problemsDocuments,
  backward,
  augment,
  assemble,
  magpieTemplate,
  magpieRun,
  magpieInstruct,
  magpieRespond,
  magpieExtend,
  magpieCandidates,
  magpieScore,
  magpieRank,
  magpieTag,
  magpieDeduplicate,
  magpieFilter,
  magpieConcatenate,
  evaluate,
  grade,
  compare,
  diversity,
  exportSft,
  exportDpo,
  publishCommand,
  generate,
  score,
  embed,
  trainSft,
  trainDpo,
  hardware,
  runNotebook,
  lab,
];
