import type { JsonText } from '../../storage/read-json-texts.js';
import type { RowSource } from './find-sources.js';

/** Remembers where each row stands, by its ordinal, and names it as `FILE:LINE`. */
export function trackPlaces(sources: readonly RowSource[]) {
  const places: number[] = [];
  const starts = new Map<RowSource, number>();
  return {
    add: (source: RowSource, first: number, texts: readonly JsonText[]): void => {
      if (!starts.has(source)) starts.set(source, first);
      for (const { place } of texts) places.push(place);
    },
    of: (ordinal: number): string => {
      const source = sources.filter((one) => (starts.get(one) ?? Number.POSITIVE_INFINITY) <= ordinal).at(-1);
      return `${source?.file}:${places[ordinal]}`;
    },
  };
}
