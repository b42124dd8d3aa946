import type { LanguageModel } from '../../models/language-model.js';
import type { PromptSet } from '../../prompts/prompt-set.js';
import type { Directive } from '../../steps/directives.js';
import { chooseSolvePrompt } from '../../steps/solve-prompt.js';
import { isOtherTask } from '../draw/control-words.js';
import type { MagpieRow } from '../rows/magpie-row.js';

/** The prompt that a row is answered with: a program or a translation is asked for as it was written, without a word of final answers. */
export function promptOfRow(
  model: Pick<LanguageModel, 'name'>,
  asked: { promptSet: string | PromptSet | undefined; directive: Directive | undefined },
): (row: Pick<MagpieRow, 'gen_input_configs'>) => PromptSet {
  const usual = chooseSolvePrompt(model, asked);
  const plain = asked.directive === undefined ? chooseSolvePrompt(model, { ...asked, directive: 'none' }) : usual;
  return ({ gen_input_configs: configs }) => (isOtherTask(configs?.task) ? plain : usual);
}
