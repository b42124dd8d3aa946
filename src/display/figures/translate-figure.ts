import type { Figure } from './figure.js';

type Say = (message: string) => string;

/** A chart with what it says in other words: titles, axes, names of traces, and categories that are words of ours. Numbers and texts of models stay. */
export function translateFigure(figure: Figure, say: Say): Figure {
  const visit = (value: unknown, name: string): unknown => {
    if (typeof value === 'string') return labels.has(name) ? sayLabel(value, say) : value;
    if (Array.isArray(value)) return value.map((each) => visit(each, name === 'data' ? '' : name));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, visit(item, key)]));
  };
  return visit(figure, '') as Figure;
}

/** Keys of a figure whose texts are words of ours; `x`, `y` and what orders them have to agree. */
const labels = new Set(['text', 'title', 'name', 'x', 'y', 'ticktext', 'tickvals', 'categoryarray']);

/** `<b>Title</b>`, `right (12)`, `Algebra<br><i>n = 20</i>`, `160 answers · whiskers: …`: each piece by itself. */
function sayLabel(text: string, say: Say): string {
  const whole = say(text);
  if (whole !== text) return whole;
  const parts = text.split(/( · |<br>|<\/?[bi]>| {2})/);
  if (parts.length > 1)
    return parts.map((part, at) => (at % 2 === 1 || part === '' ? part : sayLabel(part, say))).join('');
  const [, head, count] = /^(.+) (\([\d,]+\))$/.exec(text) ?? [];
  return head === undefined ? text : `${say(head)} ${count}`;
}
