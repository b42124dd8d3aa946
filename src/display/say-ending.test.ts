import { afterEach, describe, expect, it } from 'vitest';
import { BudgetError, CancelledError, GpuError, InputError } from '../errors.js';
import { useLanguage } from '../language/spoken.js';
import { sayEnding } from './say-ending.js';

afterEach(() => useLanguage('en'));

const stopped = 'stopped; the same cell goes on from here';
const gpu = new GpuError('Cannot finish train-sft: a signal ended it', { command: '', logLines: [] });

describe('sayEnding()', () => {
  it.each<[string, unknown, string]>([
    ['the stop button', new CancelledError('Stopped train-sft; what it saved is in runs'), stopped],
    ['an aborted signal', AbortSignal.abort().reason, stopped],
    ['a training that failed', gpu, 'failed: Cannot finish train-sft: a signal ended it'],
    ['several lines', new RangeError('no\n  way'), 'failed: no way'],
    ['no words', new RangeError(), 'failed: RangeError'],
    ['what is no error', 'why', 'failed: why'],
    [
      'a budget',
      new BudgetError('Stopped at the budget: 5 of 5 tokens are spent', { flag: 'budget-tokens' }),
      'Stopped at the budget: 5 of 5 tokens are spent',
    ],
    ['a long one', new InputError('x'.repeat(400)), `failed: ${'x'.repeat(299)}…`],
  ])('%s', (_, error, line) => expect(sayEnding(error)).toBe(line));

  it('tells it in Japanese', () => {
    useLanguage('ja');
    expect(sayEnding(new Error('no way'))).toBe('失敗した: no way');
  });
});
