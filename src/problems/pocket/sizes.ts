import type { Level } from './link.js';
import type { Random } from './random.js';

type Range = readonly [low: number, high: number];

const draw = (ranges: Readonly<Record<Level, Range>>) => (random: Random, level: Level) =>
  random.integer(...ranges[level]);

/** Numbers that are added or taken away. */
export const addend = draw({ 1: [2, 40], 2: [10, 99], 3: [25, 400], 4: [120, 2000], 5: [400, 9000] });

/** How many of something: boxes, hours, days. */
export const count = draw({ 1: [2, 9], 2: [3, 12], 3: [6, 24], 4: [11, 48], 5: [17, 96] });

/** How much each: a price, a speed, pieces in a box. */
export const each = draw({ 1: [2, 10], 2: [3, 20], 3: [6, 40], 4: [12, 90], 5: [23, 190] });

/** Small whole numbers: parts of a ratio, boxes to share among, times as many. */
export const few = draw({ 1: [2, 4], 2: [2, 6], 3: [3, 9], 4: [3, 12], 5: [4, 19] });

/** Percentages; from level 3 on also those that do not divide 100. */
export const percentage = (random: Random, level: Level): number =>
  level <= 2
    ? random.pick([10, 20, 25, 50, 5, 40, 30])
    : random.integer(level === 3 ? 2 : 3, level === 5 ? 18 : 12) * (level === 5 ? 4 : 5);
