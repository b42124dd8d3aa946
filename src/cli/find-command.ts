import { InputError } from '../errors.js';
import { nearestOf } from '../nearest.js';
import type { Command } from './declare/command.js';

/** A command and the words after its name, or the commands of a group (`magpie`) when only that was named. */
export type Found =
  | { readonly command: Command; readonly rest: readonly string[] }
  | { readonly group: readonly Command[]; readonly rest: readonly string[] };

/** Finds the command that the first words name. Throws `InputError` with the nearest one when there is none. */
export function findCommand(commands: readonly Command[], words: readonly string[]): Found {
  // Longer names first, so that `export sft` is found before a command `export` would be.
  for (const length of [2, 1]) {
    const name = words.slice(0, length).join(' ');
    const command = commands.find((candidate) => candidate.name === name && words.length >= length);
    if (command !== undefined) return { command, rest: words.slice(length) };
  }
  const [first = '', second] = words;
  const group = commands.filter(({ name }) => name.startsWith(`${first} `));
  const isGroupAlone = group.length > 0 && (second === undefined || second.startsWith('-'));
  if (isGroupAlone) return { group, rest: words.slice(1) };

  throw new InputError(describeUnknown(words, { commands, group }));
}

function describeUnknown(
  [first = '', second = '']: readonly string[],
  { commands, group }: { commands: readonly Command[]; group: readonly Command[] },
): string {
  const names = (group.length > 0 ? group : commands).map(({ name }) => name);
  // `evaluat data.jsonl` is one wrong word and a file, `problem pocket` two words of which one is wrong: try either.
  const named = `${first} ${second}`;
  const word = nearestOf(
    second,
    names.map((name) => name.slice(first.length + 1)),
  );
  const nearest = group.length > 0 ? word && `${first} ${word}` : (nearestOf(named, names) ?? nearestOf(first, names));
  const guess = nearest ? ` (nearest: ${nearest})` : group.length > 0 ? ` (there are: ${names.join(', ')})` : '';
  return `Cannot run ${JSON.stringify(group.length > 0 ? named : first)}: there is no such command${guess}; see mathpie --help`;
}
