import { checkInstruction, type InstructionFault, longestProblem, shortenBlanks } from './check-instruction.js';
import type { OtherTask } from './control-words.js';
import { cutAnswer, opensAnswer } from './cut-answer.js';
import { dropLabel } from './drop-label.js';

/** What a drawn text is taken for. */
export type ReadText = {
  readonly instruction: string;
  readonly fault: InstructionFault | undefined;
  /** The answer that ran on in the user's turn and was cut off. */
  readonly cut?: string;
};

/**
 * The problem of a drawn text, without the label in front of it and the answer behind it. A text is cut only where it is refused for its answer, or for a length that
 * its answer may have made, and only where the problem in front passes every check by itself.
 */
export function readDrawnText(
  text: string,
  {
    finishReason,
    task,
    cutsAnswers,
  }: {
    readonly finishReason: 'stop' | 'length' | 'error';
    readonly task?: OtherTask | undefined;
    readonly cutsAnswers: boolean;
  },
): ReadText {
  const instruction = dropLabel(text.trim());
  const fault = checkInstruction({ text: instruction, finishReason, task });
  // An answer in code or in a translation is what such a task is about
  if (!cutsAnswers || task !== undefined || finishReason === 'error') return { instruction, fault };
  if (fault !== 'answer-bleed' && fault !== 'length') return { instruction, fault };
  const found = cutAnswer(shortenBlanks(instruction.slice(0, longestProblem)));
  // What runs on for ever is mostly a list or a text that repeats itself
  if (fault === 'length' && !opensAnswer(found?.answer ?? '')) return { instruction, fault };
  const isWhole = found !== undefined && checkInstruction({ text: found.problem, finishReason: 'stop' }) === undefined;
  return isWhole ? { instruction: found.problem, fault: undefined, cut: found.answer } : { instruction, fault };
}
