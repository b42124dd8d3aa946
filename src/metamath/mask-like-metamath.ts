import type { Quantity, QuantityKind } from './quantities/quantity.js';

/** A mask as the published generation code of MetaMath makes it; `variable` is all that stands in place of `original`. */
export type PublishedMask = Quantity & { readonly masked: string; readonly variable: string };

const words: Readonly<Record<string, string>> = {
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  ten: '10',
  eleven: '11',
  twelve: '12',
  sixteen: '16',
  fifth: '5',
  half: '50%',
};

/**
 * The backward masks of the published code (MetaMath, Yu et al. 2023; its step "create backward questions"), defects and
 * all, to compare with: tokens between single spaces that are one of 15 lower-case words (GSM8K alone) or hold a digit and
 * no letter; a currency sign in front of a closing mark and the dollars of a formula are lost. On GSM8K's 7,473 training
 * questions it gives 27,723 masks, as the original does.
 */
export function maskLikeMetamath(question: string, { dataset }: { dataset: 'gsm8k' | 'math' }): PublishedMask[] {
  const masks: PublishedMask[] = [];
  let start = 0;
  for (const token of question.split(' ')) {
    if (isMaskable(token, dataset)) masks.push(maskToken(question, { token, start, dataset }));
    start += token.length + 1;
  }
  return masks;
}

function isMaskable(token: string, dataset: 'gsm8k' | 'math'): boolean {
  if (dataset === 'gsm8k' && Object.hasOwn(words, token)) return true;
  return /\d/.test(token) && !/\p{L}/u.test(token) && !/[\n:()*"+\u2013-]/.test(token);
}

function maskToken(
  question: string,
  { token, start, dataset }: { token: string; start: number; dataset: 'gsm8k' | 'math' },
): PublishedMask {
  const number = words[token] ?? token;
  const letter = dataset === 'gsm8k' ? 'x' : 'X';
  const variable = closingMark.test(number)
    ? letter + number.slice(number.search(/\d\D*$/) + 1)
    : number.startsWith('$') && dataset === 'gsm8k'
      ? `$${letter}`
      : letter;
  const end = start + token.length;
  return {
    span: [start, end],
    original: token,
    masked: question.slice(0, start) + variable + question.slice(end),
    variable,
    value: number.replace(/[^\d./]/g, '').replace(/[./]+$/, ''),
    kind: kindOf(token, dataset),
  };
}

const closingMark = /[,.?;”’!"%]$/;

function kindOf(token: string, dataset: 'gsm8k' | 'math'): QuantityKind {
  if (Object.hasOwn(words, token)) return token === 'half' || token === 'fifth' ? 'word-fraction' : 'word';
  if (token.includes('%')) return 'percent';
  if (token.includes(dataset === 'math' ? '\\$' : '$')) return 'money';
  if (token.includes('/')) return 'fraction';
  if (/\d\.\d/.test(token)) return 'decimal';
  return /\d,\d{3}/.test(token) ? 'thousands' : 'integer';
}
