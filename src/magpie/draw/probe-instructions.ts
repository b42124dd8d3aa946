import type { Run } from '../../runs/open-run.js';
import { lexicalVector, type SparseVector } from '../../selection/lexical-vectors.js';
import { formatColumns } from '../../steps/format-columns.js';
import { type Interval, wilsonInterval } from '../../wilson-interval.js';
import type { InstructOptions } from './draw-instructions.js';
import { type Drawing, drawTexts, type Likelihood, openParts, type Part } from './draw-texts.js';
import { instruct } from './instruct.js';
import { countReasons, judgeInstructions } from './judge-instructions.js';
import { drawsOfGrid, probeGrid } from './probe-grid.js';

/** What came of drawing at one point of the grid. */
export type ProbedPoint = {
  readonly temperature: number;
  readonly topP: number;
  readonly minP: number;
  readonly drawn: number;
  readonly kept: number;
  /** Share of the drawn texts that are whole, new problems; 95 %, Wilson. */
  readonly yield: number;
  readonly interval: Interval;
  /** Mean squared distance, 0 to 2, of a kept problem to the nearest other one by their words; null where fewer than two were kept. */
  readonly distinctness: number | null;
  /** What a kept problem costs: tokens of all texts, and seconds of this session; null where none was kept, seconds also where texts are of an earlier one. */
  readonly tokensPerProblem: number | null;
  readonly secondsPerProblem: number | null;
  /** Share of tokens that greedy drawing would have taken, and their mean natural-log probability; null from an engine that does not tell. */
  readonly greedyShare: number | null;
  readonly meanLogProbability: number | null;
  readonly rejected: Readonly<Record<string, number>>;
};

export type Probed = { readonly points: readonly ProbedPoint[]; readonly proposed: ProbedPoint | undefined };

export type ProbeOptions = InstructOptions & {
  readonly run: Run;
  /** Texts drawn in all, the same number at each point. @default `drawsOfGrid` */
  readonly draws?: number | undefined;
};

const stage = 'probe';

/**
 * Draws some texts at each point of a small grid of temperature, top-p and min-p (`probeGrid`), and tells yield, distinctness and cost. The same call again draws what is
 * missing. Proposed is the most varied of the points whose yield cannot be told from the best.
 */
export async function probeInstructions(options: ProbeOptions): Promise<Probed> {
  const { temperature: usual, topP: whole } = instruct.settings;
  const { run, temperature = usual.fallback, topP = whole.fallback, minP, seed = run.seed } = options;
  const grid = probeGrid({ temperature, topP, minP });
  const size = Math.max(1, Math.floor((options.draws ?? drawsOfGrid) / grid.length));
  const { parts, forbidden } = await openParts({ ...options, count: size });
  const points: ProbedPoint[] = [];
  for (const drawing of grid) {
    const startedAt = performance.now();
    let drawnNow = 0;
    const records = await drawTexts(
      spread(parts).map(({ part, place }) => ({
        id: [nameOf(drawing), part.key, `candidate-${place}`].join(' '),
        part,
        drawing,
      })),
      {
        options: { ...options, seed },
        stage,
        forbidden,
        measured: size,
        onDrawn: () => {
          drawnNow += 1;
        },
      },
    );
    const seconds = drawnNow === records.length ? (performance.now() - startedAt) / 1000 : undefined;
    points.push(measure(records, { drawing, seconds }));
  }
  return { points, proposed: choosePoint(points) };
}

/** Each part as often as it owes texts; with more draws those of fewer come first. */
const spread = (parts: readonly Part[]): readonly { readonly part: Part; readonly place: number }[] =>
  parts.flatMap((part) => Array.from({ length: part.count }, (_, place) => ({ part, place })));

const nameOf = ({ temperature, topP, minP = 0 }: Drawing): string => `t${temperature} p${topP} m${minP}`;

