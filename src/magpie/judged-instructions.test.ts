import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkInstruction } from './draw/check-instruction.js';

/**
 * 60 of 200 real texts that Qwen2.5-3B wrote in the user's place (Ohtani-y/magpie, MIT), judged by hand: every id whose last
 * digit is 0, 3 or 7. `ok`: a whole problem, whether its statement is true or not; else the first thing that is wrong with it.
 */
const judged: readonly (readonly [verdict: string, ids: readonly number[]])[] = [
  ['ok', [17, 87, 90, 120, 130, 153, 163]],
  [
    'answer-bleed',
    [
      3, 7, 10, 13, 20, 23, 30, 37, 40, 47, 53, 60, 63, 67, 70, 80, 83, 93, 100, 103, 110, 113, 117, 123, 127, 133, 140,
      143, 147, 150, 167, 177, 193,
    ],
  ],
  ['leaked-tokens', [33, 43, 57, 77, 97, 157, 160, 190]],
  ['trailing-colon', [0, 27, 107, 173, 183]],
  ['assistant-voice', [50, 73, 137]],
  ['missing-givens', [170, 180]],
  ['not-a-problem', [187, 197]],
];

const file = fileURLToPath(
  new URL('../../../shared/data/magpie/qwen2.5-3b-seven-responses-armorm.json', import.meta.url),
);

describe.skipIf(!existsSync(file))('checkInstruction() on real texts that were judged by hand', () => {
  const texts = (): Map<number, string> =>
    new Map(
      JSON.parse(readFileSync(file, 'utf8')).map((row: { id: number; instruction: string }) => [
        row.id,
        row.instruction,
      ]),
    );

  it('accepts what a person accepts, and nothing else', () => {
    const rows = judged.flatMap(([verdict, ids]) => ids.map((id) => ({ id, isGood: verdict === 'ok' })));
    expect(rows).toHaveLength(60);
    const byId = texts();
    const wrong = rows.filter(
      ({ id, isGood }) =>
        (checkInstruction({ text: byId.get(id) ?? '', finishReason: 'stop' }) === undefined) !== isGood,
    );
    expect(wrong).toEqual([]);
  });

  it.each(judged)('%s', (verdict, ids) => {
    const byId = texts();
    const other = ids.filter(
      (id) => (checkInstruction({ text: byId.get(id) ?? '', finishReason: 'stop' }) ?? 'ok') !== verdict,
    );
    // 187 opens like an assistant and asks for an explanation: both are right
    expect(other).toEqual(verdict === 'not-a-problem' ? [187] : []);
  });
});
