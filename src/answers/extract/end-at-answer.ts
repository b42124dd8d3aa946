import { splitThinking } from './split-thinking.js';

/** A response up to the answer that it states, and how many characters of other things came behind it. */
export type EndedText = { readonly text: string; readonly ranOn: number };

/**
 * A text that the token limit cut, or that was stopped because it ran on (`watchRunningOn`), ended where it states its answer: a model that was not taught to end
 * its turn (a base model behind solved examples) goes on with another question, or says the same again and again. Undefined where the text states none in a line
 * of the form that solved examples have ("The answer is: 4", "#### 4"), or where it only says more about it. Never asked of a text that ended by itself.
 */
export function endAtAnswer(text: string): EndedText | undefined {
  const stated = findStatement(text);
  if (stated === null) return undefined;
  const end = stated.index + stated[0].length;
  const rest = text.slice(end);
  const isOther = findStatement(rest) !== null || nextQuestion.test(rest) || !/\p{L}/u.test(rest);
  if (rest.trim() === '' || !isOther) return undefined;
  return { text: text.slice(0, end).trimEnd(), ranOn: rest.length };
}

/**
 * Sees a text grow, and says once that nothing more is to be waited for: whatever follows, `endAtAnswer` will end it in the same place. It asks for more than
 * that does, as a text may still end by itself: the heading of another question, two more answers, or signs alone for long. Each character is looked at once.
 */
export function watchRunningOn(): (text: string) => boolean {
  let seen = 0;
  let line = 0; // where the line begins that is not whole yet
  let isStated = false;
  let moreAnswers = 0;
  let signs = 0;
  let isOver = false;
  const takeLine = (whole: string): boolean => {
    const states = statement.test(whole);
    if (!isStated) {
      isStated = states;
      return false;
    }
    moreAnswers += states ? 1 : 0;
    return moreAnswers >= enoughAnswers || nextQuestion.test(`\n${whole}`);
  };
  const runsOn = (text: string): boolean => {
    let found = false;
    for (let end = text.indexOf('\n', seen); end !== -1 && !found; end = text.indexOf('\n', seen)) {
      signs = countSigns(text.slice(seen, end), signs);
      const wasStated = isStated;
      found = takeLine(text.slice(line, end));
      if (!wasStated) signs = 0;
      seen = end + 1;
      line = seen;
    }
    signs = countSigns(text.slice(seen), signs);
    seen = text.length;
    return found || (isStated && signs >= enoughSigns);
  };
  return (text) => {
    if (isOver || !runsOn(text)) return false;
    isOver = true;
    // In a thought, or behind one, it is not the answer that was stated.
    const { thinking, isOpen } = splitThinking(text);
    return thinking === undefined && !isOpen && endAtAnswer(text) !== undefined;
  };
}

/** Answers that a text states behind its first: one more may be the last step's, and the text may end there. */
const enoughAnswers = 2;
/** Signs without a letter behind the answer. A closing rule or formula has fewer. */
const enoughSigns = 200;

/** Never enough any more once there is a letter. */
const countSigns = (piece: string, before: number): number =>
  /\p{L}/u.test(piece) ? Number.NEGATIVE_INFINITY : before + piece.replace(/\s+/g, '').length;

/** In whole lines: the last one was cut, and an answer in it may be. */
const findStatement = (text: string): RegExpExecArray | null =>
  statement.exec(text.slice(0, text.lastIndexOf('\n') + 1));

/** The line of it, to its end. Behind #### a number with at most a unit: "#### Step 2" and "#### 2. Check" are headings. */
const statement =
  /(?:\bthe answer is ?[:：]|答え ?[:：])[ \t]*\S[^\n]*|(?:^|\n)[ \t]*####[ \t]*(?!\d+[.):](?:[ \t]|\n|$))(?:[-+−~≈$€£¥(]{0,3}\d|\\(?:boxed|d?frac))\S*(?:[ \t]+\S+){0,2}[ \t]*(?=\n|$)/i;
const nextQuestion =
  /\n[ \t]*(?:[*#]{0,3} ?(?:question|problem|q|user|human|instruction|example|問題|質問)[^\S\n]?\d{0,3}(?:\*\*)?[^\S\n]?[:：]|<\|im_start\|>|<start_of_turn>|\[INST\])/i;
