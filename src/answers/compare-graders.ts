import { type Grade, gradeResponse } from './grade-response.js';
import type { AnswerPolicy } from './policies.js';
import type { PresetName } from './presets/grade-with-preset.js';

/** A grader: a preset, with a policy where the preset has one. */
export type Grader = { readonly preset?: PresetName; readonly policy?: Partial<AnswerPolicy> };

export type GraderRow = {
  readonly id?: string;
  readonly gold: string;
  readonly answer?: string;
  readonly response?: string;
};

export type Disagreement = {
  readonly id: string;
  readonly gold: string;
  /** What each side took to be the answer, how it judged, and by which rule. */
  readonly a: GraderView;
  readonly b: GraderView;
};

export type GraderView = {
  readonly extracted: string | undefined;
  readonly equivalent: boolean;
  readonly rule: string;
};

export type GraderComparison = {
  readonly count: number;
  /** How often both accept, only a, only b, neither. */
  readonly both: number;
  readonly onlyA: number;
  readonly onlyB: number;
  readonly neither: number;
  /** Share of rows with the same verdict. */
  readonly agreement: number;
  /** Cohen's kappa: agreement beyond chance; undefined when one verdict is all there is. */
  readonly kappa: number | undefined;
  readonly disagreements: readonly Disagreement[];
};

/** Grades the same rows with two graders and lists every row on which they differ, with each side's reason. */
export function compareGraders(rows: Iterable<GraderRow>, a: Grader, b: Grader): GraderComparison {
  const counts = { both: 0, onlyA: 0, onlyB: 0, neither: 0 };
  const disagreements: Disagreement[] = [];
  let count = 0;
  for (const row of rows) {
    count++;
    const [first, second] = [gradeRow(row, a), gradeRow(row, b)];
    counts[first.equivalent ? (second.equivalent ? 'both' : 'onlyA') : second.equivalent ? 'onlyB' : 'neither']++;
    if (first.equivalent !== second.equivalent) {
      disagreements.push({ id: row.id ?? String(count), gold: row.gold, a: viewOf(first), b: viewOf(second) });
    }
  }
  const agreement = count === 0 ? 1 : (counts.both + counts.neither) / count;
  return { count, ...counts, agreement, kappa: kappaOf(counts, count), disagreements };
}

function gradeRow({ gold, answer, response }: GraderRow, grader: Grader): Grade {
  return gradeResponse({ gold, ...(response === undefined ? { answer: answer ?? '' } : { response }), ...grader });
}

function viewOf({ extracted, equivalent, rule }: Grade): GraderView {
  return { extracted, equivalent, rule };
}

function kappaOf(
  { both, onlyA, onlyB, neither }: { both: number; onlyA: number; onlyB: number; neither: number },
  count: number,
): number | undefined {
  if (count === 0) return undefined;
  const [shareA, shareB] = [(both + onlyA) / count, (both + onlyB) / count];
  const chance = shareA * shareB + (1 - shareA) * (1 - shareB);
  return chance === 1 ? undefined : ((both + neither) / count - chance) / (1 - chance);
}
