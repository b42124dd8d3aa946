/** The word in front of a place, in lower case and as written; '' when punctuation or nothing comes first. */
export function wordBefore(question: string, start: number): string {
  return /([\p{L}\p{N}'’-]+)[ \u00A0]+$/u.exec(question.slice(Math.max(0, start - 40), start))?.[1] ?? '';
}

/** The word after a place; '' when punctuation or nothing comes first. */
export function wordAfter(question: string, end: number): string {
  return /^[ \u00A0]+([\p{L}'’]+)/u.exec(question.slice(end, end + 40))?.[1] ?? '';
}

/** Words that no counted thing is called; after "week 3" they show that the number is a name. */
const functionWords = new Set(
  (
    'is are was were has have had will would can could should must may do does did in on at of to for from by with and ' +
    'or but than as if then that which who when where while because so per until after before during since between ' +
    'into over under how what he she they it we i you his her their its the a an this these those there not nor be been'
  ).split(' '),
);

/** Whether the words after a number name what is counted. */
export function countsSomething(question: string, end: number): boolean {
  const next = wordAfter(question, end);
  return next !== '' && !functionWords.has(next.toLowerCase()) && !/^\p{Lu}/u.test(next);
}

export function isFunctionWord(word: string): boolean {
  return functionWords.has(word.toLowerCase());
}

export function startsSentence(question: string, start: number): boolean {
  return /(?:^|[.!?:]["'”’)]*\s+|\n\s*|["“‘(])$/.test(question.slice(Math.max(0, start - 8), start));
}
