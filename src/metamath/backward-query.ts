import type { AskedSentence } from './last-sentence.js';
import type { MaskedQuestion } from './mask-quantities.js';

/** FOBAR's question: the masked question, its answer as a further condition, and what is asked (Jiang et al. 2023). */
export function fobarQuery({ masked, answer }: { masked: string; answer: string }): string {
  return `${masked}\nThe answer to this question is ${answer}. What is the value of x?`;
}

/** Self-verification's question: the masked story, told to its end, and what is asked (Weng et al. 2023). */
export function selfVerificationQuery({ masked }: { masked: string }): string {
  return `${masked}\nWhat is the value of x?`;
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
