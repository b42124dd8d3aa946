import type { PresetName } from '../../answers/grade/grade-with-preset.js';
import type { AnswerPolicy } from '../../answers/parse/policies.js';
import { InputError } from '../../errors.js';
import type { EvaluateOptions } from '../../evaluation/evaluate-problems.js';
import type { MetamathPresetName } from '../../evaluation/metamath-preset.js';
import type { LanguageModel } from '../../models/language-model.js';
import { choice, flag, integer, text } from '../declare/option.js';
import type { Terminal } from '../show/terminal.js';
import { policyOption } from './shared-options.js';

/** Flags of `mathpie evaluate` that say how is asked and judged, and what is broken down. */
export const evaluationOptions = {
  preset: choice({
    description: 'the published evaluation of MetaMath: its template, stops, tokens and grader, with ours beside it',
    words: ['mathpie', 'metamath-gsm8k', 'metamath-math'],
    fallback: 'mathpie',
  }),
  policy: policyOption,
  compare: choice({
    description: 'a second grader for the same responses; the rows on which the two differ go to disagreements.jsonl',
    words: ['mathpie', 'metamath-gsm8k', 'metamath-math', 'hendrycks', 'strict'],
    fallback: undefined,
  }),
  backward: flag({ description: 'ask backward questions made of the problems, as GSM8K-Backward is of GSM8K' }),
  train: text({
    valueName: 'FILE',
    description: 'training rows: breaks accuracy down by the augmentation type of the row nearest to each question',
  }),
  'train-embeddings': text({
    valueName: 'DIR',
    description: 'nearest by meaning: what mathpie embed made of the training rows; needs --data-embeddings',
  }),
  'data-embeddings': text({ valueName: 'DIR', description: 'what mathpie embed made of the questions' }),
  'max-tokens': integer({
    description: 'longest completion in tokens; 1024 when left out, 512 or 2048 with a preset of MetaMath',
    fallback: undefined,
    minimum: 1,
    maximum: 1_000_000,
  }),
};

export type EvaluationValues = {
  readonly preset: 'mathpie' | MetamathPresetName;
  readonly policy: Partial<AnswerPolicy> | undefined;
  readonly compare: PresetName | undefined;
  readonly backward: boolean;
  readonly train: string | undefined;
  readonly 'train-embeddings': string | undefined;
  readonly 'data-embeddings': string | undefined;
  readonly 'max-tokens': number | undefined;
  readonly prompts: string | undefined;
  readonly seed: number;
};

/** Refuses flags that do not go together, before anything is read or opened. */
export function checkEvaluationValues(values: EvaluationValues): void {
  const { preset, policy, compare, prompts, train } = values;
  const embeddings = [values['train-embeddings'], values['data-embeddings']].filter((value) => value !== undefined);
  const state =
    preset !== 'mathpie' && prompts !== undefined
      ? `preset ${preset} has its own template; leave out --prompts or --preset`
      : policy !== undefined && preset !== 'mathpie' && compare !== undefined && compare !== 'mathpie'
        ? `neither ${preset} nor ${compare} has policies; leave out --policy`
        : compare === preset && policy === undefined
          ? `--compare ${compare} is the grader itself; name another one`
          : embeddings.length === 1
            ? '--train-embeddings and --data-embeddings belong together; give both'
            : embeddings.length === 2 && train === undefined
              ? 'the embeddings lack the types of their rows; give --train FILE as well'
              : undefined;
  if (state !== undefined) throw new InputError(`Cannot evaluate: ${state}`);
}

/** How is asked and who judges, from the flags. */
export async function chooseEvaluation(
  values: EvaluationValues,
  { model, terminal }: { model: LanguageModel; terminal: Terminal },
): Promise<
  Required<Pick<EvaluateOptions, 'promptSet' | 'maxTokens' | 'grader'>> & Pick<EvaluateOptions, 'secondGrader'>
> {
  const { createGrader } = await import('../../evaluation/create-grader.js');
  const { preset, policy, prompts, 'max-tokens': maxTokens } = values;
  const own = { preset: 'mathpie' as const, ...(policy && { policy }) };
  const compare = values.compare ?? (preset === 'mathpie' ? undefined : 'mathpie');
  const secondGrader =
    compare === undefined
      ? {}
      : // Of two mathpies the first has the policies
        { secondGrader: createGrader(compare === 'mathpie' && preset !== 'mathpie' ? own : { preset: compare }) };
  if (preset === 'mathpie') {
    const { choosePromptSet } = await import('../../steps/choose-prompt-set.js');
    const promptSet = choosePromptSet(model, prompts, undefined, terminal.language);
    return { promptSet, maxTokens: maxTokens ?? 1024, grader: createGrader(own), ...secondGrader };
  }
  const { metamathPreset } = await import('../../evaluation/metamath-preset.js');
  const isRaw = model.capabilities.raw;
  if (!isRaw)
    terminal.note(
      `${model.name} takes no raw text: the template of ${preset} is sent as a message without stops, unlike published`,
    );
  const { prompt, maxTokens: most } = metamathPreset(preset, { isRaw });
  return { promptSet: prompt, maxTokens: maxTokens ?? most, grader: createGrader({ preset }), ...secondGrader };
}
