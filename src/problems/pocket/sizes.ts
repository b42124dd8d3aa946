import type { Level } from './link.js';
import type { Random } from './random.js';

type Range = readonly [low: number, high: number];

const draw = (ranges: Readonly<Record<Level, Range>>) => (random: Random, level: Level) =>
  random.integer(...ranges[level]);

/** Numbers that are added or taken away. */
export const addend = draw({ 1: [2, 40], 2: [40, 999], 3: [150, 3000], 4: [600, 9000], 5: [2000, 60000] });

/** How many of something: boxes, hours, days. */
export const count = draw({ 1: [2, 9], 2: [5, 30], 3: [11, 70], 4: [22, 140], 5: [60, 390] });

/** How much each: a price, a speed, pieces in a box. */
export const each = draw({ 1: [2, 10], 2: [6, 48], 3: [13, 110], 4: [40, 320], 5: [130, 990] });

/** Small whole numbers: parts of a ratio, boxes to share among, times as many. */
export const few = draw({ 1: [2, 4], 2: [3, 9], 3: [3, 15], 4: [5, 30], 5: [11, 80] });

/** Less than the total by a clear margin: whoever invents a story knows about how much there is, not exactly. */
export const portion = (random: Random, total: number): number =>
  random.integer(1, Math.max(1, Math.floor(total * 0.6)));

/** A round sum clearly above the total, such as 340 for 251. */
export function roundSum(random: Random, total: number): number {
  const wanted = total * (1.15 + random.next());
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(wanted, 1))) - 1);
  return Math.ceil(wanted / unit) * unit;
}

/** Percentages; from level 3 on also those that do not divide 100. */
export const percentage = (random: Random, level: Level): number =>
  level <= 2 ? random.pick(easyPercentages) : random.integer(2, 15 * level + 15);

/** Percentages of things that cannot be cut: multiples of five. */
export const fivefold = (random: Random, level: Level): number =>
  level <= 2 ? random.pick(easyPercentages) : 5 * random.integer(1, 19);

const easyPercentages = [5, 10, 20, 25, 30, 40, 50];
