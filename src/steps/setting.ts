import { nearestOf } from '../nearest.js';

/**
 * One setting of a step, decided once: its words, its bounds, its default. A flag of a command, a key of a recipe, a line of `--help`, a row
 * of the docs and a property of the JSON Schema are readings of it.
 */
export type Setting<Value> = {
  /** A few words for the help; the bounds and the default are added by who shows them. */
  readonly says: string;
  /** The value where it is left out. */
  readonly fallback: Value;
  readonly form: SettingForm;
  /** What stands behind the flag in the help, such as `FILE`. */
  readonly valueName?: string | undefined;
  /** The flag, where it is not the key in kebab case; `false` for a key that no flag can hold. */
  readonly flag?: string | false | undefined;
  /** False for what makes no difference to the rows that come out: a run is not bound to it. @default true */
  readonly isBinding?: boolean | undefined;
  readonly isRequired?: boolean | undefined;
  /** It names a file or a folder that the step reads beside its rows: it has to be there, and a finished stage is done again where it has changed. */
  readonly isRead?: boolean | undefined;
};

export type SettingForm =
  | { readonly kind: 'integer' | 'number' | 'numbers'; readonly minimum: number; readonly maximum: number }
  | { readonly kind: 'text' | 'texts' | 'flag' }
  | { readonly kind: 'choice' | 'words'; readonly words: readonly string[] }
  | {
      readonly kind: 'value';
      readonly schema: JsonSchema;
      /** What is wrong with a value, in a few words. */
      readonly check: (value: unknown) => string | undefined;
      /** From the text behind a flag; what it throws stands behind `Cannot use --flag TEXT:`. @default as JSON */
      readonly read?: ((text: string) => unknown) | undefined;
      /** Joins the values of a flag that is given again. @default the last one counts */
      readonly combine?: ((before: unknown, next: unknown) => unknown) | undefined;
      /** As the text behind a flag; a value that has none is no flag of a card's command. */
      readonly write?: ((value: unknown) => string) | undefined;
    };

export type JsonSchema = { readonly [key: string]: unknown };

export type Settings = { readonly [key: string]: Setting<unknown> };

/** The values of all settings. */
export type Settled<Given extends Settings> = {
  readonly [Key in keyof Given]: Given[Key] extends Setting<infer Value> ? Value : never;
};

type Words = Pick<Setting<unknown>, 'valueName' | 'flag' | 'isBinding' | 'isRequired' | 'isRead'> & {
  readonly says: string;
};
type Bounds = { readonly minimum?: number; readonly maximum?: number };

/** A whole number, bounds included. */
export function integer<const Fallback extends number | undefined>({
  fallback,
  minimum = 0,
  maximum = Number.MAX_SAFE_INTEGER,
  ...words
}: Words & Bounds & { readonly fallback: Fallback }): Setting<number | Widened<Fallback>> {
  return { ...words, fallback: fallback as unknown as Widened<Fallback>, form: { kind: 'integer', minimum, maximum } };
}

/** Any number, bounds included. */
export function number<const Fallback extends number | undefined>({
  fallback,
  minimum,
  maximum,
  ...words
}: Words & Required<Bounds> & { readonly fallback: Fallback }): Setting<number | Widened<Fallback>> {
  return { ...words, fallback: fallback as unknown as Widened<Fallback>, form: { kind: 'number', minimum, maximum } };
}

/** At least one number, each within the bounds. */
export function numbers({
  minimum,
  maximum,
  ...words
}: Words & Required<Bounds>): Setting<readonly number[] | undefined> {
  return { ...words, fallback: undefined, form: { kind: 'numbers', minimum, maximum } };
}

export function text(words: Words): Setting<string | undefined> {
  return { ...words, fallback: undefined, form: { kind: 'text' } };
}

/** Any number of texts; a flag that is given again adds one. */
export function texts(words: Words): Setting<readonly string[]> {
  return { ...words, fallback: [], form: { kind: 'texts' } };
}

export function flag(words: Words): Setting<boolean> {
  return { ...words, fallback: false, form: { kind: 'flag' } };
}

/** One of a few words. */
export function choice<const Word extends string, const Fallback extends Word | undefined>({
  words,
  fallback,
  ...more
}: Words & { readonly words: readonly Word[]; readonly fallback: Fallback }): Setting<
  Word | (Fallback extends undefined ? undefined : never)
> {
  return { ...more, fallback: fallback as Word, form: { kind: 'choice', words } };
}

/** One or several of a few words. */
export function words<const Word extends string, const Fallback extends readonly Word[] | undefined>({
  words,
  fallback,
  ...more
}: Words & { readonly words: readonly Word[]; readonly fallback: Fallback }): Setting<
  readonly Word[] | (Fallback extends undefined ? undefined : never)
