import { parseArgs } from 'node:util';
import { InputError } from '../../errors.js';
import { nearestOf } from '../../nearest.js';
import type { Command } from './command.js';

export type ParsedOptions = {
  readonly values: { readonly [name: string]: unknown };
  readonly positionals: readonly string[];
};

/**
 * Reads the words after a command's name. Throws `InputError` for an unknown flag (with the nearest valid one), a flag
 * without its value, a missing required flag and a wrong number of other words.
 */
export function parseOptions(command: Command, words: readonly string[]): ParsedOptions {
  const { options } = command;
  // Not strict: the parser's own complaints have several lines and name no nearest flag.
  const { tokens } = parseArgs({
    args: [...words],
    options: Object.fromEntries(
      Object.entries(options).map(([name, { takesValue }]) => [name, { type: takesValue ? 'string' : 'boolean' }]),
    ),
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const values: Record<string, unknown> = {};
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const option = options[token.name];
    if (option === undefined) throw unknownFlag(command, token.rawName);
    const value = option.parse(readValue(command, token), token.name);
    values[token.name] =
      option.combine !== undefined && token.name in values ? option.combine(values[token.name], value) : value;
  }
  for (const [name, { isRequired, fallback, valueName }] of Object.entries(options)) {
    if (name in values) continue;
    if (isRequired) throw wayOut(command, `--${name} ${valueName} is missing`);
    values[name] = fallback;
  }
  checkPositionals(command, positionals);
  return { values, positionals };
}

function readValue(
  command: Command,
  token: { name: string; value?: string | undefined; inlineValue?: boolean | undefined },
): string {
  const { takesValue = false, valueName } = command.options[token.name] ?? {};
  if (!takesValue) {
    if (token.value === undefined) return 'true';
    throw wayOut(command, `--${token.name} takes no value`);
  }
  // `--out --quiet` is a forgotten value; `--seed -3` is a number.
  const isForgotten = token.value === undefined || (!token.inlineValue && token.value.startsWith('--'));
  if (isForgotten) throw wayOut(command, `--${token.name} needs a value (${valueName})`);
  return token.value ?? '';
}

function unknownFlag(command: Command, name: string): InputError {
  const nearest = nearestOf(
    name,
    Object.keys(command.options).map((option) => `--${option}`),
  );
  return wayOut(command, `there is no flag ${name}${nearest === undefined ? '' : ` (nearest: ${nearest})`}`);
}

function checkPositionals(command: Command, given: readonly string[]): void {
  const missing = command.positionals[given.length];
  // In brackets it may be left out.
  if (missing !== undefined && !missing.startsWith('[')) throw wayOut(command, `${missing} is missing`);
  // Three dots: as many as one likes
  if (command.positionals.at(-1)?.includes('…')) return;
  const extra = given[command.positionals.length];
  if (extra !== undefined) throw wayOut(command, `${JSON.stringify(extra)} is one word too many`);
}

function wayOut({ name }: Command, state: string): InputError {
  return new InputError(`Cannot run mathpie ${name}: ${state}; see mathpie ${name} --help`);
}
