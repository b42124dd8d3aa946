import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { allSteps } from '../all-steps.js';
import { headSettings, sourceSetting } from '../steps/recipe.js';
import { asFlag, faultOf, type Setting, toJsonSchema } from '../steps/setting.js';

const ajv = new Ajv2020({ strict: false });
const settings: readonly (readonly [string, Setting<unknown>])[] = [
  ...Object.entries(headSettings as Readonly<Record<string, Setting<unknown>>>),
  ['source', sourceSetting],
  ...allSteps.flatMap((step) =>
    Object.entries(step.settings as Readonly<Record<string, Setting<unknown>>>).map(
      ([key, setting]) => [`${step.name}.${key}`, setting] as const,
    ),
  ),
];

/** Values at the edges of every form, and those of each setting's own bounds. */
function tried({ form, fallback }: Setting<unknown>): readonly unknown[] {
  const bounds = 'minimum' in form ? [form.minimum, form.maximum] : [];
  const words = 'words' in form ? form.words.flatMap((word) => [word, [word], [word, word]]) : [];
  const numbers = [
    ...bounds.flatMap((bound) => [bound, bound - 1, bound + 1, bound + 0.5]),
    0,
    -1,
    1,
    0.5,
    1.5,
    2 ** 53,
  ];
  const texts = ['', ' ', '\n', 'x', 'x y', '1', '1/2', 'true'];
  const lists = [[], [''], [' '], ['x'], [0], [-1], [0.5], [9], [null], [[]], [{}]];
  const objects = [{}, { x: 1 }, { x: 'y' }, { x: [] }, { algebra: 0.5 }, { algebra: 9 }, { algebra: -1 }];
  const parts = [{ index: 1, count: 2 }, { index: '1', count: 2 }, { index: 1, count: 2, x: 1 }, { index: 0, count: 1 }]; // biome-ignore format: a table
  const policies = [{ percent: 'number' }, { percent: 'x' }, { relativeTolerance: 0.1 }, { relativeTolerance: '0.1' }, { relativeTolerance: 2 }, { roundedDecimalPlaces: 1.5 }, 'percent=number']; // biome-ignore format: a table
  return [
    ...numbers,
    ...texts,
    ...lists,
    ...objects,
    ...parts,
    ...policies,
    ...words,
    true,
    false,
    null,
    fallback,
  ].filter((value) => value !== undefined);
}

describe('the schema of a setting takes what a recipe may hold, and nothing else', () => {
  it.each(settings)('%s', (_, setting) => {
    const check = ajv.compile(toJsonSchema(setting));
    const differ = tried(setting).flatMap((value) => {
      const isRead = faultOf(setting, asFlag(setting, value)) === undefined;
      return check(value) === isRead ? [] : [`${JSON.stringify(value)}: ${isRead ? 'read' : 'refused'}`];
    });
    expect(differ).toEqual([]);
  });
});
