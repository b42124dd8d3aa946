import { createRandom } from '../problems/pocket/random.js';
import type { Interval } from '../wilson-interval.js';
import { answeredRows } from './answered-rows.js';
import { bootstrapShareInterval } from './bootstrap-interval.js';
import type { GradedRow } from './graded-row.js';
import { groupByProblem } from './majority-accuracy.js';
import { answerClasses, commonestSpelling } from './majority-vote.js';
import { passAtK } from './pass-at-k.js';

export type CurvePoint = {
  readonly k: number;
  /** Mean over the problems. */
  readonly value: number;
  /** 95 %, bootstrap over the problems; Wilson's at k = n, where each problem is right or wrong. */
  readonly interval: Interval;
};

export type SampleCurves = {
  /** pass@k: the chance that one of k samples is right. */
  readonly passAt: readonly CurvePoint[];
  /** maj@k: the chance that the majority answer of k samples is right. */
  readonly majorityAt: readonly CurvePoint[];
};

/** Sets of samples that stand for all of them where there are more. */
const mostSubsets = 256;

/**
 * pass@k and maj@k for k = 1, 2, 4, … up to n, the samples that every question has: those that nobody answered are not counted. Both are means over sets of k of the n samples, not over the
 * first k alone: pass@k in closed form (`passAtK`), maj@k over every set where there are at most 256 and over 256 seeded
 * ones elsewhere. Hence pass@1 = maj@1 = accuracy, and maj@n is `majorityAccuracy`.
 */
export function sampleCurves(
  rows: readonly GradedRow[],
  { isSame, seed = 0 }: { readonly isSame: (left: string, right: string) => boolean; readonly seed?: number },
): SampleCurves {
  const groups = [...groupByProblem(answeredRows(rows))];
  const most = groups.reduce((least, [, group]) => Math.min(least, group.length), Number.POSITIVE_INFINITY);
  if (groups.length === 0) return { passAt: [], majorityAt: [] };
  const ks = [...Array.from({ length: 20 }, (_, power) => 2 ** power).filter((k) => k < most), most];
  const problems = groups.map(([problem, group]) => ({ problem, voters: toVoters(group, isSame) }));
  const point = (k: number, values: readonly number[]): CurvePoint => ({
    k,
    value: values.reduce((sum, value) => sum + value, 0) / values.length,
    interval: bootstrapShareInterval(values, { seed }),
  });
  return {
    passAt: ks.map((k) =>
      point(
        k,
        problems.map(({ voters }) =>
          passAtK({ n: voters.length, correct: voters.filter(({ correct }) => correct).length, k }),
        ),
      ),
    ),
    majorityAt: ks.map((k) =>
      point(
        k,
        problems.map(({ problem, voters }) => majorityChance(voters, { k, seed: `${seed} ${k} ${problem}` })),
      ),
    ),
  };
}

/** `elects` is whether the class of the sample's answer is right; `class` is -1 for a sample without an answer. */
type Voter = { readonly correct: boolean; readonly class: number; readonly elects: boolean };

function toVoters(group: readonly GradedRow[], isSame: (left: string, right: string) => boolean): Voter[] {
  const ordered = [...group].sort((left, right) => (left.sample ?? 0) - (right.sample ?? 0));
  const classes = answerClasses(
    ordered.map(({ sample = 0, answer }) => ({ sample, answer })),
    isSame,
  );
  const found = new Map<number, { class: number; elects: boolean }>();
  classes.forEach((votes, index) => {
    // One verdict a class, as in majorityAccuracy(): that of its commonest spelling
    const spelling = commonestSpelling(votes);
    const elects = ordered.find(({ answer }) => answer === spelling)?.correct ?? false;
    for (const { sample } of votes) found.set(sample, { class: index, elects });
  });
  return ordered.map(({ correct, sample = 0 }) => ({
    correct,
    ...(found.get(sample) ?? { class: -1, elects: false }),
  }));
}

function majorityChance(voters: readonly Voter[], { k, seed }: { k: number; seed: string }): number {
  let [right, total] = [0, 0];
  for (const chosen of subsets(voters.length, { k, seed })) {
    total += 1;
    if (isElectedRight(voters, chosen)) right += 1;
  }
  return right / total;
}

/** The class with the most votes; of equals the one that came first. */
function isElectedRight(voters: readonly Voter[], chosen: readonly number[]): boolean {
  const counts = new Map<number, number>();
  for (const index of chosen) {
    const own = voters[index]?.class ?? -1;
    if (own !== -1) counts.set(own, (counts.get(own) ?? 0) + 1);
  }
  let [best, most] = [-1, 0];
  for (const [own, count] of counts) if (count > most) [best, most] = [own, count];
  return voters.find((voter) => voter.class === best && best !== -1)?.elects ?? false;
}

function subsets(n: number, { k, seed }: { k: number; seed: string }): Iterable<readonly number[]> {
  let count = 1;
  for (let index = 1; index <= k && count <= mostSubsets; index += 1) count = (count * (n - k + index)) / index;
  return count <= mostSubsets ? everySubset(n, k) : drawnSubsets(n, { k, seed });
}

/** In lexicographic order. */
function* everySubset(n: number, k: number): Generator<readonly number[]> {
  const chosen = Array.from({ length: k }, (_, index) => index);
  for (;;) {
    yield chosen;
    let place = k - 1;
    while (place >= 0 && chosen[place] === n - k + place) place -= 1;
    if (place < 0) return;
    chosen[place] = (chosen[place] as number) + 1;
    for (let next = place + 1; next < k; next += 1) chosen[next] = (chosen[next - 1] as number) + 1;
  }
}

function* drawnSubsets(n: number, { k, seed }: { k: number; seed: string }): Generator<readonly number[]> {
  const { integer } = createRandom(`majority ${seed}`);
  const order = Array.from({ length: n }, (_, index) => index);
  for (let drawn = 0; drawn < mostSubsets; drawn += 1) {
    for (let place = 0; place < k; place += 1) {
      const other = integer(place, n - 1);
      [order[place], order[other]] = [order[other] as number, order[place] as number];
    }
    // Ascending, because a tie goes to the sample that came first
    yield order.slice(0, k).sort((left, right) => left - right);
  }
}
