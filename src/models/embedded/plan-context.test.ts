import { describe, expect, it } from 'vitest';
import { type ContextBounds, sequenceBytes } from './plan-context.js';

describe('sequenceBytes(tokens, bounds)', () => {
  it.each([
    ['all layers keep all', 900, undefined, 2 * 900],
    ['half of them keep no more than they look back', 900, 300, 900 + 300],
    ['a short text is kept whole', 200, 300, 2 * 200],
  ])('%s', (_, tokens, shortReach, expected) => {
    expect(sequenceBytes(tokens, { bytesPerToken: 2, shortReach } as ContextBounds)).toBe(expected);
  });
});
