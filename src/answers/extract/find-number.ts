import { confesses, isDeniedAt } from './denials.js';
import { isAside, listNumbers, stateValue, unitBehind } from './state-value.js';

/**
 * The number that the end of a text states, with its sign, thousands marks, fraction and percent sign. Where the last line computes ("5 + 4
 * = 9 points in 40 minutes"), the number after its last equality sign; else what its last sentence with a number states.
 */
export function findNumber(text: string): string | undefined {
  const tail = withoutNotes(text.slice(-20_000).trimEnd());
  const lastLine = tail.slice(tail.lastIndexOf('\n') + 1);
  // Not that of n >= 12.
  const at = lastLine.search(/(?<![<>!])=[^=]*$/);
  if (at >= 0 && !isAside(lastLine.slice(0, at))) {
    const either = /(\b[a-z]) ?= ?([^\s=,]{1,20}),? (?:or|and) (?:\1 ?= ?)?([^\s=,]{0,10}\d[^\s=,]{0,10}?)\.?$/.exec(
      lastLine,
    );
    if (either) return `${either[2]}, ${either[3]}`;
    const [computed] = listNumbers(lastLine.slice(at + 1));
    if (computed && isDeniedAt(lastLine, at + 1 + computed.start, at + 1 + computed.end)) return undefined;
    const goesOn =
      computed && /^\s(?:gives?|yields?|results? in|implies)\s[^=]{0,60}\d/.test(lastLine.slice(at + 1 + computed.end));
    if (computed && !goesOn) return withUnit(lastLine.slice(at + 1), computed);
  }
  const last = listNumbers(tail).pop();
  if (!last) return undefined;
  const start = sentenceStart(tail, last.start);
  const sentence = tail.slice(start, sentenceEnd(tail, last.end));
  if (confesses(sentence) || tail[sentenceEnd(tail, last.end)] === '?') return undefined;
  return stateValue(sentence, { joinsBare: false }) ?? (deniesAll(sentence) ? undefined : withUnit(tail, last));
}

/** Without a last paragraph that only checks or remarks: "(Check: 24 + 6 = 30.)", "Note: 6 were given away." */
function withoutNotes(text: string): string {
  const note = /\n\s*\n\s*[*_(]{0,3}(?:note|check|verification|remark|explanation)\b[*_]{0,3}:[^\n]*$/i.exec(text);
  const before = note ? text.slice(0, note.index).trimEnd() : '';
  return /\d/.test(before) ? before : text;
}

function sentenceStart(text: string, at: number): number {
  const before = text.slice(Math.max(0, at - 600), at);
  let start = 0;
  for (const match of before.matchAll(/[.!?](?=\s)|\n/g)) start = match.index + 1;
  return at - before.length + start;
}

function sentenceEnd(text: string, at: number): number {
  const stop = /[.!?](?=\s|$)|\n/.exec(text.slice(at, at + 600));
  return stop ? at + stop.index : text.length;
}

function deniesAll(sentence: string): boolean {
  const numbers = listNumbers(sentence);
  return numbers.some(({ start, end }) => isDeniedAt(sentence, start, end));
}

function withUnit(text: string, found: { text: string; end: number }): string {
  return found.text + unitBehind(text, found);
}
