import { InputError } from '../../errors.js';
import type { Part } from '../../problems/take-part.js';
import type { Option } from '../declare/option.js';

/** `--part 3/8`: the third of eight parts of the problems. */
export const partOption: Option<Part | undefined> = {
  takesValue: true,
  valueName: 'I/N',
  description: 'grow the I-th of N parts alone, such as 3/8; parts go by problem id and join by concatenation',
  isRequired: false,
  fallback: undefined,
  parse: (value, flag) => {
    const [index = 0, count = 0] = (/^(\d{1,6})\/(\d{1,6})$/.exec(value) ?? []).slice(1).map(Number);
    if (index >= 1 && index <= count) return { index, count };
    throw new InputError(
      `Cannot use --${flag} ${JSON.stringify(value.slice(0, 40))}: give a part and the number of parts, such as 3/8`,
    );
  },
};
