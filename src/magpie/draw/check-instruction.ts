import type { OtherTask } from './control-words.js';
import { findAnswerBleed } from './find-answer-bleed.js';
import { hasMixedScripts, holdsCode } from './find-foreign-text.js';
import { isFragment } from './find-fragment.js';
import { findMissingGivens } from './find-missing-givens.js';
import { holdsTemplateTokens } from './holds-template-tokens.js';
import { isMathProblem } from './is-math-problem.js';
import { isOtherLanguage } from './is-other-language.js';
import { isRequest } from './is-request.js';

export type InstructionFault =
  | 'length'
  | 'leaked-tokens'
  | 'assistant-voice'
  | 'answer-bleed'
  | 'trailing-colon'
  | 'fragment'
  | 'missing-givens'
  | 'mixed-scripts'
  | 'code'
  | 'not-a-problem'
  | 'other-language'
  | 'unlikely';

/**
 * What is wrong with a text that a model wrote into an open user turn, or undefined when it is a whole problem, in English or
 * Japanese. These are the defects of real Magpie output: turns that hit the length limit, special tokens of another
 * template, words of several scripts (a temperature above what the model bears), programs, the assistant speaking, the answer running on in the question, text cut at a colon or in front of its formula, pieces of
 * another text, and requests for an explanation. Whether a statement is true is not asked. Duplicates are found later, by order.
 * Of a task that is no mathematics (`task`) the same is asked but for what is mathematics alone.
 */
export function checkInstruction({
  text,
  finishReason,
  task,
}: {
  text: string;
  finishReason: 'stop' | 'length' | 'error';
  task?: OtherTask | undefined;
}): InstructionFault | undefined {
  // A model that runs on for ever must not make the patterns slow; no problem is that long.
  if (finishReason !== 'stop' || text.length > longestProblem) return 'length';
  const instruction = shortenBlanks(text);
  if (instruction === '') return 'not-a-problem';
  if (holdsTemplateTokens(instruction)) return 'leaked-tokens';
  // Who asks for a translation writes two languages
  if (task !== 'translation' && hasMixedScripts(instruction)) return 'mixed-scripts';
  if (task === undefined && holdsCode(instruction)) return 'code';
  const isAnswering = assistantOpens.test(instruction) && !userOpens.test(instruction);
  if (isAnswering || assistantAnswers.test(instruction)) return 'assistant-voice';
  const isAnswered = task === undefined ? findAnswerBleed(instruction) !== undefined : headedAnswer.test(instruction);
  if (isAnswered) return 'answer-bleed';
  if (/[:：]$/.test(instruction)) return 'trailing-colon';
  if (task !== undefined) return isRequest(instruction, task) ? undefined : 'not-a-problem';
  const fault = faultOfStatement(instruction);
  // What is refused for its words has none that these rules know
  return fault !== undefined && isOtherLanguage(instruction) ? 'other-language' : fault;
}

function faultOfStatement(instruction: string): InstructionFault | undefined {
  if (isFragment(instruction)) return 'fragment';
  if (findMissingGivens(instruction) !== undefined) return 'missing-givens';
  return isMathProblem(instruction) ? undefined : 'not-a-problem';
}

export const longestProblem = 8000;

/** Runs of white space tell nothing, and make patterns that cross them slow. */
export function shortenBlanks(text: string): string {
  return text.trim().replace(/\s{3,}/g, (run) => (/[\n\r\u2028\u2029]/.test(run) ? '\n\n' : '  '));
}

/** Two problems with the same normal form are the same problem: case, white space and the last mark do not count. */
export function normalInstruction(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[.?!。]+$/, '');
}

const assistantOpens =
  /^(?:sure|certainly|of course|absolutely|okay|great question)\b[,!. ]|^(?:hello|hi)(?:[,!.]| there\b)|^here(?:'s|’s| is| are)\b(?! (?:an?|the|some|\d+) (?:\w+ )?(?:sequences?|numbers?|lists?|tables?|data|sets?|scores?|prices?|measurements?|values?|equations?|digits?|points?)\b)|\bas an ai\b|\bi(?:'m|’m| am) (?:sorry|happy to|an ai|here to)|\bi cannot (?:provide|help|assist)|\bhow (?:can|may) i (?:help|assist)|^assistant\b|^(?:もちろん|はい[、。！!]|承知|了解|わかりました|分かりました|かしこまり|こんにちは|申し訳|以下[はがに][^。]{0,20}問題)|お手伝い(?:でき|しま|いたし)|ご質問(?:は|が)あり|AI(?:アシスタント|モデル)?として/i;
/** "Okay, so I have 3 friends. How many …?": a user, who asks, and does not think aloud as models do. */
const userOpens =
  /^okay,? so\b(?!.*\b(?:let me|let['’]?s|let us|i need to|i think|i remember|i (?:should|must|have to)|hmm|wait|first,|(?:the|this|that) (?:problem|question)\b)).*\?$/is;
/** A heading under which the answer goes on in the request. */
const headedAnswer = /\n\s*(?:\*\*|#+ )?(?:answer|solution|translation|output|解答|答え|訳文?)(?:\*\*)?\s*[:：]/i;
/** Somebody agrees to what was asked before. */
const assistantAnswers =
  /[.?!)\]$]\s+(?:sure|certainly|absolutely|of course|great question)[!,.]\s|[。？！?!]\s*(?:もちろんです|はい、|承知しました|かしこまりました|良い質問です)/i;
