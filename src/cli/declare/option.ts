import { InputError } from '../../errors.js';
import { nearestOf } from '../../nearest.js';

/** A flag as data: how it reads in the help, and how its text becomes a value. */
export type Option<Value> = {
  readonly takesValue: boolean;
  /** The name of the value in the help, such as `FILE`. */
  readonly valueName: string;
  readonly description: string;
  /** What a shell offers, where the value may be something else too. */
  readonly offers?: (() => readonly string[]) | undefined;
  readonly isRequired: boolean;
  /** The value when the flag is absent. */
  readonly fallback: Value;
  /** Turns the text after the flag into its value; throws `InputError`. A flag with no value is given `true`. */
  readonly parse: (text: string, flag: string) => Value;
  /** Joins the values of a flag that is given more than once; without it the last one counts. */
  combine?(before: Value, next: Value): Value;
};

export type Options = { readonly [name: string]: Option<unknown> };
export type Values<Given extends Options> = {
  readonly [Name in keyof Given]: Given[Name] extends Option<infer Value> ? Value : never;
};

type Description = { readonly description: string; readonly valueName?: string };

/** A flag that holds any text; undefined when absent. */
export function text({ description, valueName = 'TEXT' }: Description): Option<string | undefined> {
  return { ...base(description, valueName), fallback: undefined, parse: notEmpty };
}

export function requiredText({ description, valueName = 'TEXT' }: Description): Option<string> {
  return { ...base(description, valueName), isRequired: true, fallback: '', parse: notEmpty };
}

export function flag({ description }: Description): Option<boolean> {
  return { ...base(description, ''), takesValue: false, fallback: false, parse: () => true };
}

type Bounds = { readonly minimum?: number; readonly maximum?: number };

/** A whole number within bounds (both included). */
export function integer<Fallback extends number | undefined>({
  description,
  valueName = 'N',
  fallback,
  minimum = Number.MIN_SAFE_INTEGER,
  maximum = Number.MAX_SAFE_INTEGER,
}: Description & Bounds & { readonly fallback: Fallback }): Option<number | Fallback> {
  const parse = (value: string, name: string): number => {
    if (/^[+-]?\d+$/.test(value) && inside(Number(value), minimum, maximum)) return Number(value);
    throw new InputError(`Cannot use --${name} ${quote(value)}: give a whole number${range(minimum, maximum)}`);
  };
  return { ...base(description, valueName), fallback, parse };
}

/** A decimal number within bounds (both included). */
export function decimal<Fallback extends number | undefined>({
  description,
  valueName = 'X',
  fallback,
  minimum = Number.NEGATIVE_INFINITY,
  maximum = Number.POSITIVE_INFINITY,
}: Description & Bounds & { readonly fallback: Fallback }): Option<number | Fallback> {
  const parse = (value: string, name: string): number => {
    if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value) && inside(Number(value), minimum, maximum)) {
      return Number(value);
    }
    throw new InputError(`Cannot use --${name} ${quote(value)}: give a number${range(minimum, maximum)}`);
  };
  return { ...base(description, valueName), fallback, parse };
}

/** Decimal numbers with commas between them, each within bounds. */
export function decimals<Fallback extends readonly number[] | undefined>({
  minimum,
  maximum,
  fallback,
  ...description
}: Description & Required<Bounds> & { readonly fallback: Fallback }): Option<readonly number[] | Fallback> {
  const one = decimal({ ...description, minimum, maximum, fallback: undefined });
  return {
    ...base(description.description, description.valueName ?? 'X,X,…'),
    fallback,
    parse: (value, name) => value.split(',').map((part) => one.parse(part.trim(), name) ?? 0),
  };
}

/** One of a few words. */
export function choice<const Word extends string, const Fallback extends Word | undefined>({
  description,
  words,
  fallback,
  isRequired = false,
}: Description & {
  readonly words: readonly Word[];
  readonly fallback: Fallback;
  readonly isRequired?: boolean;
}): Option<Word | Fallback> {
  const parse = (value: string, name: string): Word => {
    const word = words.find((candidate) => candidate === value);
    if (word !== undefined) return word;
    const nearest = nearestOf(value, words);
    const guess = nearest === undefined ? '' : ` (nearest: ${nearest})`;
    throw new InputError(`Cannot use --${name} ${quote(value)}: choose one of ${words.join(', ')}${guess}`);
  };
  return { ...base(description, words.join('|')), isRequired, fallback, parse };
}

/** One or several of a few words, with commas between them. */
export function words<const Word extends string, const Fallback extends readonly Word[] | undefined>({
  description,
  words,
  fallback,
}: Description & { readonly words: readonly Word[]; readonly fallback: Fallback }): Option<readonly Word[] | Fallback> {
  const one = choice({ description, words, fallback: undefined });
  return {
    ...base(description, 'WORD,…'),
    fallback,
    parse: (value, name) => value.split(',').flatMap((part) => one.parse(part.trim(), name) ?? []),
  };
}

/** A flag that may be given more than once, each time with one setting of an object: `--policy percent=number`. */
export function settings<Value extends object>({
  description,
  valueName = 'NAME=VALUE',
  offers,
  read,
}: Description & { readonly offers?: () => readonly string[]; readonly read: (text: string) => Value }): Option<
  Value | undefined
> {
  return {
    ...base(description, valueName),
    fallback: undefined,
    parse: read,
    offers,
    combine: (before, next) => (before && next ? { ...before, ...next } : next),
  };
}

/** A flag that may be given more than once; all of its texts, in order. */
export function texts({ description, valueName = 'TEXT' }: Description): Option<readonly string[]> {
  return {
    ...base(description, valueName),
    fallback: [],
    parse: (value, name) => [notEmpty(value, name)],
    combine: (before, next) => [...before, ...next],
  };
}

/** Names with commas between them; a flag that is given again adds to them. */
export function names({ description, valueName = 'NAME,…' }: Description): Option<readonly string[] | undefined> {
  return {
    ...base(description, valueName),
    fallback: undefined,
    parse: (value, name) => value.split(',').map((part) => notEmpty(part, name).trim()),
    combine: (before, next) => [...(before ?? []), ...(next ?? [])],
  };
}

function base(description: string, valueName: string) {
  return { description, valueName, takesValue: true, isRequired: false } as const;
}

function notEmpty(value: string, name: string): string {
  if (value.trim() === '') throw new InputError(`Cannot use --${name}: its value is empty; give one after the flag`);
  return value;
}

function inside(value: number, minimum: number, maximum: number): boolean {
  return value >= minimum && value <= maximum;
}

function range(minimum: number, maximum: number): string {
  const hasMinimum = minimum > Number.MIN_SAFE_INTEGER;
  const hasMaximum = maximum < Number.MAX_SAFE_INTEGER;
  if (hasMinimum && hasMaximum) return ` from ${minimum} to ${maximum}`;
  if (hasMinimum) return ` of ${minimum} or more`;
  return hasMaximum ? ` of ${maximum} or less` : '';
}

function quote(value: string): string {
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}…` : value);
}
