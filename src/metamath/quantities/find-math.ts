/**
 * The spans of LaTeX math in a question: the text between `$…$`, `$$…$$`, `\(…\)`, `\[…\]` and inside display
 * environments. Dollar signs are either all delimiters or all money; money wins where the pairs make no sense as math.
 */
export function findMath(question: string): readonly (readonly [start: number, end: number])[] {
  return [...betweenDollars(question), ...betweenBrackets(question)];
}

function betweenDollars(question: string): readonly (readonly [number, number])[] {
  const signs = [...question.matchAll(/(?<!\\)\$\$?/g)].map(({ index = 0, 0: { length } }) => ({ index, length }));
  if (signs.length === 0 || signs.length % 2 === 1) return [];
  const spans: (readonly [number, number])[] = [];
  for (let at = 0; at < signs.length; at += 2) {
    const [opening, closing] = [signs[at], signs[at + 1]];
    if (opening === undefined || closing === undefined) return [];
    const span = [opening.index + opening.length, closing.index] as const;
    if (!isFormula(question, span, closing.index + closing.length)) return [];
    spans.push(span);
  }
  return spans;
}

/** Not "$30 and $40", not "$30. She has $ 40", not "5$ and 6$". */
function isFormula(question: string, [start, end]: readonly [number, number], after: number): boolean {
  if (/[0-9]/.test(question[after] ?? '') && !/[\\^_{]/.test(question.slice(start, end))) return false;
  const content = question
    .slice(start, end)
    .replace(/\\(?:text|mbox|textbf|textit|mathrm|operatorname)\s*\{[^{}]*\}/g, '');
  if (/[A-Za-z]{2,}[,.;]?\s+[A-Za-z]{2,}/.test(content.replace(/\\[A-Za-z]+/g, ' '))) return false;
  const leansOut = /^\S/.test(content) && /\s$/.test(content) && !/\\/.test(content);
  const leansIn = /^\s/.test(content) && /[0-9]/.test(question[start - 2] ?? '');
  return !leansOut && !leansIn;
}

const opening = /\\\(|\\\[|\\begin\{(align|equation|gather|eqnarray|multline|array|cases|[bpvV]?matrix)(\*?)\}/g;

function betweenBrackets(question: string): readonly (readonly [number, number])[] {
  const spans: (readonly [number, number])[] = [];
  const absent = new Set<string>(); // a closer is looked for once, so that many openers cost linear time
  opening.lastIndex = 0;
  for (let found = opening.exec(question); found; found = opening.exec(question)) {
    const start = found.index + found[0].length;
    const close = found[1] === undefined ? (found[0] === '\\(' ? '\\)' : '\\]') : `\\end{${found[1]}${found[2]}}`;
    const end = absent.has(close) ? -1 : question.indexOf(close, start);
    if (end === -1) absent.add(close);
    if (end === -1) continue;
    spans.push([start, end]);
    opening.lastIndex = end;
  }
  return spans;
}
