import type { GradedRow } from '../graded-row.js';

/**
 * How an answer that only another grader accepts is written otherwise than the gold one, in a few words: what the run's own grader stumbled over.
 */
export function describeWriting({
  gold = '',
  answer,
  response = '',
}: Pick<GradedRow, 'gold' | 'answer' | 'response'>): string {
  const said = answer ?? response.slice(-200);
  const kind = kinds.find(
    ({ undo }) => (undo(said) !== said || undo(gold) !== gold) && bare(undo(said)) === bare(undo(gold)),
  );
  return kind?.name ?? rough.find(({ is }) => is(said) !== is(gold))?.name ?? 'written otherwise';
}

const bare = (text: string): string => text.replace(/\\[,!;: ]|[\s$]/g, '').replace(/\\[dt]frac/g, '\\frac');

/** What is taken away or brought to one form on both sides, the narrowest first. */
const kinds: readonly { readonly name: string; readonly undo: (text: string) => string }[] = [
  { name: 'commas in numbers', undo: (text) => text.replace(/(?<=\d)(?:,|\{,\})(?:\\!)?\s*(?=\d{3}(?!\d))/g, '') },
  { name: 'money signs', undo: (text) => text.replace(/\\?\$/g, '') },
  { name: 'percent signs', undo: (text) => text.replace(/\\?%/g, '') },
  { name: 'degree signs', undo: (text) => text.replace(/\^\{?\\circ\}?|°/g, '') },
  {
    name: 'a name before the value',
    undo: (text) => text.replace(/^\s*\$?[A-Za-z](?:_\w+|\([^)]*\))?\s*(?:=|\\in)\s*/, ''),
  },
  {
    name: 'words or units',
    undo: (text) => text.replace(/\\(?:text|mbox|mathrm|textbf)\s*\{[^{}]*\}|[A-Za-z]{2,}\.?/g, ''),
  },
  {
    name: 'fractions',
    undo: (text) =>
      text.replace(/\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}/g, '$1/$2').replace(/\\[dt]?frac(\d)(\d)/g, '$1/$2'),
  },
  { name: 'brackets and spaces', undo: (text) => text.replace(/\\(?:left|right)|[\s()[\]{}]/g, '') },
];

const rough: readonly { readonly name: string; readonly is: (text: string) => boolean }[] = [
  { name: 'a fraction for a decimal number', is: (text) => /\\[dt]?frac|\d\s*\/\s*\d/.test(text) },
  { name: 'words or units', is: (text) => /\\text|[A-Za-z]{3,}/.test(text.replace(/\\[a-zA-Z]+/g, '')) },
];
