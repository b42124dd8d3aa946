import { InputError } from '../../errors.js';
import { named } from '../../name-setting.js';
import type { JsonObject } from '../../storage/read-jsonl.js';
import { fieldOf, objectOf } from './read-values.js';

/** Only rows whose field has this value. */
export type OnlyRows = { readonly field: string; readonly value: string };

/** Takes the rows that were asked for, and remembers what the others hold, for `describe` to say where no row was taken. */
export function createRowChoice(only: OnlyRows | undefined) {
  const others = new Set<string>();
  return {
    takes: (row: JsonObject): boolean => {
      if (only === undefined) return true;
      const said = fieldOf(row, only.field);
      if (said !== undefined && String(said) === only.value) return true;
      if (said !== undefined && others.size < 5) others.add(String(said).slice(0, 60));
      return false;
    },
    describe: (): string | undefined => {
      if (only === undefined) return undefined;
      const state =
        others.size === 0
          ? `no row has a field "${only.field}"`
          : `no row has ${only.field}=${only.value}, but ${[...others].join(', ')}`;
      return `${state}; choose another with ${named('only')}`;
    },
  };
}

/** Throws `InputError` where the rows are of two models, with the words that choose one of them. */
export function requireOneModel(path: string, models: ReadonlySet<string>, row: JsonObject | string): void {
  if (models.size < 2) return;
  const [first = '', second] = models;
  const [, field] = (typeof row === 'string' ? undefined : placeOf(row, second ?? '')) ?? [];
  const choice =
    field === undefined
      ? `choose one with ${named('only')} FIELD=VALUE`
      : `choose one, such as with ${named('only')} ${field}=${first}`;
  throw new InputError(
    `Cannot import ${path}: it holds answers of several models (${first}, ${second}, …), and a run is of one; ${choice}`,
    { file: path },
  );
}

/** How deep a row is looked into. */
const deepest = 3;

/** The field that holds a text, by its path with dots; the nearest to the top. */
function placeOf(row: JsonObject, text: string): readonly [depth: number, field: string] | undefined {
  const found: [number, string][] = [];
  const look = (value: JsonObject, path: string, depth: number): void => {
    for (const [name, item] of Object.entries(value)) {
      if (item === text) found.push([depth, `${path}${name}`]);
      const inner = depth < deepest ? objectOf(item) : undefined;
      if (inner !== undefined) look(inner, `${path}${name}.`, depth + 1);
    }
  };
  look(row, '', 1);
  return found.sort(([left], [right]) => left - right)[0];
}

/** `FIELD=VALUE`. */
export function parseOnly(text: string): OnlyRows {
  const at = text.indexOf('=');
  if (at > 0) return { field: text.slice(0, at), value: text.slice(at + 1) };
  throw new InputError(`Cannot use ${JSON.stringify(text)} to choose rows: give FIELD=VALUE, such as model_name=NAME`);
}
