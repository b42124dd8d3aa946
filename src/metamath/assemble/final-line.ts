/**
 * A response with its answer in MetaMathQA's last line: `The answer is: 12`. Lines at the end that say nothing but this
 * answer (`#### 12`, `The answer is \boxed{12}.`) are replaced, all others stay. `ending: 'hashes'` puts `#### 12` before
 * it, as MetaMathQA's rows of GSM8K have it. Undefined when nothing else is left: an answer without work teaches none.
 */
export function withFinalLine(
  response: string,
  { answer, ending }: { readonly answer: string; readonly ending: 'answer' | 'hashes' },
): string | undefined {
  const wanted = plainAnswer(answer);
  let body = response.trimEnd();
  while (body !== '') {
    const lineStart = body.lastIndexOf('\n') + 1;
    if (!saysOnly(body.slice(lineStart), wanted)) break;
    body = body.slice(0, lineStart).trimEnd();
  }
  if (body.trim() === '') return undefined;
  const hashes = ending === 'hashes' ? `#### ${wanted}\n` : '';
  return `${body}\n${hashes}The answer is: ${wanted}`;
}

/** A line no longer than this may be nothing but an answer. */
const longestLine = 400;

const statement =
  /^\W{0,6}(?:####|(?:(?:so|thus|hence|therefore),?\s{1,3})?the\s{1,3}(?:final\s{1,3})?answer\s{0,3}(?:is|:)\s{0,3}:?)(.*)$/is;

function saysOnly(line: string, answer: string): boolean {
  const trimmed = line.trim();
  if (trimmed.length > longestLine) return false;
  const said = statement.exec(trimmed)?.[1];
  return said !== undefined && plainAnswer(said) === answer;
}

/**
 * An answer without what surrounds it: `$…$`, `\boxed{…}`, bold, a full stop, a currency sign before a number, commas between
 * thousands. LaTeX inside stays.
 */
export function plainAnswer(answer: string): string {
  // Most answers are bare numbers.
  if (/^-?\d+$/.test(answer)) return answer;
  let plain = answer.trim();
  for (let before = ''; before !== plain; ) {
    before = plain;
    plain = unwrap(plain)
      .replace(/(?<!\\)[.:*\s]+$|^[*:\s]+/g, '')
      .trim();
  }
  const number = /^(-?)\\?[$€£]?\s?(-?\d{1,3}(?:,\d{3})+|-?\d+)(\.\d+)?$/.exec(plain);
  if (number === null) return plain;
  const [, sign = '', whole = '', decimals = ''] = number;
  return `${sign}${whole.replaceAll(',', '')}${decimals}`;
}

function unwrap(text: string): string {
  for (const [open, close] of wrappings) {
    if (!text.startsWith(open) || !text.endsWith(close) || text.length < open.length + close.length) continue;
    const inner = text.slice(open.length, text.length - close.length);
    // `$1$ and $2$` and `\boxed{1}, \boxed{2}` are two.
    if (!inner.includes(open) && isBalanced(inner)) return inner.trim();
  }
  return text;
}

const wrappings = [
  ['$$', '$$'],
  ['$', '$'],
  ['\\(', '\\)'],
  ['\\[', '\\]'],
  ['\\boxed{', '}'],
  ['\\fbox{', '}'],
  ['**', '**'],
] as const;

function isBalanced(text: string): boolean {
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    if (text[index] === '{' && text[index - 1] !== '\\') depth += 1;
    if (text[index] === '}' && text[index - 1] !== '\\') depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}
