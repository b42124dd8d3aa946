import { describe, expect, it } from 'vitest';
import * as errors from '../errors.js';
import { named } from '../name-setting.js';
import { carryError, receiveError } from './carry-error.js';

const gpu = { command: 'python train_sft.py', logLines: ['out of memory'], lastEvent: 'step-end', exitCode: 3 };

describe('receiveError(carryError(error))', () => {
  it.each([
    new errors.InputError(`Cannot read x: give ${named('atOnce')}`, { file: 'x', line: 3 }),
    new errors.ModelError('Cannot open it', { status: 503 }),
    new errors.StorageError('The disk is full'),
    new errors.GpuError('The training failed', gpu),
    new errors.FailedCallsError('Too many failed'),
    new errors.BudgetError('The budget is used up', { flag: 'budget-usd' }),
    new errors.CancelledError('Stopped'),
    new errors.MathpieError('Something'),
    new TypeError('x is not a function'),
  ])('is the same to who catches it: $name', (error) => {
    const received = receiveError(JSON.parse(JSON.stringify(carryError(error))));
    const isKnown = error instanceof errors.MathpieError;
    expect(received.constructor).toBe(isKnown ? error.constructor : Error);
    expect(received.message).toBe(error.message);
    const { stack: _, cause: __, ...fields } = error as Error & Record<string, unknown>;
    if (isKnown) expect(received).toMatchObject(JSON.parse(JSON.stringify(fields)));
  });

  it('carries what is no error too', () => {
    expect(receiveError(carryError('odd')).message).toBe('odd');
  });
});
