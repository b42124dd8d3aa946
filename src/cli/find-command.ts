import { InputError } from '../errors.js';
import type { Command } from './command.js';
import { nearestOf } from './nearest.js';

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

  const named = second === undefined || second.startsWith('-') ? first : `${first} ${second}`;
  const names = commands.map(({ name }) => name);
  // `magpie respnd` is two words, `evaluat data.jsonl` one and a file: look for either.
  const nearest = nearestOf(named, names) ?? nearestOf(first, names);
  const choices = group.map(({ name }) => name).join(', ');
  const guess = nearest !== undefined ? ` (nearest: ${nearest})` : choices !== '' ? ` (there are: ${choices})` : '';
  const shown = group.length > 0 ? named : first;
  throw new InputError(`Cannot run ${JSON.stringify(shown)}: there is no such command${guess}; see mathpie --help`);
}
