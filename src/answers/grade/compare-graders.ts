import type { AnswerPolicy } from '../parse/policies.js';
import { explainGrade } from './explain-grade.js';
import { gradeResponse, type PresetName } from './grade-with-preset.js';

/** A grader: a preset, with a policy where the preset has one. */
export type Grader = { readonly preset?: PresetName; readonly policy?: Partial<AnswerPolicy> };

/** A response or bare answer with its gold, for a comparison of graders. */
export type GraderRow = {
  readonly id?: string | number;
  readonly gold: string;
  readonly answer?: string | undefined;
  readonly response?: string | undefined;
};

/** A row on which two graders differ, with what each says of it. */
export type Disagreement = {
  readonly id: string | number;
  readonly gold: string;
  /** What each side took to be the answer, how it judged, by which rule, and that rule in words. */
  readonly a: GraderView;
  readonly b: GraderView;
};

/** One grader’s verdict on a row: what it compared, and why. */
export type GraderView = {
  readonly extracted: string | undefined;
  readonly equivalent: boolean;
  readonly rule: string;
  readonly reason: string;
};

/** How often two graders say the same of the same rows. */
export type Agreement = {
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
};

/** The agreement of two graders, and every row on which they differ. */
export type GraderComparison = Agreement & { readonly disagreements: readonly Disagreement[] };

/** Grades the same rows with two graders and lists every row on which they differ, with each side's reason. */
export function compareGraders(rows: Iterable<GraderRow>, a: Grader, b: Grader): GraderComparison {
  const { add, measure } = startTally(a, b);
  const disagreements: Disagreement[] = [];
  for (const row of rows) {
    const disagreement = add(row);
    if (disagreement) disagreements.push(disagreement);
  }
  return { ...measure(), disagreements };
}

/** The same for a stream of any length: yields the disagreements in order and gives the rest to `onAgreement` at the end. */
export async function* compareGraderRows(
  rows: AsyncIterable<GraderRow> | Iterable<GraderRow>,
  { a, b, onAgreement }: { a: Grader; b: Grader; onAgreement?: (agreement: Agreement) => void },
): AsyncGenerator<Disagreement> {
  const { add, measure } = startTally(a, b);
  for await (const row of rows) {
    const disagreement = add(row);
    if (disagreement) yield disagreement;
  }
  onAgreement?.(measure());
}

function startTally(a: Grader, b: Grader) {
  const counts = { both: 0, onlyA: 0, onlyB: 0, neither: 0 };
  let count = 0;
  return {
    add: (row: GraderRow): Disagreement | undefined => {
      count++;
      const [first, second] = [gradeRow(row, a), gradeRow(row, b)];
      counts[first.equivalent ? (second.equivalent ? 'both' : 'onlyA') : second.equivalent ? 'onlyB' : 'neither']++;
      if (first.equivalent === second.equivalent) return undefined;
      return { id: row.id ?? String(count), gold: row.gold, a: first, b: second };
    },
    measure: (): Agreement => {
      const agreement = count === 0 ? 1 : (counts.both + counts.neither) / count;
      return { count, ...counts, agreement, kappa: kappaOf(counts, count) };
    },
  };
}

function gradeRow({ gold, answer, response }: GraderRow, grader: Grader): GraderView {
  const given = response === undefined ? { answer: answer ?? '' } : { response };
  const { extracted, equivalent, rule } = gradeResponse({ gold, ...given, ...grader });
  return { extracted, equivalent, rule, reason: explainGrade({ extracted, equivalent, rule }) };
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
