import { kindOf } from './answer-kind.js';

/** A text that says the same as a gold; `response` is a full text, from which the answer has to be taken. */
export type Rewritten = { readonly answer: string } | { readonly response: string };
export type ValueKeeper = { readonly name: string; readonly rewrite: (gold: string) => Rewritten | undefined };

const wrap = (name: string, before: string, after: string): ValueKeeper => ({
  name,
  rewrite: (gold) => ({ answer: `${before}${gold}${after}` }),
});
const say = (name: string, before: string, after: string): ValueKeeper => ({
  name,
  rewrite: (gold) => ({ response: `${before}${gold}${after}` }),
});
const replace = (name: string, pattern: RegExp, by: string): ValueKeeper => ({
  name,
  rewrite: (gold) => {
    const written = gold.replace(pattern, by);
    return written === gold ? undefined : { answer: written };
  },
});
/** A rewriting of numbers and formulas alone. */
const scalar = (name: string, write: (gold: string) => string | undefined): ValueKeeper => ({
  name,
  rewrite: (gold) => {
    const written = kindOf(gold).isScalar ? write(gold) : undefined;
    return written === undefined ? undefined : { answer: written };
  },
});
/** A rewriting of whole numbers and decimals alone. */
const numeral = (name: string, write: (gold: string) => string | undefined): ValueKeeper => ({
  name,
  rewrite: (gold) => {
    const written = /^-?\d+(?:\.\d+)?$/.test(gold) ? write(gold) : undefined;
    return written === undefined ? undefined : { answer: written };
  },
});

/** What people, models and data sets do to an answer without changing it, in LaTeX, plain text, prose and Japanese. */
export const valueKeepers: readonly ValueKeeper[] = [
  wrap('$…$', '$', '$'),
  wrap('$$…$$', '$$', '$$'),
  wrap('\\(…\\)', '\\(', '\\)'),
  wrap('\\[…\\]', '\\[ ', ' \\]'),
  wrap('\\boxed', '\\boxed{', '}'),
  wrap('\\fbox in $', '$\\fbox{', '}$'),
  wrap('blanks', '  ', ' \n'),
  wrap('a full stop', '', '.'),
  wrap('a full stop in $', '$', '.$'),
  wrap('\\displaystyle', '\\displaystyle ', ''),
  wrap('a thin space', '', '\\,'),
  wrap('bold', '**$', '$**'),
  say('boxed in prose', 'We add both and get $\\boxed{', '}$, as wanted.'),
  say('the answer is', 'Adding up, we find that the answer is $', '$.'),
  say('final answer', 'Both parts together.\n\nFinal Answer: $', '$'),
  say('bold final answer', 'First we halve.\n\n**Final Answer**\n\n$$', '$$'),
  say('final answer with hope', 'Final Answer: The final answer is $', '$. I hope it is correct.'),
  say('hashes', 'Three more make it.\n#### ', ''),
  say('A:', 'Three more make it.\nA: ', ''),
  say('an aside behind', 'The answer is $', '$ (since both sides agree).'),
  say('a reason behind', 'The answer is $', '$, because nothing else fits.'),
  say('a remark behind', 'The answer is $', '$. The result is consistent with the picture.'),
  say('答えは', 'したがって、答えは$', '$です。'),
  say('答え：', '計算すると\n答え：$', '$'),
  say('よって', '両辺を比べる。よって$', '$'),
  say('答えは \\boxed', '以上より、答えは $\\boxed{', '}$ となります。'),
  say('after thinking', '<think>Is it 7? No.</think>\nThe answer is \\boxed{', '}.'),
  replace('\\dfrac', /\\frac/g, '\\dfrac'),
  replace('\\tfrac', /\\d?frac/g, '\\tfrac'),
  replace('\\cdot for \\times', /\\times/g, '\\cdot'),
  replace('no thin spaces', /\\,/g, ''),
  replace('\\le for \\leq', /\\leq(?![a-z])/g, '\\le'),
  replace('plain brackets', /\\left(?=[([])|\\right(?=[)\]])/g, ''),
  replace('signs of Unicode', /(?<![\\\w{^_])-/g, '−'),
  replace('π', /\\pi(?![a-z])/g, 'π'),
  scalar('doubled backslashes', (gold) => (/^\\[dt]?frac/.test(gold) ? `\\${gold}` : undefined)),
  scalar('in parentheses', (gold) => `\\left(${gold}\\right)`),
  scalar('plus 0', (gold) => `(${gold}) + 0`),
  scalar('times 1', (gold) => `1 \\cdot (${gold})`),
  scalar('over 1', (gold) => `\\frac{${gold}}{1}`),
  scalar('twice its half', (gold) => `2 \\cdot \\frac{${gold}}{2}`),
  scalar('minus minus', (gold) => `-(-(${gold}))`),
  scalar('one more, one less', (gold) => `(${gold}) + 1 - 1`),
  scalar('named', (gold) => `S = ${gold}`),
  numeral('a decimal zero', (gold) => (gold.includes('.') ? `${gold}0` : `${gold}.0`)),
  numeral('thousands marks', (gold) => (/^-?\d{4,6}$/.test(gold) ? gold.replace(/(\d{3})$/, ',$1') : undefined)),
  numeral('thousands marks in braces', (gold) =>
    /^-?\d{4,6}$/.test(gold) ? gold.replace(/(\d{3})$/, '{,}$1') : undefined,
  ),
  numeral('full width', (gold) => gold.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))),
  numeral('a plus sign', (gold) => (gold.startsWith('-') ? undefined : `+${gold}`)),
  numeral('as text', (gold) => `\\text{${gold}}`),
  numeral('its square root squared', (gold) => (/^\d{1,6}$/.test(gold) ? `\\sqrt{${BigInt(gold) ** 2n}}` : undefined)),
  {
    name: 'the fraction not reduced',
    rewrite: (gold) => {
      const [, sign = '', top, bottom] = /^(-?)\\[dt]?frac\{(\d+)\}\{(\d+)\}$/.exec(gold) ?? [];
      return top === undefined ? undefined : { answer: `${sign}\\frac{${3 * Number(top)}}{${3 * Number(bottom)}}` };
    },
  },
  {
    name: 'a slash',
    rewrite: (gold) => {
      const [, sign = '', top, bottom] = /^(-?)\\[dt]?frac\{(\d+)\}\{(\d+)\}$/.exec(gold) ?? [];
      return top === undefined ? undefined : { answer: `${sign}${top}/${bottom}` };
    },
  },
  {
    name: 'the other order of a list',
    rewrite: (gold) => {
      if (!/^-?\d+(?:, ?-?\d+)+$/.test(gold) || /^\d{1,3}(?:,\d{3})+$/.test(gold)) return undefined;
      return { answer: gold.split(/, ?/).reverse().join(', ') };
    },
  },
];
