/**
 * MetaMath's MATH grader as published (util.py and eval_math.py of meta-math/MetaMath, the code of hendrycks/math),
 * kept to reproduce published numbers: string rules in the original's order, its faults included.
 */
export function isMetamathEquivalent(answer: string, gold: string): boolean {
  try {
    return stripString(answer) === stripString(gold);
  } catch (error) {
    if (error !== pythonError) throw error;
    // The original falls back to raw equality on any exception.
    return answer === gold;
  }
}

/** The prediction: text after the last "The answer is: ", up to ".\n", one closing full stop removed. */
export function extractMetamathMath(response: string): string | undefined {
  const marker = 'The answer is: ';
  const parts = response.split(marker);
  if (parts.length < 2) return undefined;
  const tail = parts[parts.length - 1] ?? '';
  const first = (tail.split('.\n')[0] ?? '').trim();
  return first.endsWith('.') ? first.slice(0, -1).trim() : first.trim();
}

/** The original raises where Python would: a failed assertion, an index or int(). */
const pythonError = new Error('Cannot normalise the answer as the original does');

export function stripString(text: string): string {
  let string = text.replaceAll('\n', '').replaceAll('\\!', '').replaceAll('\\\\', '\\');
  string = string.replaceAll('tfrac', 'frac').replaceAll('dfrac', 'frac');
  string = string.replaceAll('\\left', '').replaceAll('\\right', '');
  string = string.replaceAll('^{\\circ}', '').replaceAll('^\\circ', '').replaceAll('\\$', '');
  string = removeRightUnits(string);
  string = string.replaceAll('\\%', '').replaceAll(' .', ' 0.').replaceAll('{.', '{0.');
  if (string === '') return string;
  if (string.startsWith('.')) string = `0${string}`;
  const sides = string.split('=');
  if (sides.length === 2 && (sides[0] ?? '').length <= 2) string = sides[1] ?? '';
  string = fixRoots(string);
  string = fixFractions(string.replaceAll(' ', ''));
  if (string === '0.5') string = '\\frac{1}{2}';
  return fixSlash(string);
}

const removeRightUnits = (string: string): string => {
  if (!string.includes('\\text{ ')) return string;
  const splits = string.split('\\text{ ');
  if (splits.length !== 2) throw pythonError;
  return splits[0] ?? '';
};

const fixRoots = (string: string): string => {
  if (!string.includes('\\sqrt')) return string;
  const [first = '', ...rest] = string.split('\\sqrt');
  return rest.reduce((fixed, split) => {
    if (split === '') throw pythonError;
    return split[0] === '{' ? `${fixed}\\sqrt${split}` : `${fixed}\\sqrt{${split[0]}}${split.slice(1)}`;
  }, first);
};

const fixFractions = (string: string): string => {
  const [first = '', ...rest] = string.split('\\frac');
  let fixed = first;
  for (const split of rest) {
    fixed += '\\frac';
    if (split === '') throw pythonError;
    if (split[0] === '{') fixed += split;
    else {
      if (split.length < 2) return string;
      const [top = '', bottom = ''] = split;
      if (bottom !== '{') fixed += `{${top}}{${bottom}}${split.slice(2)}`;
      else fixed += `{${top}}${bottom}${split.slice(2)}`;
    }
  }
  return fixed;
};

/** Exactly one slash between two integers, written as Python writes them; anything else but integers raises. */
const fixSlash = (string: string): string => {
  const parts = string.split('/');
  if (parts.length !== 2) return string;
  const [top = '', bottom = ''] = parts;
  const [first, second] = [pythonInteger(top), pythonInteger(bottom)];
  return string === `${first}/${second}` ? `\\frac{${first}}{${second}}` : string;
};

const pythonInteger = (text: string): string => {
  const match = /^\s*([+-]?)0*(\d+(?:_\d+)*)\s*$/.exec(text);
  if (!match) throw pythonError;
  const digits = (match[2] ?? '').replaceAll('_', '');
  return `${match[1] === '-' && digits !== '0' ? '-' : ''}${digits}`;
};
