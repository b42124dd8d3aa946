import type { PresetName } from '../answers/grade/grade-with-preset.js';
import type { AnswerPolicy } from '../answers/parse/policies.js';
import type { Language } from '../language/translate.js';
import type { LanguageModel } from '../models/language-model.js';
import { loadPromptSet, type PromptSet } from '../prompts/prompt-set.js';
import { answerTokens } from '../steps/answer-tokens.js';
import { choosePromptSet } from '../steps/choose-prompt-set.js';
import { responsePresets } from '../steps/response-presets.js';
import { chooseSolvePrompt } from '../steps/solve-prompt.js';
import { createGrader } from './create-grader.js';
import type { EvaluateOptions } from './evaluate-problems.js';
import { type MetamathPresetName, metamathPreset } from './metamath-preset.js';

export type EvaluationChoice = {
  readonly preset: 'mathpie' | 'deepseek-r1' | MetamathPresetName;
  readonly policy: Partial<AnswerPolicy> | undefined;
  readonly compare: PresetName | undefined;
  readonly maxTokens: number | undefined;
  readonly prompts: string | undefined;
};

/** How the model is asked, and who judges. A published preset brings its template, stops and grader, and ours stands beside it. */
export async function chooseEvaluation(
  { preset, policy, compare: wanted, prompts, maxTokens }: EvaluationChoice,
  {
    model,
    problemLanguage,
    onNote,
  }: { readonly model: LanguageModel; readonly problemLanguage: Language; readonly onNote: (line: string) => void },
): Promise<
  Required<Pick<EvaluateOptions, 'promptSet' | 'maxTokens' | 'grader'>> &
    Pick<EvaluateOptions, 'secondGrader' | 'temperature' | 'topP'> & {
      /** The set whose words close backward questions. */
      readonly words: PromptSet;
    }
> {
  const own = { preset: 'mathpie' as const, ...(policy && { policy }) };
  const isOurs = preset === 'mathpie' || preset === 'deepseek-r1';
  const compare = wanted ?? (isOurs ? undefined : 'mathpie');
  const secondGrader =
    compare === undefined
      ? {}
      : // Of two mathpies the first has the policies
        { secondGrader: createGrader(compare === 'mathpie' && !isOurs ? own : { preset: compare }) };
  if (isOurs) {
    const published = preset === 'mathpie' ? undefined : responsePresets[preset];
    const words = choosePromptSet(model, prompts, undefined, problemLanguage);
    const promptSet = published === undefined ? words : chooseSolvePrompt(model, { promptSet: words, ...published });
    const most = maxTokens ?? published?.maxTokens ?? answerTokens(model.name);
    const sampling = published === undefined ? {} : { temperature: published.temperature, topP: published.topP };
    return { promptSet, words, maxTokens: most, grader: createGrader(own), ...sampling, ...secondGrader };
  }
  const isRaw = model.capabilities.raw;
  if (!isRaw) {
    onNote(
      `${model.name} takes no raw text: the template of ${preset} is sent as a message without stops, unlike published`,
    );
  }
  const { prompt, maxTokens: most } = metamathPreset(preset, { isRaw });
  const words = loadPromptSet(preset === 'metamath-math' ? 'metamath-math' : 'metamath');
  return { promptSet: prompt, words, maxTokens: maxTokens ?? most, grader: createGrader({ preset }), ...secondGrader };
}