> {
  return { ...more, fallback: fallback as readonly Word[], form: { kind: 'words', words } };
}

type Widened<Fallback> = Fallback extends undefined ? undefined : never;

/** What a flag would read of a text that is no value itself: `1/2` for a part. */
export function asFlag({ form }: Setting<unknown>, value: unknown): unknown {
  if (form.kind !== 'value' || form.read === undefined || typeof value !== 'string') return value;
  if (form.check(value) === undefined) return value;
  try {
    return form.read(value);
  } catch {
    return value;
  }
}

/** What is wrong with the value of a key, in a few words; undefined where nothing is. */
export function faultOf({ form }: Setting<unknown>, value: unknown): string | undefined {
  switch (form.kind) {
    case 'integer':
    case 'number':
      return faultOfNumber(form, value);
    case 'numbers':
      if (!Array.isArray(value) || value.length === 0) return 'give a list of at least one number';
      return value.map((item) => faultOfNumber(form, item)).find(Boolean);
    case 'flag':
      return typeof value === 'boolean' ? undefined : 'give true or false';
    case 'text':
      return faultOfText(value);
    case 'texts':
      return Array.isArray(value) ? value.map(faultOfText).find(Boolean) : 'give a list of texts';
    case 'choice':
      return faultOfWord(form.words, value);
    case 'words':
      if (!Array.isArray(value) || value.length === 0) return `give a list of ${form.words.join(', ')}`;
      return value.map((item) => faultOfWord(form.words, item)).find(Boolean);
    case 'value':
      return form.check(value);
  }
}

function faultOfNumber({ kind, minimum, maximum }: Extract<SettingForm, Bounds>, value: unknown): string | undefined {
  const isNumber = typeof value === 'number' && Number.isFinite(value);
  const fits = isNumber && value >= minimum && value <= maximum && (kind !== 'integer' || Number.isInteger(value));
  if (fits) return undefined;
  return `give a ${kind === 'integer' ? 'whole number' : 'number'}${describeRange({ minimum, maximum })}`;
}

const faultOfText = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? undefined : 'give a text that is not empty';

function faultOfWord(known: readonly string[], value: unknown): string | undefined {
  if (known.some((word) => word === value)) return undefined;
  const nearest = nearestOf(String(value), known);
  return `choose one of ${known.join(', ')}${nearest === undefined ? '' : ` (nearest: ${nearest})`}`;
}

/** ` from 0 to 5`, ` of 1 or more`, or nothing where there are no bounds. */
export function describeRange({ minimum, maximum }: Required<Bounds>): string {
  const hasMinimum = minimum > Number.MIN_SAFE_INTEGER;
  const hasMaximum = maximum < Number.MAX_SAFE_INTEGER;
  if (hasMinimum && hasMaximum) return ` from ${minimum} to ${maximum}`;
  if (hasMinimum) return ` of ${minimum} or more`;
  return hasMaximum ? ` of ${maximum} or less` : '';
}

/** A text that says something: blanks alone do not. */
export const textSchema: JsonSchema = { type: 'string', pattern: '\\S' };

/** The setting as a property of a JSON Schema. */
export function toJsonSchema({ says, fallback, form }: Setting<unknown>): JsonSchema {
  const told = { description: says, ...(fallback === undefined ? {} : { default: fallback }) };
  const bounds = (type: string) =>
    'minimum' in form
      ? {
          type,
          minimum: form.minimum,
          maximum: form.maximum,
        }
      : { type };
  switch (form.kind) {
    case 'integer':
    case 'number':
      return { ...bounds(form.kind), ...told };
    case 'numbers':
      return { type: 'array', minItems: 1, items: bounds('number'), ...told };
    case 'flag':
      return { type: 'boolean', ...told };
    case 'text':
      return { ...textSchema, ...told };
    case 'texts':
      return { type: 'array', items: textSchema, ...told };
    case 'choice':
      return { enum: form.words, ...told };
    case 'words':
      return { type: 'array', minItems: 1, items: { enum: form.words }, ...told };
    case 'value':
      return { ...form.schema, ...told };
  }
}

/** The values of a step's settings: the given ones, and the defaults of those that are left out. */
export function settle<Given extends Settings>(
  settings: Given,
  values: { readonly [key: string]: unknown },
): Settled<Given> {
  const entries = Object.entries(settings).map(([key, { fallback }]) => [key, values[key] ?? fallback]);
  return Object.fromEntries(entries) as Settled<Given>;
}

/** `maxTokens` as a flag: `max-tokens`. */
export function flagOf(key: string, { flag }: Pick<Setting<unknown>, 'flag'> = {}): string {
  return typeof flag === 'string' ? flag : key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
