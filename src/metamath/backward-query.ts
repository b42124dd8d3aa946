import type { AskedSentence } from '../language/last-sentence.js';
import type { PromptSet } from '../prompts/prompt-set.js';
import type { QueryKind } from '../prompts/prompt-variables.js';
import { renderPrompt, templateVariables } from '../prompts/render-prompt.js';
import type { MaskedQuestion } from './mask-quantities.js';

type Masked = {
  readonly masked: string;
  /** @default 'x' */
  readonly variable?: string;
  /** Sets answer and variable as formulas, as problems of MATH do; a prompt set with words of its own decides that itself. @default false */
  readonly inDollars?: boolean;
  /** Whose words close the question: `metamath` has those of the published rows. @default ours */
  readonly words?: Pick<PromptSet, 'name' | QueryKind> | undefined;
};

/** FOBAR's question: the masked question, its answer as a further condition, and what is asked (Jiang et al. 2023). */
export function fobarQuery({
  masked,
  answer,
  variable = 'x',
  inDollars,
  words,
}: Masked & { readonly answer: string }): string {
  const set = setter(inDollars);
  return (
    inWords(words, 'query-fobar', { masked, answer, variable }) ??
    `${masked}\nThe answer to this question is ${set(answer)}. What is the value of ${set(variable)}?`
  );
}

/** Self-verification's question: the masked story, told to its end, and what is asked (Weng et al. 2023). */
export function selfVerificationQuery({ masked, variable = 'x', inDollars, words }: Masked): string {
  return (
    inWords(words, 'query-self-verification', { masked, variable }) ??
    `${masked}\nWhat is the value of ${setter(inDollars)(variable)}?`
  );
}

function inWords(
  words: Masked['words'],
  kind: QueryKind,
  { variable, ...values }: Readonly<Record<string, string>>,
): string | undefined {
  const template = words?.[kind];
  if (template === undefined) return undefined;
  const all =
    variable !== undefined && templateVariables(template).includes('variable') ? { ...values, variable } : values;
  return renderPrompt(template, { name: `${words?.name}/${kind}`, values: all });
}

function setter(inDollars = false): (text: string) => string {
  return (text) => (inDollars && !text.includes('$') ? `$${text}$` : text);
}

/** The masked question with a statement where the asked sentence was. The mask has to lie in front of that sentence. */
export function tellMasked({
  mask,
  asked,
  statement,
}: {
  mask: MaskedQuestion;
  asked: AskedSentence;
  statement: string;
}): string {
  const shift = mask.variable.length - mask.original.length;
  const [start, end] = [asked.span[0] + shift, asked.span[1] + shift];
  return mask.masked.slice(0, start) + statement.trim() + mask.masked.slice(end);
}
