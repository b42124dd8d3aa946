/** What `--help` prints: the list of commands, and the flags of one. */

import type { Command } from './command.js';
import type { Option } from './option.js';

/** The list of commands. */
export function formatOverview(commands: readonly Command[]): string {
  return [
    'mathpie grows mathematical-reasoning data, checks every answer, and shows what it is worth.',
    '',
    'Usage: mathpie COMMAND [options]',
    '',
    ...columns(commands.map(({ name, summary }) => [name, summary])),
    '',
    'mathpie COMMAND --help explains a command; mathpie --version prints the version.',
    'Rows and summaries are JSON lines on stdout, everything else is on stderr. Exit codes: 0 done, 1 a fault of the',
    'program, 2 bad input, 130 stopped. A stopped or killed run continues with the same command.',
    '',
  ].join('\n');
}

export function formatCommandHelp({ name, summary, usage, options, examples, more = [] }: Command): string {
  const lines = [summary, '', `Usage: mathpie ${name} ${usage}`.trimEnd(), '', 'Options:'];
  lines.push(...columns(Object.entries(options).map(([flag, option]) => [formatFlag(flag, option), explain(option)])));
  if (examples.length > 0) lines.push('', 'Examples:', ...examples.map((example) => `  ${example}`));
  if (more.length > 0) lines.push('', ...more);
  return `${lines.join('\n')}\n`;
}

function formatFlag(name: string, { valueName }: Option<unknown>): string {
  // A long list of words stands in the description's place, not in the column of names.
  const shown = valueName.includes('|') ? 'WORD' : valueName;
  return `--${name} ${shown}`.trimEnd();
}

function explain({ description, valueName, isRequired, fallback, takesValue }: Option<unknown>): string {
  const notes = [
    ...(valueName.includes('|') ? [valueName] : []),
    ...(isRequired ? ['required'] : []),
    ...(takesValue && !isRequired && fallback !== undefined && String(fallback) !== '' ? [`default ${fallback}`] : []),
  ];
  return notes.length === 0 ? description : `${description} (${notes.join('; ')})`;
}

/** Two columns, the second one wrapped to 100 characters. */
function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length)) + 4;
  return rows.flatMap(([left, right]) =>
    wrap(right, 100 - width).map((line, index) => `${(index === 0 ? `  ${left}` : '').padEnd(width)}${line}`),
  );
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
