import type { LanguageModel } from '../models/language-model.js';
import type { PromptSet } from '../prompts/prompt-set.js';
import { choosePromptSet } from './choose-prompt-set.js';
import type { Directive } from './directives.js';

const solveTexts: { readonly [Word in Directive]: string } = {
  boxed: '{question}\n\nReason step by step and put the final answer in \\boxed{}.',
  steps: '{question}\n\nReason step by step, then say the final answer.',
  none: '{question}',
};

const solveTextsJapanese: { readonly [Word in Directive]: string } = {
  boxed: '{question}\n\n順を追って考え、最後の答えを \\boxed{} に入れてください。',
  steps: '{question}\n\n順を追って考え、最後の答えを述べてください。',
  none: '{question}',
};

/** The prompt set that problems are solved with; a directive takes the place of the set's own words and its examples. */
export function chooseSolvePrompt(
  model: Pick<LanguageModel, 'name'>,
  { promptSet, directive }: { promptSet: string | PromptSet | undefined; directive: Directive | undefined },
): PromptSet {
  const chosen = choosePromptSet(model, promptSet);
  if (directive === undefined) return chosen;
  const { examples: _, ...set } = chosen;
  const texts = chosen.name.endsWith('-ja') ? solveTextsJapanese : solveTexts;
  return { ...set, name: `${chosen.name}/${directive}`, solve: texts[directive] };
}
