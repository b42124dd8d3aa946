import type { Drawing } from './draw-texts.js';

/** Texts that a probe draws in all: at twenty a point a yield of one half is known to some twenty points. */
export const drawsOfGrid = 200;

/** Below, at, and above what most models bear (the fork's recipes draw at 1.2), with all tokens, the likeliest that make up 95 %, and those that are not far behind the likeliest. */
const temperatures = [0.7, 1, 1.2];
const cuts = [
  { topP: 1, minP: undefined },
  { topP: 0.95, minP: undefined },
  { topP: 1, minP: 0.05 },
];

/** The points that a probe draws at: what is asked for first, then the grid without it. */
export function probeGrid(asked: Drawing): readonly Drawing[] {
  const grid = temperatures.flatMap((temperature) => cuts.map((cut) => ({ temperature, ...cut })));
  const nameOf = ({ temperature, topP, minP = 0 }: Drawing): string => `${temperature} ${topP} ${minP}`;
  return [asked, ...grid.filter((point) => nameOf(point) !== nameOf(asked))];
}
