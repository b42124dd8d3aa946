import { describe, expect, it } from 'vitest';
import { chooseLayout } from './choose-layout.js';

describe('chooseLayout({ parameters, tensorTypes, processors })', () => {
  it.each([
    // pocket, Q8_0: as ever
    [14e6, [0, 8], 1, { laneCount: 2, threads: 1, rowsTogether: 1 }],
    [14e6, [0, 8], 2, { laneCount: 3, threads: 1, rowsTogether: 1 }],
    [14e6, [0, 8], 16, { laneCount: 3, threads: 1, rowsTogether: 1 }],
    // small and repacked
    [14e6, [0, 12], 2, { laneCount: 3, threads: 1, rowsTogether: 4 }],
    // SmolLM2, Q4_1
    [135e6, [0, 3], 1, { laneCount: 1, threads: 1, rowsTogether: 1 }],
    [135e6, [0, 3], 2, { laneCount: 1, threads: 2, rowsTogether: 2 }],
    // Gemma and Qwen, Q4_K_M
    [268e6, [0, 6, 8, 12, 14], 2, { laneCount: 1, threads: 2, rowsTogether: 4 }],
    [1.5e9, [0, 12, 14], 8, { laneCount: 1, threads: 8, rowsTogether: 4 }],
    [1.5e9, [0, 12, 14], 12, { laneCount: 2, threads: 6, rowsTogether: 4 }],
    [1.5e9, [0, 12, 14], 16, { laneCount: 2, threads: 8, rowsTogether: 4 }],
    [1.5e9, [0, 12, 14], 64, { laneCount: 8, threads: 8, rowsTogether: 4 }],
  ])('%d parameters of types %j on %d processors', (parameters, types, processors, expected) => {
    expect(chooseLayout({ parameters, tensorTypes: new Set(types), processors })).toEqual(expected);
  });
});
