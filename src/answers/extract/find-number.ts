const number =
  /(?:(?<![\w.)\]}])[-+−]\s?)?(?:[$€£¥]\s?)?(?:\d{1,3}(?:,\d{3})+(?![\d])|\d+(?:,\d+(?![\d,]))?)(?:\.\d+)?(?:\s?\/\s?\d+(?:\.\d+)?)?|(?:(?<![\w.)\]}])[-+−])?\.\d+/g;

/**
 * The last number of a text, with its sign, thousands marks, fraction and percent sign. Where the last line computes
 * ("5 + 4 = 9 points in 40 minutes"), the number after its last equality sign.
 */
export function findNumber(text: string): string | undefined {
  const tail = text.slice(-20_000).trimEnd();
  const lastLine = tail.slice(tail.lastIndexOf('\n') + 1);
  const result = lastLine.slice(lastLine.lastIndexOf('=') + 1);
  if (result !== lastLine) {
    const computed = findFirstNumber(result);
    if (computed !== undefined) return computed;
  }
  let last: RegExpMatchArray | undefined;
  for (const match of tail.matchAll(number)) last = match;
  return last && withPercent(last, tail);
}

/** The first number, for a statement that goes on in prose. */
export function findFirstNumber(text: string): string | undefined {
  for (const match of text.slice(0, 2000).matchAll(number)) return withPercent(match, text);
  return undefined;
}

function withPercent(match: RegExpMatchArray, text: string): string {
  const end = (match.index ?? 0) + match[0].length;
  const sign = /^\s?(?:\\?%|percent\b|pct\b)/.exec(text.slice(end, end + 10));
  return match[0].trim() + (sign ? '%' : '');
}
