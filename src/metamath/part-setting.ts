import { InputError } from '../errors.js';
import type { Part } from '../problems/take-part.js';
import type { Setting } from '../steps/setting.js';

/** `3/8`: the third of eight parts of the problems. */
export function partSetting(): Setting<Part | undefined> {
  return {
    says: 'grow the I-th of N parts alone, such as 3/8; parts go by problem id and join by concatenation',
    valueName: 'I/N',
    fallback: undefined,
    form: {
      kind: 'value',
      schema: {
        anyOf: [
          {
            type: 'object',
            properties: { index: { type: 'integer', minimum: 1 }, count: { type: 'integer', minimum: 1 } },
            required: ['index', 'count'],
            additionalProperties: false,
          },
          { type: 'string', pattern: '^[1-9]\\d{0,5}/[1-9]\\d{0,5}$' },
        ],
      },
      check: (value) => {
        const { index, count, ...more } = (value ?? {}) as { readonly [key: string]: unknown };
        return isPart(index, count) && Object.keys(more).length === 0
          ? undefined
          : 'give {"index": I, "count": N} with I from 1 to N';
      },
      read: (text) => {
        const [index = 0, count = 0] = (/^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? []).slice(1).map(Number);
        if (isPart(index, count)) return { index, count };
        const habit = /^part\d*$/.test(text) ? '; MetaMath’s part names a file, here a run directory does' : '';
        throw new InputError(`give a part and the number of parts, such as 3/8${habit}`);
      },
      write: (value) => {
        const { index, count } = value as Part;
        return `${index}/${count}`;
      },
    },
  };
}

const isPart = (index: unknown, count: unknown): boolean =>
  Number.isInteger(index) && Number.isInteger(count) && Number(index) >= 1 && Number(index) <= Number(count);
