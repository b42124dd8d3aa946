export type TextPiece = { readonly kind: 'text' | 'inline' | 'display'; readonly source: string };

/** Longer than any formula of a worked solution; what is longer is text that happens to hold two dollar signs. */
const longestFormula = 2000;

/**
 * Cuts text into plain text and formulas: `$…$`, `$$…$$`, `\(…\)`, `\[…\]`, and a bare `\boxed{…}`, `\frac{…}{…}` or
 * `\sqrt{…}`. Money stays text: as in Pandoc's Markdown, no space may follow the opening dollar sign or precede the closing
 * one, and no digit may follow it. Text without dollar signs and without words, such as `3\sqrt{2} + x^2`, is one formula.
 * Never fails: what is not closed is text. Time grows linearly with the text.
 */
export function splitMath(text: string): TextPiece[] {
  if (isBareFormula(text)) return [{ kind: 'inline', source: text.trim() }];
  const pieces: TextPiece[] = [];
  let plainFrom = 0;
  const openings = /\\\$|\$\$?|\\[([]|\\(?:boxed|[dt]?frac|sqrt)(?=[{[])/g;
  for (let match = openings.exec(text); match !== null; match = openings.exec(text)) {
    const found = readFormula(text, match.index, match[0]);
    if (found === undefined) continue;
    if (match.index > plainFrom) pieces.push({ kind: 'text', source: text.slice(plainFrom, match.index) });
    pieces.push({ kind: found.kind, source: found.source });
    plainFrom = found.end;
    openings.lastIndex = found.end;
  }
  if (plainFrom < text.length) pieces.push({ kind: 'text', source: text.slice(plainFrom) });
  return pieces;
}

type Found = TextPiece & { readonly end: number };

function readFormula(text: string, start: number, opening: string): Found | undefined {
  if (opening === '\\$') return { kind: 'text', source: '$', end: start + 2 };
  if (opening === '$') return readDollars(text, start);
  if (opening === '$$') return readUntil(text, start + 2, '$$', 'display');
  if (opening === '\\(') return readUntil(text, start + 2, '\\)', 'inline');
  if (opening === '\\[') return readUntil(text, start + 2, '\\]', 'display');
  return readCommand(text, start, opening);
}

function readUntil(text: string, from: number, closing: string, kind: 'inline' | 'display'): Found | undefined {
  const end = text.slice(from, from + longestFormula).indexOf(closing);
  if (end <= 0) return undefined;
  return { kind, source: text.slice(from, from + end), end: from + end + closing.length };
}

function readDollars(text: string, start: number): Found | undefined {
  if (/^(?:\s|$)/.test(text.charAt(start + 1))) return undefined;
  const window = text.slice(start + 1, start + 1 + longestFormula);
  for (let at = window.indexOf('$'); at !== -1; at = window.indexOf('$', at + 1)) {
    if (window[at - 1] === '\\') continue;
    if (/\n\s*\n/.test(window.slice(0, at))) return undefined;
    // An odd closing dollar sign ends the search: another formula may begin there.
    if (at === 0 || /\s/.test(window.charAt(at - 1)) || /\d/.test(window.charAt(at + 1))) return undefined;
    return { kind: 'inline', source: window.slice(0, at), end: start + at + 2 };
  }
  return undefined;
}

/** A command with its groups: `\sqrt[3]{8}`, `\frac{1}{2}`. */
function readCommand(text: string, start: number, command: string): Found | undefined {
  let end: number | undefined = start + command.length;
  if (text[end] === '[') end = endOfGroup(text, end, '[', ']');
  for (let groups = command.endsWith('frac') ? 2 : 1; groups > 0 && end !== undefined; groups -= 1)
    end = text[end] === '{' ? endOfGroup(text, end, '{', '}') : undefined;
  return end === undefined ? undefined : { kind: 'inline', source: text.slice(start, end), end };
}

function endOfGroup(text: string, start: number, open: string, close: string): number | undefined {
  let depth = 0;
  for (let at = start; at < text.length && at - start < longestFormula; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === open) depth += 1;
    else if (text[at] === close) depth -= 1;
    if (depth === 0) return at + 1;
  }
  return undefined;
}

function isBareFormula(text: string): boolean {
  if (text.length > longestFormula || !/[\\^_]/.test(text) || /\$|\\[([]|\n/.test(text)) return false;
  const withoutCommands = text.replace(/\\(?:text|mathrm|textbf)\{[^{}]*\}/g, '').replace(/\\[a-zA-Z]+/g, '');
  return /\\[a-zA-Z]|\^|_/.test(text) && !/[a-zA-Z]{2}/.test(withoutCommands);
}
