import { isEquivalent } from '../../answers/compare/is-equivalent.js';

export type Agreement = {
  /** Indices of the candidates that agree with each other, the largest class first, then by first member. */
  readonly classes: readonly (readonly number[])[];
  /** Class of each candidate as an index into `classes`; undefined where it gave no answer. */
  readonly classOf: readonly (number | undefined)[];
  /** Size of the largest class over the number of candidates, those without an answer included. */
  readonly majorityShare: number;
  /** Two or more classes are the largest. */
  readonly isTied: boolean;
};

/**
 * Puts candidates whose extracted answers are equivalent in one class (self-consistency, Wang et al. 2022).
 * Equivalence is asked both ways, since the grader treats its first argument as the reference.
 */
export function agree(answers: readonly (string | undefined)[]): Agreement {
  const found: number[][] = [];
  answers.forEach((answer, index) => {
    if (answer === undefined) return;
    const match = found.find(([first = 0]) => isSame(answers[first] ?? '', answer));
    if (match) match.push(index);
    else found.push([index]);
  });
  const classes = found.sort((left, right) => right.length - left.length || (left[0] ?? 0) - (right[0] ?? 0));
  const largest = classes[0]?.length ?? 0;
  return {
    classes,
    classOf: answers.map((_, index) => {
      const position = classes.findIndex((members) => members.includes(index));
      return position === -1 ? undefined : position;
    }),
    majorityShare: answers.length === 0 ? 0 : largest / answers.length,
    isTied: classes.length > 1 && classes[1]?.length === largest,
  };
}

function isSame(left: string, right: string): boolean {
  return left === right || isEquivalent(left, right).equivalent || isEquivalent(right, left).equivalent;
}
