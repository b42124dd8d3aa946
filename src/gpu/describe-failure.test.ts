import { describe, expect, it } from 'vitest';
import { GpuError, InputError } from '../errors.js';
import { describeFailure } from './describe-failure.js';

const refusal = 'Cannot fit the model: it needs 80 GiB, the GPU has 40; lower tokensPerPass';
const report = (code: number): string[] => [
  ...Array.from({ length: 60 }, (_, line) => `  File "torchrun", line ${line}`),
  `  exitcode  : ${code} (pid: 12)`,
  '='.repeat(60),
];
const fail = (errorLines: readonly string[], exitCode: number | undefined) =>
  describeFailure({
    script: 'train-sft',
    exitCode,
    errorLines,
    log: { file: '/nowhere/run.log', from: 0 },
    seen: {},
    hide: (text) => text,
  });

describe('the error of a script that ended badly', () => {
  it.each([
    ['its only line', [refusal], 2],
    ['a line of the first rank, far above the report of torchrun', [refusal, ...report(2)], 1],
    ['a line of another rank', [`Rank 1: ${refusal}`, ...report(2)], 1],
  ])('is what it refused, said in %s', async (_, lines, code) => {
    const error = await fail(lines, code);
    expect(error).toBeInstanceOf(InputError);
    expect(error.message).toContain(refusal);
  });

  it('is the fault that a process told, where torchrun only reports', async () => {
    const told = 'Rank 1: ValueError: no way; the traceback is in runs/sft/run.log';
    const error = await fail([told, ...report(1)], 1);
    expect(error).toBeInstanceOf(GpuError);
    expect(error.message).toMatch(/^Cannot finish train-sft: Rank 1: ValueError: no way; the traceback is in /);
  });

  it.each([
    ['a code of its own', report(1), 1],
    ['a signal', [], undefined],
  ])('is a fault for %s, with at most 40 lines', async (_, lines, code) => {
    const error = await fail(lines, code);
    expect(error).toBeInstanceOf(GpuError);
    expect((error as GpuError).logLines.length).toBe(Math.min(lines.length, 40));
  });
});
