import { closingBrace } from '../parse/normalize-text.js';
import { pattern } from '../parse/pattern.js';
import type { AnswerPolicy } from '../parse/policies.js';
import { isNegatedAt } from './denials.js';
import { textBefore, textBehind } from './text-around.js';

/** The joined content, and where the last box ends. */
export type FoundBoxes = { readonly answer: string; readonly end: number };

type Box = { readonly content: string; readonly start: number; readonly end: number; readonly name?: string };

/** Boxes looked at from the end; a text of ten thousand open boxes stays linear. */
const MAX_BOX_COUNT = 40;

/**
 * The content of the last `\boxed{…}` or `\fbox{…}`. Boxes that follow each other, joined by commas or "and", make one
 * list; `unclosed` when the text ends inside its last box.
 */
export const findBoxes = (text: string, policy: AnswerPolicy['boxes']): FoundBoxes | 'unclosed' | undefined => {
  const starts: number[] = [];
  for (const { index } of text.matchAll(/\\(boxed|fbox|framebox)(?![a-zA-Z])/g)) starts.push(index);
  const boxes: Box[] = [];
  for (const start of starts.slice(-MAX_BOX_COUNT).reverse()) {
    const box = readBox(text, start);
    if (box === 'unclosed') {
      if (boxes.length === 0) return 'unclosed';
      continue;
    }
    if (!box || isNegatedAt(text, start)) continue;
    const next = boxes[0];
    if (next && box.end > next.start) continue;
    if (next && policy !== 'all' && (policy === 'last' || !joins(text.slice(box.end, next.start)))) break;
    boxes.unshift(box);
  }
  if (boxes.length === 0) return undefined;
  // "x = \boxed{2} and y = \boxed{3}": each box is the value of its name.
  const areNamed = boxes.length > 1 && boxes.every(({ name }) => name !== undefined);
  const contents = [
    ...new Set(boxes.map(({ content, name }) => (areNamed ? `${name} = ${content.trim()}` : content.trim()))),
  ];
  return { answer: contents.join(', '), end: boxes.at(-1)?.end ?? 0 };
};

const readBox = (text: string, start: number): Box | 'unclosed' | undefined => {
  let open = start + (/^\\[a-z]+/.exec(textBehind(text, start, 12))?.[0].length ?? 0);
  while (text[open] === ' ') open++;
  if (text[open] === '{') {
    const close = closingBrace(text, open);
    if (close < 0) return 'unclosed';
    const content = text.slice(open + 1, close);
    return content.trim() ? withName(text, { content, start, end: close + 1 }) : undefined;
  }
  const bare = /^[-+]?(\d[\d.,]*\d|\d|[a-zA-Z](?![a-zA-Z]))/.exec(textBehind(text, open, 60))?.[0];
  return bare ? withName(text, { content: bare, start, end: open + bare.length }) : undefined;
};

/** The name in front of the box, in the same formula: `x =`, `y_1 =`. */
const withName = (text: string, box: Box): Box => {
  const before = textBefore(text, box.start, 30);
  const name = namedBox.exec(before)?.[1];
  return name ? { ...box, name } : box;
};

const boxName = /([A-Za-z]|\\[a-z]{2,8})(_(\w|\{\w{1,6}\}))?(\([a-z\d]\))?/.source;
const namedBox = pattern`(?:^|[\s$(,&])(${boxName})\s?=\s?$`;
const nextName = pattern`(^|(?<=[\s$(,&]))${boxName}\s?=\s?(\$\$?)?$`;

/** Whether what stands between two boxes makes them parts of one answer. */
const joins = (between: string): boolean => {
  if (between.length > 60 || between.includes('\n\n')) return false;
  // "(a) \boxed{2} (b) \boxed{3}"
  if (/^[\s.;,$]*(part )?\(?[b-h]\)[:.\s$]*$/i.test(between)) return true;
  const words = between
    .replace(nextName, ' ')
    .replace(/\\(text|mbox|qquad|quad|[,;: !()[\]])/g, ' ')
    .replace(/[\s${}()+,;&\\~]+/g, ' ')
    .trim();
  return !words || /^[a-zA-Z() ]*\b(and|or)$|^(または|又は|もしくは|あるいは|および|及び|と|、)$/i.test(words);
};
