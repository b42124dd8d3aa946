import { isEquivalent } from '../../answers/compare/is-equivalent.js';
import { extractAnswer } from '../../answers/extract/extract-answer.js';
import { splitThinking } from '../../answers/extract/split-thinking.js';
import { findSpecialStrings } from '../../prompts/find-special-strings.js';
import { isUnanswered } from '../../runs/count-calls.js';
import type { Grader } from '../create-grader.js';
import { cutWhileThinking } from '../grade-completion.js';
import type { GradedRow } from '../graded-row.js';
import { upstreamRule } from '../upstream/grade-upstream.js';

/** Why a point was lost, in the order in which it is looked for: what lies before the answer first, the model's mathematics last. */
export const causes = [
  'failed',
  'refused',
  'other-grader',
  'open-thought',
  'cut',
  'template',
  'stop-word',
  'suspect-gold',
  'not-found',
  'no-answer',
  'wrong',
] as const;
export type Cause = (typeof causes)[number];

/** What is known of the run beside its rows. */
export type RunSigns = {
  /** Another grader that is trusted more, and departures from the policy of the run's own. */
  readonly others: readonly Grader[];
  /** Questions whose samples agree on another answer than the gold one, or whose gold answer cannot be matched. */
  readonly suspects: ReadonlySet<string>;
  /** Whether responses were asked for with stop words. */
  readonly hasStops: boolean;
  /** The largest number of completion tokens, where so many rows have exactly that one that it must be the limit. */
  readonly limit: number | undefined;
};

/** What is said of an answer that is nothing but a thought, and not cut. */
export const thoughtAlone = 'a thought alone, and not cut';

/** Why the row has no point; undefined for a right one. `by` names what accepts it, or what was seen. */
export function findCause(
  row: GradedRow,
  signs: RunSigns,
): { readonly cause: Cause; readonly by?: string } | undefined {
  if (row.correct) return undefined;
  if (isUnanswered(row)) return { cause: 'failed', ...(row.reason !== undefined && { by: row.reason }) };
  // Of a text that the file does not hold nothing can be said
  if (row.response === undefined && row.rule === upstreamRule) return { cause: 'wrong', by: 'no response in the file' };
  const { response = '', gold = '', answer, rule, finishReason } = row;
  if (row.failure === 'refusal' || finishReason === 'content_filter' || isRefusal(response, answer))
    return { cause: 'refused' };
  const other = acceptedBy(row, signs.others);
  if (other !== undefined) return { cause: 'other-grader', by: other };
  if (rule === cutWhileThinking || splitThinking(response).isOpen) return { cause: 'open-thought' };
  // A server that takes a whole answer for a thought: its parser of thoughts waits for a mark that this model does not write
  const isThoughtAlone = response.trim() === '' && (row.thinking ?? '').trim() !== '';
  if (isThoughtAlone && !isCut(row, signs.limit)) return { cause: 'open-thought', by: thoughtAlone };
  if (isCut(row, signs.limit)) return { cause: 'cut' };
  const mark = findTemplateMark(response);
  if (mark !== undefined) return { cause: 'template', by: mark };
  if (signs.hasStops && endsAbruptly(response)) return { cause: 'stop-word' };
  if (signs.suspects.has(row.problem)) return { cause: 'suspect-gold' };
  if (statesGold(response, { gold, answer })) return { cause: 'not-found' };
  return { cause: answer === undefined ? 'no-answer' : 'wrong' };
}

function isRefusal(response: string, answer: string | undefined): boolean {
  if (response.length > 600 || (answer !== undefined && /\d/.test(answer))) return false;
  return /\b(?:I(?:'m| am) (?:sorry|unable)|I (?:cannot|can't|can not|won't) (?:help|assist|answer|provide|comply|do)|as an AI)\b|申し訳(?:ありません|ございません)/i.test(
    response,
  );
}

/** Who else says that it is right: the harness that the row came from, or a grader. */
function acceptedBy(row: GradedRow, others: readonly Grader[]): string | undefined {
  if (row.upstream === true) return 'the harness';
  const { question = '', gold, response } = row;
  if (gold === undefined || response === undefined || response === '') return undefined;
  return others.find((grader) => grader.grade({ question, gold, response }).correct)?.name;
}

function isCut({ finishReason, completionTokens }: GradedRow, limit: number | undefined): boolean {
  if (finishReason !== undefined) return finishReason === 'length';
  return limit !== undefined && completionTokens === limit;
}

/** A delimiter of a chat template in the text, or a turn of somebody else behind the answer: the model did not know where its turn ends. */
function findTemplateMark(response: string): string | undefined {
  if (response.trim() === '') return 'an empty response';
  const [special] = findSpecialStrings(response);
  if (special !== undefined) return special;
  const turn =
    /\n\s*(?:#{2,3} ?(?:instruction|response|question|input)|(?:user|human|assistant|question|problem|instruction)(?= ?:))/i.exec(
      response,
    );
  return turn?.[0]?.trim();
}

/** No end of a sentence, a formula or a list: the text stops in its middle. */
function endsAbruptly(response: string): boolean {
  return !/[.!?。！？)\]}$`*"'’”」]\s*$/.test(response);
}

/** Boxes and statements that were passed over, and, where no answer was found, the gold answer in the last lines. */
function statesGold(
  response: string,
  { gold, answer }: { readonly gold: string; readonly answer: string | undefined },
): boolean {
  if (gold === '') return false;
  const bare = extractAnswer(gold)?.answer ?? gold;
  const isGold = (said: string): boolean => isEquivalent(bare, said).equivalent;
  const tail = response.slice(-4000);
  const stated = [
    ...tail.matchAll(/\\boxed\s*\{([^{}]{1,80})\}|answer(?: is|:)\s*\**\$?([^\n$*.]{1,60})|####\s*([^\n]{1,60})/gi),
  ];
  if (stated.some(([, box, words, mark]) => isGold((box ?? words ?? mark ?? '').trim()))) return true;
  if (answer !== undefined) return false;
  const end = response.slice(-300);
  return (
    /\d/.test(bare) &&
    new RegExp(`(?<![\\d.,])${bare.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\d]|[.,]\\d)`).test(end)
  );
}
