/** A response up to the answer that it states, and how many characters of other things came behind it. */
export type EndedText = { readonly text: string; readonly ranOn: number };

/**
 * A text that the token limit cut, ended where it states its answer: a model that was not taught to end its turn (a base model behind solved
 * examples) goes on with another question, or says the same again and again. Undefined where the text states none in a line of the form that solved examples have
 * ("The answer is: 4", "#### 4"), or where it only says more about it. Never asked of a text that ended by itself.
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

/** In whole lines: the last one was cut, and an answer in it may be. */
const findStatement = (text: string): RegExpExecArray | null =>
  statement.exec(text.slice(0, text.lastIndexOf('\n') + 1));

/** The line of it, to its end. */
const statement = /(?:\bthe answer is ?[:：]|(?:^|\n)[ \t]*####|答え ?[:：])[ \t]*\S[^\n]*/i;
const nextQuestion =
  /\n[ \t]*(?:[*#]{0,3} ?(?:question|problem|q|user|human|instruction|example|問題|質問)\s?\d{0,3}(?:\*\*)?\s?[:：]|<\|im_start\|>|<start_of_turn>|\[INST\])/i;
