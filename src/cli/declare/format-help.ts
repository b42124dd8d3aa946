/** What `--help` prints: the list of commands, and the flags of one. */

import { shownWidth } from '../../language/shown-width.js';
import { type Language, wordsIn } from '../../language/translate.js';
import type { Command } from './command.js';
import type { Option } from './option.js';

/** The list of commands. */
export function formatOverview(commands: readonly Command[], language: Language = 'en'): string {
  const say = wordsIn(language);
  return [
    say('mathpie grows mathematical-reasoning data, checks every answer, and shows what it is worth.'),
    '',
    `${say('Usage')}: mathpie COMMAND [options]`,
    '',
    ...columns(
      commands.map(({ name, summary }) => [name, say(summary)]),
      language,
    ),
    '',
    ...wrap(say(overviewEnd), 116, language),
    '',
  ].join('\n');
}

const overviewEnd =
  'mathpie COMMAND --help explains a command; mathpie --version prints the version. Rows and summaries are JSON lines on stdout, everything else is on stderr. Exit codes: 0 done, 1 a fault of the program or nothing achieved, 2 bad input, 3 a budget is used up, 130 stopped. A stopped or killed run continues with the same command.';

export function formatCommandHelp(
  { name, summary, usage, options, examples, more = [] }: Command,
  language: Language = 'en',
): string {
  const say = wordsIn(language);
  const lines = [say(summary), '', `${say('Usage')}: mathpie ${name} ${usage}`.trimEnd(), '', `${say('Options')}:`];
  lines.push(
    ...columns(
      Object.entries(options).map(([flag, option]) => [formatFlag(flag, option), explain(option, say)]),
      language,
    ),
  );
  if (examples.length > 0) lines.push('', `${say('Examples')}:`, ...examples.map((example) => `  ${example}`));
  if (more.length > 0) lines.push('', ...more.map(say));
  return `${lines.join('\n')}\n`;
}

function formatFlag(name: string, { valueName }: Option<unknown>): string {
  // A long list of words stands in the description's place, not in the column of names.
  const shown = valueName.includes('|') ? 'WORD' : valueName;
  return `--${name} ${shown}`.trimEnd();
}

function explain(
  { description, valueName, isRequired, fallback, takesValue }: Option<unknown>,
  say: (message: string) => string,
): string {
  const notes = [
    ...(valueName.includes('|') ? [valueName] : []),
    ...(isRequired ? [say('required')] : []),
    ...(takesValue && !isRequired && fallback !== undefined && String(fallback) !== ''
      ? [say(`default ${fallback}`)]
      : []),
  ];
  return notes.length === 0 ? say(description) : `${say(description)} (${notes.join('; ')})`;
}

/** Two columns, the second one wrapped to 100 columns of a terminal. */
function columns(rows: readonly (readonly [string, string])[], language: Language): string[] {
  const width = Math.max(...rows.map(([left]) => left.length)) + 4;
  return rows.flatMap(([left, right]) =>
    wrap(right, 100 - width, language).map((line, index) => `${(index === 0 ? `  ${left}` : '').padEnd(width)}${line}`),
  );
}

/** Between words; Japanese between any two characters, each of which is two columns wide. */
function wrap(text: string, width: number, language: Language): string[] {
  const pieces = language === 'ja' ? (text.match(/[\x21-\x7e]+ ?|[^\x21-\x7e]/g) ?? []) : (text.match(/\S+ ?/g) ?? []);
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces) {
    if (line !== '' && shownWidth(line) + shownWidth(piece.trimEnd()) > width && !/^[、。）」]/.test(piece)) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += piece;
  }
  return [...lines, line.trimEnd()];
}
