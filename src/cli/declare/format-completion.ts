/** What `mathpie completion` prints: a script for a shell, made of the table of commands. */

import type { Command } from './command.js';
import type { Option } from './option.js';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

export function formatCompletion(shell: Shell, commands: readonly Command[]): string {
  if (shell === 'fish') return formatFish(commands);
  // zsh reads functions of bash through a module of its own
  const before =
    shell === 'zsh' ? ['autoload -U +X compinit && compinit', 'autoload -U +X bashcompinit && bashcompinit'] : [];
  return [...before, ...formatBash(commands), ''].join('\n');
}

/** The words that a flag takes, or some of them; none where it takes a text of any kind. */
function wordsOf({ valueName, offers }: Option<unknown>): readonly string[] {
  return offers?.() ?? (valueName.includes('|') ? valueName.split('|') : []);
}

/** The words of which the first word behind a command is one; none where it is a file or a text. */
function firstWordsOf({ positionals: [first = ''] }: Command): readonly string[] {
  return first.includes('|') ? first.split('|') : [];
}

/** First words of all commands, and second words by the first. */
function groupNames(commands: readonly Command[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const { name } of commands) {
    const [first = '', second] = name.split(' ');
    groups.set(first, [...(groups.get(first) ?? []), ...(second === undefined ? [] : [second])]);
  }
  return groups;
}

function formatBash(commands: readonly Command[]): string[] {
  const groups = groupNames(commands);
  const flagged = commands.flatMap(({ name, options }) =>
    Object.entries(options)
      .map(([flag, option]) => ({ key: `${name}:--${flag}`, words: wordsOf(option) }))
      .filter(({ words }) => words.length > 0),
  );
  const firsts = commands.flatMap((command) => {
    const [words, last] = [firstWordsOf(command), command.name.split(' ').at(-1)];
    return words.length === 0 ? [] : [{ key: `${command.name}:${last}`, words }];
  });
  const seconds = [...groups].filter(([, words]) => words.length > 0);
  const known = commands.filter(({ name }) => name.includes(' '));
  return [
    '_mathpie() {',
    '  local current="$' + '{COMP_WORDS[COMP_CWORD]}" before="$' + '{COMP_WORDS[COMP_CWORD-1]}" words=""',
    '  local command="$' + '{COMP_WORDS[1]}"',
    ...(known.length === 0
      ? []
      : [
          '  case "$' + '{COMP_WORDS[1]} $' + '{COMP_WORDS[2]}" in',
          `    ${known.map(({ name }) => quote(name)).join('|')}) [ "$COMP_CWORD" -gt 2 ] && command="$` +
            '{COMP_WORDS[1]} $' +
            '{COMP_WORDS[2]}" ;;',
          '  esac',
        ]),
    '  if [ "$COMP_CWORD" -eq 1 ]; then',
    `    words=${quote([...groups.keys()].join(' '))}`,
    '  else',
    '    case "$command:$before" in',
    ...seconds.map(([first, words]) => `      ${quote(`${first}:${first}`)}) words=${quote(words.join(' '))} ;;`),
    ...[...firsts, ...flagged].map(({ key, words }) => `      ${quote(key)}) words=${quote(words.join(' '))} ;;`),
    '    esac',
    '    if [ -z "$words" ] || [ "$' + '{current#-}" != "$current" ]; then',
    '      case "$command:$current" in',
    ...commands.map(
      ({ name, options }) => `        ${quote(`${name}:-`)}*) words=${quote(flagsOf(options).join(' '))} ;;`,
    ),
    '      esac',
    '    fi',
    '  fi',
    '  COMPREPLY=($(compgen -W "$words" -- "$current"))',
    '}',
    'complete -o default -F _mathpie mathpie',
  ];
}

function flagsOf(options: Command['options']): readonly string[] {
  return Object.keys(options).map((flag) => `--${flag}`);
}

function formatFish(commands: readonly Command[]): string {
  const groups = groupNames(commands);
  const summaries = new Map(commands.map(({ name, summary }) => [name, summary]));
  const lines = [
    'function __mathpie_is',
    '  set -l words (commandline -opc)',
    '  set -l last (math 1 + (count $argv))',
    '  test (count $words) -ge $last; and test "$words[2..$last]" = "$argv"',
    'end',
    'function __mathpie_needs',
    '  set -l words (commandline -opc)',
    '  test (count $words) -eq (math 1 + (count $argv)); and test "$words[2..-1]" = "$argv"',
    'end',
  ];
  for (const [first, seconds] of groups) {
    const said = summaries.get(first) ?? seconds.join(', ');
    lines.push(`complete -c mathpie -f -n '__fish_use_subcommand' -a ${fish(first)} -d ${fish(said)}`);
    for (const second of seconds) {
      const words = `-n '__mathpie_needs ${first}' -a ${fish(second)}`;
      lines.push(`complete -c mathpie -f ${words} -d ${fish(summaries.get(`${first} ${second}`) ?? '')}`);
    }
  }
  for (const command of commands) {
    const { name, options } = command;
    const firsts = firstWordsOf(command);
    if (firsts.length > 0)
      lines.push(`complete -c mathpie -f -n '__mathpie_needs ${name}' -a ${fish(firsts.join(' '))}`);
    for (const [flag, option] of Object.entries(options)) {
      const words = wordsOf(option);
      const value = words.length > 0 ? ` -x -a ${fish(words.join(' '))}` : option.takesValue ? ' -r' : '';
      lines.push(`complete -c mathpie -n '__mathpie_is ${name}' -l ${flag}${value} -d ${fish(option.description)}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
const fish = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
