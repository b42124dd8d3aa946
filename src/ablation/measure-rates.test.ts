import { expect, it } from 'vitest';
import { InputError } from '../errors.js';
import { measureRates } from './measure-rates.js';
import { ablationSchema } from './recipe.js';

it('measureRates() opens no model and tells of no start where nothing can train', async () => {
  const recipe = ablationSchema.parse({
    ...{ name: 'test', version: 1, description: 'a test', problems: 20, rows: 24, test: { problems: 40 } },
    arms: [
      { name: 'none', of: {} },
      { name: 'originals', of: { originals: 1 } },
    ],
  });
  const done: string[] = [];
  const note = (what: string) => async () => {
    done.push(what);
    throw new Error(what);
  };
  const measured = measureRates({
    recipe,
    openTeacher: note('teacher'),
    openStudent: note('student'),
    freeGpu: note('gpu'),
    onStart: () => done.push('start'),
    findTrainer: async () => {
      throw new InputError('Cannot run train_sft.py: python3 has no torch');
    },
  });
  await expect(measured).rejects.toThrow('Cannot run train_sft.py');
  expect(done).toEqual([]);
});