function measure(
  records: Parameters<typeof judgeInstructions>[0],
  { drawing, seconds }: { readonly drawing: Drawing; readonly seconds: number | undefined },
): ProbedPoint {
  const { candidates, accepted } = judgeInstructions(records, { quotas: new Map([['', records.length]]) });
  const kept = accepted.length;
  const tokens = records.reduce((sum, { completionTokens }) => sum + Number(completionTokens ?? 0), 0);
  return {
    temperature: drawing.temperature,
    topP: drawing.topP,
    minP: drawing.minP ?? 0,
    drawn: records.length,
    kept,
    yield: kept / records.length,
    interval: wilsonInterval(kept, records.length),
    distinctness: distinctnessOf(accepted.map(({ instruction }) => String(instruction))),
    tokensPerProblem: kept === 0 ? null : Math.round(tokens / kept),
    secondsPerProblem: kept === 0 || seconds === undefined ? null : Number((seconds / kept).toFixed(1)),
    greedyShare: meanOf(records, 'greedyShare'),
    meanLogProbability: meanOf(records, 'meanLogProbability'),
    rejected: countReasons(candidates),
  };
}

/** The most varied of those whose yield cannot be told from the best; of equals the cheapest. Undefined where nothing was kept. */
export function choosePoint(points: readonly ProbedPoint[]): ProbedPoint | undefined {
  return besides(points)
    .filter((point) => point.kept > 0)
    .sort(
      (left, right) =>
        (right.distinctness ?? 0) - (left.distinctness ?? 0) ||
        (left.tokensPerProblem ?? 0) - (right.tokensPerProblem ?? 0),
    )[0];
}

/** The points whose yield lies in the interval of the best one's. */
export function besides(points: readonly ProbedPoint[]): readonly ProbedPoint[] {
  const best = points.reduce((most, point) => Math.max(most, point.yield), 0);
  const least = Math.max(0, ...points.filter((point) => point.yield === best).map(({ interval: [low] }) => low));
  return points.filter((point) => point.yield >= least);
}

/** The points as lines for people, the proposed one marked. */
export function formatProbe({ points, proposed }: Probed): readonly string[] {
  const number = (value: number | null, digits: number): string => (value === null ? '-' : value.toFixed(digits));
  const rows = points.map((point) => [
    `${point === proposed ? '*' : ' '} T ${point.temperature}, top-p ${point.topP}, min-p ${point.minP}`,
    `${point.kept}/${point.drawn}`,
    `${(100 * point.yield).toFixed(0)} % [${point.interval.map((bound) => (100 * bound).toFixed(0)).join(', ')}]`,
    number(point.distinctness, 2),
    number(point.tokensPerProblem, 0),
    number(point.secondsPerProblem, 1),
    point.greedyShare === null ? '-' : `${(100 * point.greedyShare).toFixed(0)} %`,
  ]);
  const head = ['  drawn at', 'kept', 'yield', 'distinct', 'tokens/kept', 's/kept', 'greedy'];
  return formatColumns([head, ...rows]);
}

function distinctnessOf(problems: readonly string[]): number | null {
  if (problems.length < 2) return null;
  const vectors = problems.map(lexicalVector);
  const nearest = vectors.map((vector, place) =>
    vectors.reduce((least, other, at) => (at === place ? least : Math.min(least, 2 - 2 * dot(vector, other))), 2),
  );
  return Number(mean(nearest).toFixed(3));
}

function dot(left: SparseVector, right: SparseVector): number {
  const weights = new Map([...right.places].map((place, index) => [place, right.weights[index] ?? 0]));
  return left.places.reduce((sum, place, index) => sum + (left.weights[index] ?? 0) * (weights.get(place) ?? 0), 0);
}

function meanOf(records: Parameters<typeof judgeInstructions>[0], field: keyof Likelihood): number | null {
  const values = records.flatMap(({ [field]: value }) => (typeof value === 'number' ? [value] : []));
  return values.length === 0 ? null : Number(mean(values).toFixed(4));
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
