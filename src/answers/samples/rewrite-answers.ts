/** A way to write the same answer differently, or undefined where it does not apply. */
export type Rewriting = { readonly name: string; readonly rewrite: (answer: string) => string | undefined };

const unless = (condition: boolean, text: string): string | undefined => (condition ? undefined : text);

/** What people and models do to an answer without changing it; each applied to a gold must still equal the gold. */
export const harmlessRewritings: readonly Rewriting[] = [
  {
    name: '\\dfrac and \\tfrac',
    rewrite: (answer) => unless(!/\\[dt]?frac/.test(answer), answer.replace(/\\[dt]?frac/g, '\\dfrac')),
  },
  {
    name: '\\left and \\right',
    rewrite: (answer) =>
      unless(!/^[([][^()[\]]*[)\]]$/.test(answer), `\\left${answer.slice(0, -1)}\\right${answer.slice(-1)}`),
  },
  { name: 'spaces around signs', rewrite: (answer) => unless(!/[+=]/.test(answer), answer.replace(/([+=])/g, ' $1 ')) },
  { name: '$…$', rewrite: (answer) => `$${answer}$` },
  { name: '\\(…\\)', rewrite: (answer) => `\\(${answer}\\)` },
  { name: '\\boxed{…}', rewrite: (answer) => `\\boxed{${answer}}` },
  { name: 'a full stop', rewrite: (answer) => `${answer.trim()}.` },
  {
    name: 'the unit left out',
    rewrite: (answer) => {
      const match =
        /^([\d.,\\!{}\s]+?)(?:\\[,; ]|\s)*\\(?:text|mbox)\s*\{\s*(?!and|or|[ap]\.m)[a-z ]+\.?\s*\}(?:\^\{?\d\}?)?$/.exec(
          answer,
        );
      return match?.[1];
    },
  },
  {
    name: 'thousands marks',
    rewrite: (answer) =>
      unless(
        !/(?<![\d.,!{}_])\d{4,6}(?![\d,_}])/.test(answer),
        answer.replace(/(?<![\d.,!{}_])(\d{1,3})(\d{3})(?![\d,_}])/g, '$1{,}$2'),
      ),
  },
  { name: 'prose around it', rewrite: (answer) => `Adding up, we find that the answer is $${answer}$.` },
];

/** Small changes that make an answer wrong; each must be told from the gold. Undefined where a change would be none. */
export const nearMisses: readonly Rewriting[] = [
  { name: 'the last digit off by one', rewrite: (answer) => changeDigit(answer, answer.search(/\d(?!.*\d)/s)) },
  { name: 'the first digit off by one', rewrite: (answer) => changeDigit(answer, answer.search(/\d/)) },
  {
    name: 'the sign turned',
    rewrite: (answer) =>
      unless(
        !/^[\d\\a-z(]/.test(answer) || /^(?:0|\\pm|\\text|\\mbox|\\\$|x=|[a-z] ?=|\(|.*[=,])/.test(answer),
        `-(${answer})`,
      ),
  },
  {
    name: 'plus for minus',
    rewrite: (answer) => unless(!/\d - ?\d/.test(answer), answer.replace(/(\d) - ?(\d)/, '$1 + $2')),
  },
  {
    name: 'one more item',
    rewrite: (answer) => unless(!/^[-\d, ]+$/.test(answer) || !answer.includes(', '), `${answer}, 987654`),
  },
];

function changeDigit(answer: string, at: number): string | undefined {
  if (at < 0) return undefined;
  const digit = Number(answer[at]);
  return answer.slice(0, at) + String(digit === 9 ? 8 : digit + 1) + answer.slice(at + 1);
}
