import { describe, expect, it } from 'vitest';
import { measureTurns } from './measure-turns.js';

const turn = (text: string, fault: 'length' | null = null, tokens = 10) => ({ text, fault, tokens });
const isWellFormed = (text: string) => text.endsWith('?');

describe('measureTurns()', () => {
  const turns = [
    turn('Tom has 3 pens. How many?'),
    turn('Tom has 5 cups. How many?', null, 20),
    turn('Mia has 44 pens. How many?', null, 30),
    turn('Ada runs and', 'length', 40),
  ];

  it('counts a problem with other names and numbers as one of the earlier half', () => {
    const { fresh } = measureTurns(turns, { isWellFormed });
    expect(fresh).toMatchObject({ count: 1, n: 2, share: 0.5 });
    expect(fresh.interval[0]).toBeCloseTo(0.0945, 3);
  });

  it('counts what is well formed and what passes, and averages lengths', () => {
    const { n, wellFormed, passed, tokens } = measureTurns(turns, { isWellFormed });
    expect([n, wellFormed.share, passed.share, tokens.mean]).toEqual([4, 0.75, 0.75, 25]);
    expect(tokens.interval[0]).toBeLessThan(25);
    expect(tokens.interval[1]).toBeGreaterThan(25);
  });

  it('refuses a single text', () => {
    expect(() => measureTurns(turns.slice(0, 1), { isWellFormed })).toThrow(
      'Cannot measure 1 drawn texts: draw at least two',
    );
  });
});
