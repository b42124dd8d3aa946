import { roundStep } from '../figures/bin-values.js';
import type { Axis, Trace } from '../figures/figure.js';
import { percent, wholeNumber } from '../figures/label.js';

export type Tick = { readonly position: number; readonly label: string };

export type AxisScale = {
  /** Data value to pixel. */
  readonly position: (value: string | number) => number;
  /** Pixels that one unit, or one category, takes. */
  readonly unit: number;
  readonly ticks: readonly Tick[];
  readonly isCategory: boolean;
};

export type Pixels = { readonly from: number; readonly to: number };

/**
 * The scale of one axis: `from` and `to` are the pixels of its low and high end. `values` are all that the marks reach,
 * from which the range is taken when the axis has none.
 */
export function axisScale(axis: Axis, values: readonly (string | number)[], { from, to }: Pixels): AxisScale {
  return axis.type === 'category' || values.some((value) => typeof value === 'string')
    ? categoryScale(axis, values, { from, to })
    : linearScale(axis, values, { from, to });
}

function categoryScale(axis: Axis, values: readonly (string | number)[], pixels: Pixels): AxisScale {
  const categories = [...new Set([...(axis.categoryarray ?? []), ...values.map(String)])];
  const [from, to] = axis.autorange === 'reversed' ? [pixels.to, pixels.from] : [pixels.from, pixels.to];
  const step = (to - from) / Math.max(1, categories.length);
  const position = (value: string | number) => from + step * (categories.indexOf(String(value)) + 0.5);
  return { position, unit: Math.abs(step), isCategory: true, ticks: ticksOf(axis, categories, position) };
}

function linearScale(axis: Axis, values: readonly (string | number)[], { from, to }: Pixels): AxisScale {
  const [low, high] = axis.range ?? roundRange(values.map(Number).filter(Number.isFinite));
  const unit = (to - from) / (high - low || 1);
  const position = (value: string | number) => from + (Number(value) - low) * unit;
  const tickValues = axis.tickvals ?? roundTicks(low, high, Math.abs(to - from) > 320 ? 6 : 5);
  return { position, unit: Math.abs(unit), isCategory: false, ticks: ticksOf(axis, tickValues, position) };
}

function ticksOf(
  axis: Axis,
  found: readonly (string | number)[],
  position: (value: string | number) => number,
): Tick[] {
  return (axis.tickvals ?? found).map((value, index) => ({
    position: position(value),
    label: axis.ticktext?.[index] ?? formatTick(value, axis.tickformat),
  }));
}

function formatTick(value: string | number, format: string | undefined): string {
  if (typeof value === 'string') return value;
  if (format === '.0%') return percent(value);
  if (format === ',d') return wholeNumber(value);
  return String(Number(value.toPrecision(6))).replace('-', '−');
}

/** From 0, with 5 % of air above. */
function roundRange(values: readonly number[]): [number, number] {
  const low = values.reduce((least, value) => Math.min(least, value), 0);
  const high = values.reduce((most, value) => Math.max(most, value), low);
  return high === low ? [low, low + 1] : [low, high + (high - low) * 0.05];
}

/** At round values, as near to `count` of them as steps of 1, 2 or 5 times a power of ten allow. */
function roundTicks(low: number, high: number, count: number): number[] {
  const excess = (candidate: number) => Math.abs((high - low) / candidate - count);
  const wide = roundStep((high - low) / count);
  const narrow = roundStep((high - low) / count / 2.5);
  const step = excess(narrow) < excess(wide) ? narrow : wide;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

/** All values that the traces reach along one axis, whiskers and stacks included. */
export function reachedValues(traces: readonly Trace[], along: 'x' | 'y', isStacked: boolean): (string | number)[] {
  const stacks = new Map<string | number, number>();
  return traces.flatMap((trace) => {
    const values = along === 'x' ? trace.x : trace.y;
    const positions = along === 'x' ? trace.y : trace.x;
    const error = along === 'x' ? trace.error_x : trace.error_y;
    const isLength = trace.type === 'bar' && (along === 'x') === (trace.orientation === 'h');
    return values.flatMap((value, index): (string | number)[] => {
      if (typeof value === 'string') return [value];
      if (isLength && isStacked) {
        const key = positions[index] ?? index;
        stacks.set(key, (stacks.get(key) ?? 0) + value);
        return [stacks.get(key) ?? 0];
      }
      if (trace.type === 'bar' && !isLength && trace.width !== undefined)
        return [value - trace.width / 2, value + trace.width / 2];
      return [value + (error?.array[index] ?? 0), value - (error?.arrayminus[index] ?? 0)];
    });
  });
}
