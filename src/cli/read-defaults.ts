import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { describeSchemaIssue } from '../describe-schema-issue.js';
import { InputError } from '../errors.js';
import { nearestOf } from '../nearest.js';
import { flagOf } from '../steps/setting.js';
import type { Command } from './declare/command.js';

/** Flags that are typed once, in the working directory. */
export const defaultsFile = 'mathpie.config.json';

const value = z.union([z.string().min(1), z.number(), z.literal(true), z.array(z.string().min(1)).min(1)]);
const schema = z.record(z.string(), z.union([value, z.record(z.string(), value)]));
type Value = z.infer<typeof value>;
export type Defaults = { readonly file: string; readonly entries: z.infer<typeof schema> };

/**
 * What is one command line's own, and no default of all of them. What sends data and a token away, and where to, is typed by who sends it: the file may
 * be a stranger's, in a folder that was unpacked.
 */
const ownOfRuns = ['run', 'out', 'help', 'quiet', 'debug', 'yes', 'public', 'hub-url'];

/**
 * The user's defaults: MATHPIE_CONFIG, or mathpie.config.json in the working directory; undefined where neither is there. A key is a flag of any
 * command without its dashes, or the name of a command, which holds flags for that command alone. Throws `InputError` that names file and key.
 */
export function readDefaults(
  commands: readonly Command[],
  file: string = process.env.MATHPIE_CONFIG ?? defaultsFile,
): Defaults | undefined {
  if (process.env.MATHPIE_CONFIG === undefined && !existsSync(file)) return undefined;
  const read = readJson(file);
  refuseFalse(read, { file, commands });
  const issue = isGroup(read) ? describeSchemaIssue(schema, read) : 'it is no JSON object';
  if (issue !== undefined) {
    throw new InputError(
      `Cannot use ${file}: ${issue}; write flags without their dashes, such as {"model": "pocket", "evaluate": {"repeat": 4}}`,
    );
  }
  const entries = read as Defaults['entries'];
  for (const [key, given] of Object.entries(entries)) {
    if (!isGroup(given)) checkFlag(key, { file, known: commands.flatMap(({ options }) => Object.keys(options)) });
    else {
      const command = commands.find(({ name }) => name === key);
      const names = commands.map(({ name }) => name);
      if (command === undefined) throw new InputError(`Cannot use ${file}: ${unknown('command', key, names)}`);
      for (const flag of Object.keys(given)) checkFlag(flag, { file, known: Object.keys(command.options) });
    }
  }
  return { file, entries };
}

/** The words of a command line with the defaults of flags that it takes and that were not typed, in front; and which those are. */
export function addDefaults(
  { name, options }: Pick<Command, 'name' | 'options'>,
  words: readonly string[],
  { entries }: Defaults,
): { readonly words: readonly string[]; readonly flags: readonly string[] } {
  const own = entries[name];
  // Who types --no-cache means no cache, whatever the file says of --cache
  const isTyped = (flag: string): boolean =>
    [flag, oppositeOf(flag)].some((each) =>
      words.some((word) => word === `--${each}` || word.startsWith(`--${each}=`)),
    );
  const nearer = isGroup(own) ? own : {};
  const chosen = Object.entries({ ...entries, ...nearer }).filter(
    (entry): entry is [string, Value] =>
      entry[0] in options && !isGroup(entry[1]) && !isTyped(entry[0]) && !(oppositeOf(entry[0]) in nearer),
  );
  return {
    words: [...chosen.flatMap(([flag, given]) => toWords(flag, given)), ...words],
    flags: chosen.map(([flag]) => `--${flag}`),
  };
}

/**
 * The error of a command in whose words a flag stands that the file set: with where the flag comes from, and how it is set for one command
 * alone. Its value is not repeated, which may be an address with a key in it.
 */
export function tellDefaults(
  error: InputError,
  {
    file,
    flags,
    known,
  }: { readonly file: string; readonly flags: readonly string[]; readonly known: readonly Command[] },
): InputError {
  error.tell((setting) => `--${flagOf(setting)}`);
  const named = flags.find((flag) => new RegExp(`${flag}(?![\\w-])`).test(error.message));
  if (named === undefined) return error;
  const others = known.filter(({ options }) => named.slice(2) in options).map(({ name }) => name);
  const example = `{"${others[0]}": {"${named.slice(2)}": …}}`;
  error.template += `; ${named} is set by ${file}: type it with this command, or set it in the file for one command alone, such as ${example}`;
  error.tell((setting) => setting);
  return error;
}

/** A flag is set or left out: what `false` was to mean is said. */
function refuseFalse(
  read: unknown,
  { file, commands }: { readonly file: string; readonly commands: readonly Command[] },
): void {
  for (const [key, given] of isGroup(read) ? Object.entries(read) : []) {
    if (isGroup(given)) refuseFalse(given, { file, commands });
    if ((given as unknown) !== false) continue;
    const opposite = oppositeOf(key);
    const way = commands.some(({ options }) => opposite in options)
      ? `write "${opposite}": true`
      : 'leave it out: it is off where it is not set';
    throw new InputError(`Cannot use ${file}: "${key}" cannot be false; ${way}`);
  }
}

const oppositeOf = (flag: string): string => (flag.startsWith('no-') ? flag.slice(3) : `no-${flag}`);

function toWords(flag: string, given: Value): string[] {
  if (given === true) return [`--${flag}`];
  return [given].flat().map((text) => `--${flag}=${text}`);
}

function isGroup(given: unknown): given is { readonly [flag: string]: Value } {
  return typeof given === 'object' && given !== null && !Array.isArray(given);
}

function checkFlag(flag: string, { file, known }: { readonly file: string; readonly known: readonly string[] }): void {
  if (ownOfRuns.includes(flag))
    throw new InputError(`Cannot use ${file}: "${flag}" is each command line's own; type --${flag} with the command`);
  if (!known.includes(flag)) throw new InputError(`Cannot use ${file}: ${unknown('flag', flag, known)}`);
}

function unknown(what: string, given: string, known: readonly string[]): string {
  const nearest = nearestOf(given, known);
  return `there is no ${what} ${JSON.stringify(given)}${nearest === undefined ? '' : ` (nearest: ${nearest})`}; correct it or leave it out`;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new InputError(`Cannot use ${file}: ${why}; it is a JSON object of flags without their dashes`, { cause });
  }
}
