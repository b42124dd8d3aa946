import type { Level } from './link.js';
import type { Random } from './random.js';

type Range = readonly [low: number, high: number];

const draw = (ranges: Readonly<Record<Level, Range>>) => (random: Random, level: Level) =>
  random.integer(...ranges[level]);

/** Numbers that are added or taken away. */
export const addend = draw({ 1: [2, 40], 2: [10, 99], 3: [25, 600], 4: [200, 5000], 5: [1000, 50000] });

/** How many of something: boxes, hours, days. */
export const count = draw({ 1: [2, 9], 2: [3, 15], 3: [7, 40], 4: [15, 95], 5: [38, 290] });

/** How much each: a price, a speed, pieces in a box. */
export const each = draw({ 1: [2, 10], 2: [3, 25], 3: [8, 75], 4: [25, 210], 5: [110, 950] });

/** Small whole numbers: parts of a ratio, boxes to share among, times as many. */
export const few = draw({ 1: [2, 4], 2: [2, 6], 3: [3, 12], 4: [4, 25], 5: [7, 60] });

/** Percentages; from level 3 on also those that do not divide 100. */
export const percentage = (random: Random, level: Level): number =>
  level <= 2 ? random.pick(easyPercentages) : random.integer(2, 15 * level + 15);

/** Percentages of things that cannot be cut: multiples of five. */
export const fivefold = (random: Random, level: Level): number =>
  level <= 2 ? random.pick(easyPercentages) : 5 * random.integer(1, 19);

const easyPercentages = [5, 10, 20, 25, 30, 40, 50];
