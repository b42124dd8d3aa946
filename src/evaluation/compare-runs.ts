import { isEquivalent } from '../answers/compare/is-equivalent.js';
import { InputError } from '../errors.js';
import { type Interval, wilsonInterval } from '../wilson-interval.js';
import { alignByQuestion } from './align-by-question.js';
import { answeredRows } from './answered-rows.js';
import { type ComparisonVerdict, compareVerdict } from './compare-verdict.js';
import { exactMcNemar } from './exact-mcnemar.js';
import type { GradedRow } from './graded-row.js';
import { groupByProblem } from './majority-accuracy.js';
import { type Accuracy, measureAccuracy } from './measure-accuracy.js';
import { type PairedBootstrap, pairedBootstrap } from './paired-bootstrap.js';
import { type PairedCounts, pairedDifference } from './paired-difference.js';

/**
 * Two runs on the same questions, pair by pair: accuracies, their difference from -1 to 1 with intervals, and the p-values.
 */
export type RunComparison = PairedCounts & {
  readonly n: number;
  /** Questions that nobody answered in one of the runs; left out, and not in n. */
  readonly unanswered: number;
  readonly left: Accuracy;
  readonly right: Accuracy;
  /** Left's accuracy minus right's. */
  readonly difference: number;
  readonly interval: Interval;
  /** Two-sided, exact McNemar. */
  readonly pValue: number;
  readonly method: string;
  /** The same difference by drawing questions, over all samples of each. */
  readonly bootstrap: PairedBootstrap;
  /** On the second run, at p < 0.05: by McNemar's test with one sample a question, by the bootstrap over questions with several. */
  readonly verdict: ComparisonVerdict;
  /** Questions whose first answers got different verdicts: what two runs of the same settings should not have. */
  readonly flips: { readonly rate: number; readonly interval: Interval; readonly texts: number };
};

/**
 * Compares two runs on the same questions, pair by pair; where their ids differ, by the text of the questions (`alignByQuestion`). Of several samples a question the first one counts, but for
 * `bootstrap`, which takes the mean of all of them.
 *
 * @throws InputError when the runs do not hold the same questions; names up to three that differ
 */
export function compareRuns(
  allLeft: readonly GradedRow[],
  allRight: readonly GradedRow[],
  { seed = 0 }: { readonly seed?: number } = {},
): RunComparison {
  const asked = firstSamples(allLeft);
  const aligned = alignByQuestion(allRight, allLeft);
  requireSameQuestions(asked, firstSamples(aligned));
  const [leftRows = [], rightRows = []] = bothAnswered(allLeft, aligned);
  const left = firstSamples(leftRows);
  const right = firstSamples(rightRows);
  const bootstrap = pairedBootstrap(meanDifferences(leftRows, rightRows), { seed });
  const counts = { both: 0, onlyLeft: 0, onlyRight: 0, neither: 0 };
  for (const [problem, row] of left) {
    const other = right.get(problem)?.correct;
    counts[row.correct ? (other ? 'both' : 'onlyLeft') : other ? 'onlyRight' : 'neither'] += 1;
  }
  const flipped = counts.onlyLeft + counts.onlyRight;
  const differ = (problem: string, row: GradedRow): boolean => row.response !== right.get(problem)?.response;
  const paired = { ...pairedDifference(counts), pValue: exactMcNemar(counts.onlyLeft, counts.onlyRight) };
  const hasSamples = leftRows.length > left.size || rightRows.length > right.size;
  return {
    n: left.size,
    unanswered: asked.size - left.size,
    ...counts,
    left: measureAccuracy([...left.values()]),
    right: measureAccuracy([...right.values()]),
    ...paired,
    method: 'exact McNemar test; interval by method 10 of Newcombe (1998)',
    bootstrap,
    verdict: compareVerdict(hasSamples ? bootstrap : paired),
    flips: {
      rate: left.size === 0 ? 0 : flipped / left.size,
      interval: wilsonInterval(flipped, left.size),
      texts: [...left].filter(([problem, row]) => differ(problem, row)).length,
    },
  };
}

/** The answered rows of the questions of which both first samples were answered: the others have no pair. */
function bothAnswered(
  ...runs: readonly [readonly GradedRow[], readonly GradedRow[]]
): readonly (readonly GradedRow[])[] {
  const answered = runs.map(answeredRows);
  const [left, right] = answered.map(firstSamples);
  return answered.map((rows) => rows.filter(({ problem }) => left?.has(problem) && right?.has(problem)));
}

/** A question's share of right samples in the left run, less that in the right one. */
function meanDifferences(leftRows: readonly GradedRow[], rightRows: readonly GradedRow[]): number[] {
  const right = groupByProblem(rightRows);
  const share = (rows: readonly GradedRow[]) => rows.filter(({ correct }) => correct).length / rows.length;
  return [...groupByProblem(leftRows)].map(([problem, rows]) => share(rows) - share(right.get(problem) ?? []));
}

function firstSamples(rows: readonly GradedRow[]): Map<string, GradedRow> {
  return new Map(rows.filter((row) => (row.sample ?? 0) === 0).map((row) => [row.problem, row]));
}

function requireSameQuestions(left: ReadonlyMap<string, GradedRow>, right: ReadonlyMap<string, GradedRow>): void {
  const onlyLeft = [...left.keys()].filter((problem) => !right.has(problem));
  const onlyRight = [...right.keys()].filter((problem) => !left.has(problem));
  const reworded = [...left].filter(([problem, row]) => differs(row, right.get(problem)));
  const differences = [
    describe(onlyLeft, 'only in the first run'),
    describe(onlyRight, 'only in the second run'),
    describe(
      reworded.map(([problem]) => problem),
      `with another question or gold answer${sayGolds(reworded, right)}`,
    ),
  ].filter((part) => part !== '');
  if (differences.length === 0) return;
  const isImported = [left, right].some((rows) => [...rows.values()].some(({ upstream }) => upstream !== undefined));
  const wayOut = isImported
    ? 'import results of the same questions: they are paired by their ids, or by their texts where both runs hold all of them'
    : 'evaluate both models on the same file';
  throw new InputError(`Cannot compare the runs pair by pair: ${differences.join('; ')}; ${wayOut}`);
}

/** Of aligned questions white space may differ, and the writing of a gold answer: two harnesses keep `\frac{1}{2}` and `1/2`. */
function differs(row: GradedRow, other: GradedRow | undefined): boolean {
  const plain = ({ question = '' }: GradedRow): string => question.replace(/\s+/g, ' ').trim();
  if (other === undefined) return false;
  return plain(row) !== plain(other) || !haveSameGold(row.gold, other.gold);
}

function haveSameGold(left: string | undefined, right: string | undefined): boolean {
  return left === right || (left !== undefined && right !== undefined && isEquivalent(left, right).equivalent);
}

/** The first two gold answers that differ. */
function sayGolds(reworded: readonly (readonly [string, GradedRow])[], right: ReadonlyMap<string, GradedRow>): string {
  const found = reworded.find(([problem, { gold }]) => !haveSameGold(gold, right.get(problem)?.gold));
  if (found === undefined) return '';
  const short = (gold = 'none'): string => (gold.length > 40 ? `${gold.slice(0, 39)}…` : gold);
  return `, such as ${short(found[1].gold)} and ${short(right.get(found[0])?.gold)}`;
}

function describe(problems: readonly string[], what: string): string {
  if (problems.length === 0) return '';
  const shown = problems
    .slice(0, 3)
    .map((problem) => `"${problem}"`)
    .join(', ');
  return `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'} ${what} (${shown}${problems.length > 3 ? ', …' : ''})`;
}
