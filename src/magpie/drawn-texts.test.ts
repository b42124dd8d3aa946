import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkInstruction } from './draw/check-instruction.js';
import { instruct } from './draw/instruct.js';

/**
 * Texts that small real models (SmolLM2-135M-Instruct, Qwen2.5-Coder-1.5B-Instruct, both Apache-2.0) drew into an open user turn and that the filter of version 0.2.0, or today's,
 * lets through; read one by one. Larger sets, by hash: bench/drawn-labels.json.
 */
type DrawnText = {
  readonly model: string;
  readonly sampling: string;
  readonly label: 'whole' | 'none';
  readonly text: string;
  readonly meanLogProbability?: number;
};
const texts: readonly DrawnText[] = JSON.parse(
  readFileSync(new URL('./__fixtures__/drawn-texts.json', import.meta.url), 'utf8'),
);
const least = instruct.settings.leastLikelihood.fallback;

const isAccepted = ({ text, meanLogProbability = 0 }: DrawnText): boolean =>
  checkInstruction({ text, finishReason: 'stop' }) === undefined && meanLogProbability >= least;

describe('texts that small real models drew', () => {
  it('every whole problem among them is accepted', () => {
    const whole = texts.filter(({ label }) => label === 'whole');
    expect(whole.length).toBeGreaterThan(0);
    expect(whole.filter((row) => !isAccepted(row))).toEqual([]);
  });

  it('of the others one in ten at most', () => {
    const others = texts.filter(({ label }) => label === 'none');
    expect(others.filter(isAccepted).length).toBeLessThanOrEqual(others.length / 10);
  });
});

/** Of 1,200 texts of Qwen2.5-Coder-1.5B-Instruct the 169 that the filter of 2026-11-29 accepted, read one by one (docs/magpie.md says what the labels mean). */
const accepted: readonly { readonly label: 'sound' | 'faulty' | 'none'; readonly text: string }[] = JSON.parse(
  readFileSync(new URL('./__fixtures__/accepted-texts.json', import.meta.url), 'utf8'),
);

describe('texts that an earlier filter accepted', () => {
  const kept = accepted.filter(({ text }) => checkInstruction({ text, finishReason: 'stop' }) === undefined);
  const count = (rows: typeof accepted, labels: readonly string[]) =>
    rows.filter(({ label }) => labels.includes(label)).length;

  it('are whole problems in nearly nine of ten cases', () => {
    expect(count(kept, ['sound', 'faulty']) / kept.length).toBeGreaterThan(0.89);
  });

  it('lose one sound problem in ten at most', () => {
    expect(count(kept, ['sound'])).toBeGreaterThanOrEqual(0.9 * count(accepted, ['sound']));
  });
});
