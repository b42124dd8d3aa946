import { allSteps } from '../all-steps.js';
import { ablateCommand } from './commands/ablate.js';
import { backward } from './commands/backward.js';
import { compare } from './commands/compare.js';
import { completion } from './commands/completion.js';
import { convert } from './commands/convert.js';
import { diversity } from './commands/diversity.js';
import { doctor } from './commands/doctor.js';
import { download } from './commands/download.js';
import { embed } from './commands/embed.js';
import { explain } from './commands/explain.js';
import { exportGgufCommand } from './commands/export-gguf.js';
import { generate } from './commands/generate.js';
import { grade } from './commands/grade.js';
import { hardware } from './commands/hardware.js';
import { importCommand } from './commands/import-results.js';
import { lab } from './commands/lab.js';
import { magpieConcatenate } from './commands/magpie-concatenate.js';
import { magpieTemplate } from './commands/magpie-template.js';
import { models } from './commands/models.js';
import { plan } from './commands/plan.js';
import { problemsDocuments } from './commands/problems-documents.js';
import { problemsPocket } from './commands/problems-pocket.js';
import { publishCommand } from './commands/publish.js';
import { report } from './commands/report.js';
import { runNotebook } from './commands/run-notebook.js';
import { magpieRun, runRecipeCommand } from './commands/run-recipe.js';
import { score } from './commands/score.js';
import { trainDpo } from './commands/train-dpo.js';
import { trainSft } from './commands/train-sft.js';
import type { Command } from './declare/command.js';
import { stepCommand } from './step-command.js';

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  download,
  convert,
  problemsPocket,
  problemsDocuments,
  backward,
  ...stepCommands('augment'),
  ...stepCommands('assemble'),
  magpieTemplate,
  magpieRun,
  runRecipeCommand,
  ...stepCommands('magpie '),
  magpieConcatenate,
  ...stepCommands('evaluate'),
  importCommand,
  grade,
  compare,
  report,
  explain,
  plan,
  diversity,
  ...stepCommands('export '),
  exportGgufCommand,
  publishCommand,
  generate,
  score,
  embed,
  trainSft,
  trainDpo,
  ablateCommand,
  doctor,
  models,
  hardware,
  completion,
  runNotebook,
  lab,
];

function stepCommands(family: string): readonly Command[] {
  return allSteps.filter(({ command }) => command.startsWith(family)).map(stepCommand);
}
