import { InputError } from '../../errors.js';
import type { Command } from './command.js';
import { countFromStart, setEngine, spreadRows, type Typed } from './dependent-flags.js';
import { type Habit, habits } from './original-habits.js';

/**
 * A command line with the originals' flags as ours. What was read how is told, a line each; a flag that is ours in other letters (`--max_tokens`) is
 * taken without a word. Throws `InputError` with our way where there is no such flag.
 */
export function readOriginalFlags(
  command: Pick<Command, 'name' | 'options'>,
  words: readonly string[],
): { readonly words: readonly string[]; readonly notes: readonly string[] } {
  const { options } = command;
  const read: string[] = [];
  const notes: string[] = [];
  const engines: Typed[] = [];
  const rows: Typed[] = [];
  for (let place = 0; place < words.length; place++) {
    const word = words[place] ?? '';
    const [, name = '', inline] = /^--([A-Za-z][\w-]*)(?:=(.*))?$/s.exec(word) ?? [];
    const snake = name.replaceAll('-', '_');
    const kebab = name.replaceAll('_', '-');
    const habit = habitOf(snake, command.name);
    const isOurs = name in options && !habit?.theirs?.test(inline ?? words[place + 1] ?? '');
    if (name === '' || isOurs) {
      read.push(word);
      continue;
    }
    if (kebab in options && habit?.theirs === undefined) {
      read.push(inline === undefined ? `--${kebab}` : `--${kebab}=${inline}`);
      continue;
    }
    if (habit === undefined) {
      read.push(word);
      continue;
    }
    const takesNext = !habit.isSwitch && inline === undefined && isValue(words[place + 1]);
    const given = inline ?? (takesNext ? words[++place] : undefined);
    const flag = habit.flags?.find((one) => one in options);
    const typed = [`--${name}`, ...(given === undefined ? [] : [given])].join(' ');
    if (flag !== undefined && given !== undefined) {
      const value = habit.value === undefined ? given : convert(command, { typed, habit, given });
      read.push(`--${flag}=${value}`);
      notes.push(`Read ${typed} as --${flag} ${value}`);
      continue;
    }
    const says = habit.says ?? `${command.name} needs no such flag`;
    const later = habit.engine !== undefined ? engines : habit.isRowsOfStep && 'set' in options ? rows : undefined;
    if (later !== undefined && given !== undefined) {
      later.push({ typed, says, option: habit.engine ?? '', value: habit.value?.(given) ?? given });
      continue;
    }
    if (!habit.isNeedless)
      throw new InputError(`Cannot run mathpie ${command.name}: --${name} is no flag here; ${says}`);
    notes.push(`Left out ${typed}: ${says}`);
  }
  const counted = countFromStart(read);
  const spread = spreadRows(counted.words, rows);
  const set = setEngine(command, { words: spread.words, engines });
  return { words: set.words, notes: [...notes, ...counted.notes, ...spread.notes, ...set.notes] };
}

function habitOf(flag: string, command: string): Habit | undefined {
  const habit = Object.hasOwn(habits, flag) ? habits[flag] : undefined;
  return habit?.only?.includes(command) === false ? undefined : habit;
}

const isValue = (word: string | undefined): boolean => word !== undefined && !word.startsWith('--');

function convert(
  { name }: Pick<Command, 'name'>,
  { typed, habit, given }: { readonly typed: string; readonly habit: Habit; readonly given: string },
): string {
  try {
    return habit.value?.(given) ?? given;
  } catch (error) {
    throw new InputError(`Cannot run mathpie ${name}: ${typed}: ${(error as Error).message}`);
  }
}
