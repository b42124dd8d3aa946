import { extractAnswer } from '../../answers/extract/extract-answer.js';
import { splitThinking } from '../../answers/extract/split-thinking.js';
import { gradeResponse } from '../../answers/grade/grade-response.js';
import { isAtLeast, type Strength, strengths } from '../../answers/parse/verdict.js';
import { countBrokenSteps } from '../../answers/steps/count-broken-steps.js';
import type { JsonObject } from '../../storage/read-jsonl.js';
import { plainAnswer, withFinalLine } from './final-line.js';
import type { AssemblyRecipe } from './recipe.js';
import { statesTwoAnswers } from './states-two-answers.js';

/** A row as it is written, in the order of MetaMathQA's fields. */
export type AssembledRow = {
  readonly query: string;
  readonly response: string;
  readonly type: string;
  readonly original_question: string;
  /** Of the problem that it grew from, where the row names them. */
  readonly problem?: string;
  readonly subject?: string;
  readonly level?: number;
  /** What the model thought before the response; absent where nothing was. An export writes it, or leaves it out. */
  readonly thinking?: string;
};

/** Why a row by itself is not kept. */
export type RowFault =
  /** Nothing was generated, or a text is missing. */
  | 'left-out'
  /** A wording that came up before, so that nothing was asked again. */
  | 'duplicate-question'
  /** A type that the recipe does not ask for. */
  | 'other-type'
  | 'wrong'
  /** There is no verdict and no gold answer. */
  | 'ungraded'
  /** Right by a rule, or by a verdict of a strength, that the recipe does not trust. */
  | 'unverified'
  /** The box and the words of the response say different answers. */
  | 'two-answers'
  /** A line of its work does not hold, and the recipe wants all of them to. */
  | 'broken-steps'
  /** The response is an answer without work. */
  | 'no-work';

export type CheckedRow = {
  readonly type: string;
  readonly fault: RowFault | undefined;
  /** The grader's rule that accepted the answer; undefined where nothing was graded. */
  readonly rule: string | undefined;
  /** What a duplicate must have in common; undefined where the answer is not known. */
  readonly answer: string | undefined;
  /** Undefined when there is a fault. */
  readonly row: AssembledRow | undefined;
};

/** Judges a row by itself: its verdict, the rule behind the verdict, its texts. Writes the answer in its last line. */
export function checkRow(fields: JsonObject, { recipe }: { readonly recipe: AssemblyRecipe }): CheckedRow {
  const { query, type, original_question: original } = fields;
  const name = typeof type === 'string' ? type : '';
  const drop = (fault: RowFault, rule?: string): CheckedRow => ({
    type: name,
    fault,
    rule,
    answer: undefined,
    row: undefined,
  });
  const wanted = Object.hasOwn(recipe.types, name) ? recipe.types[name] : undefined;
  if (wanted === undefined) return drop('other-type');
  const { status } = fields;
  if (!isText(query) || !isText(fields.response))
    return drop(status === 'duplicate' ? 'duplicate-question' : 'left-out');
  if (status === 'failed') return drop('left-out');
  const { response, ...split } = splitThinking(fields.response);
  if (response === '') return drop('left-out');
  const thinking = isText(fields.thinking) ? fields.thinking : split.thinking;
  const verdict = readVerdict(fields, response, recipe);
  if (verdict === undefined) return drop('ungraded');
  const { isRight, rule, strength, extracted, gold } = verdict;
  if (!isRight) return drop('wrong', rule);
  if (rule !== undefined && !isVerified(rule, recipe)) return drop('unverified', rule);
  if (strength !== undefined && !isAtLeast(strength, recipe.verified.strength)) return drop('unverified', rule);
  if (statesTwoAnswers(response)) return drop('two-answers', rule);
  const isBroken = recipe.verified.steps === 'hold' && countBrokenSteps({ ...fields, response }) > 0;
  if (isBroken) return drop('broken-steps', rule);
  const answer = extracted === undefined ? undefined : chooseForm(extracted, gold);
  if (answer === undefined) return drop('ungraded', rule);
  const finished = withFinalLine(response, { answer, ending: wanted.ending });
  if (finished === undefined) return drop('no-work', rule);
  const question = isText(original) ? original : query;
  const texts = { query, response: finished, type: name, original_question: question, ...originOf(fields) };
  const row = thinking === undefined ? texts : { ...texts, thinking };
  return { type: name, fault: undefined, rule, answer: gold === undefined ? answer : plainAnswer(gold), row };
}

/** The problem's id, subject and level, where the row names them. */
export function originOf({
  problem,
  subject,
  level,
}: {
  readonly problem?: unknown;
  readonly subject?: unknown;
  readonly level?: unknown;
}): Pick<AssembledRow, 'problem' | 'subject' | 'level'> {
  return {
    ...(isText(problem) && { problem }),
    ...(isText(subject) && { subject }),
    ...(typeof level === 'number' && Number.isFinite(level) && { level }),
  };
}

type RowVerdict = {
  readonly isRight: boolean;
  readonly rule: string | undefined;
  readonly strength: Strength | undefined;
  readonly extracted: string | undefined;
  readonly gold: string | undefined;
};

/** The verdict that the row brings, or one made now; undefined when there is none. */
function readVerdict(fields: JsonObject, response: string, { verified }: AssemblyRecipe): RowVerdict | undefined {
  const gold = isText(fields.gold) ? fields.gold : undefined;
  if (typeof fields.equivalent === 'boolean') {
    const rule = isText(fields.rule) ? fields.rule : 'unknown';
    const extracted = isText(fields.extracted) ? fields.extracted : extractAnswer(response)?.answer;
    return {
      isRight: fields.equivalent,
      rule,
      strength: readStrength(fields, response, verified.strength),
      extracted,
      gold,
    };
  }
  if (verified.ungraded === 'keep') {
    return { isRight: true, rule: undefined, strength: undefined, extracted: extractAnswer(response)?.answer, gold };
  }
  if (verified.ungraded === 'drop' || gold === undefined) return undefined;
  const { equivalent, rule, strength, extracted } = gradeResponse({ gold, response });
  return { isRight: equivalent, rule, strength, extracted, gold };
}

/** The strength that the row brings; where it brings none and some is asked for, that of a verdict made now. */
function readStrength(fields: JsonObject, response: string, least: Strength): Strength {
  const brought = strengths.find((strength) => strength === fields.strength);
  if (brought !== undefined || least === 'policy') return brought ?? 'policy';
  if (!isText(fields.gold)) return 'policy';
  const { equivalent, strength } = gradeResponse({ gold: fields.gold, response });
  return equivalent ? strength : 'policy';
}

/** `boxed/exact-number`: found in a box, equal as exact numbers. */
function isVerified(rule: string, { verified }: AssemblyRecipe): boolean {
  const [extraction = '', equivalence = ''] = rule.split('/');
  return (verified.extraction as readonly string[]).includes(extraction) && verified.equivalence.includes(equivalence);
}

/** The answer in the response's own form; where that has words around a number, the number alone as the gold has it. */
function chooseForm(extracted: string, gold: string | undefined): string {
  const plain = plainAnswer(extracted);
  const plainGold = gold === undefined ? '' : plainAnswer(gold);
  const isNumber = /^-?\d+(?:\.\d+)?$/;
  return isNumber.test(plainGold) && !isNumber.test(plain) && /[a-z]{2}/i.test(plain.replace(/\\[a-z]+/gi, ''))
    ? plainGold
    : plain;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}
