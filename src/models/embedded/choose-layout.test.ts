import { describe, expect, it } from 'vitest';
import { chooseLayout } from './choose-layout.js';

describe('chooseLayout({ parameters, matrixTypes, processors })', () => {
  it.each([
    // pocket, Q8_0: as ever
    [14e6, [8], 1, { laneCount: 2, threads: 1, rowsTogether: 1 }],
    [14e6, [8], 2, { laneCount: 3, threads: 1, rowsTogether: 1 }],
    [14e6, [8], 16, { laneCount: 3, threads: 1, rowsTogether: 1 }],
    // the same in F32, F16, and BF16: one row alone rounds unlike several
    [14e6, [0], 2, { laneCount: 3, threads: 1, rowsTogether: 2 }],
    [14e6, [1], 2, { laneCount: 3, threads: 1, rowsTogether: 2 }],
    [14e6, [30], 1, { laneCount: 2, threads: 1, rowsTogether: 2 }],
    // small and repacked
    [14e6, [12], 2, { laneCount: 3, threads: 1, rowsTogether: 4 }],
    // SmolLM2, Q4_1
    [135e6, [3], 1, { laneCount: 1, threads: 1, rowsTogether: 1 }],
    [135e6, [3], 2, { laneCount: 1, threads: 2, rowsTogether: 2 }],
    // Gemma and Qwen, Q4_K_M
    [268e6, [6, 8, 12, 14], 2, { laneCount: 1, threads: 2, rowsTogether: 4 }],
    [1.5e9, [12, 14], 8, { laneCount: 1, threads: 8, rowsTogether: 4 }],
    [1.5e9, [12, 14], 12, { laneCount: 2, threads: 6, rowsTogether: 4 }],
    [1.5e9, [12, 14], 16, { laneCount: 2, threads: 8, rowsTogether: 4 }],
    [1.5e9, [12, 14], 64, { laneCount: 8, threads: 8, rowsTogether: 4 }],
  ])('%d parameters of types %j on %d processors', (parameters, types, processors, expected) => {
    expect(chooseLayout({ parameters, matrixTypes: new Set(types), processors })).toEqual(expected);
  });
});
