import { gradeResponse } from '../answers/grade-response.js';
import { isEquivalent } from '../answers/is-equivalent.js';
import type { AnswerPolicy } from '../answers/policies.js';

/** Judges answers, and says under which name. */
export type Grader = {
  /** Stands in every summary, so that a number can be reproduced. */
  readonly name: string;
  /** Never throws. `answer` is absent where none was found in the response; `rule` says what decided. */
  readonly grade: (row: {
    readonly question: string;
    readonly gold: string;
    readonly response: string;
  }) => GradedAnswer;
  /** Whether two answers are the same, for votes. */
  readonly isSame: (left: string, right: string) => boolean;
};

export type GradedAnswer = { readonly correct: boolean; readonly answer?: string; readonly rule: string };

/** The grader of this package. Where `policy` departs from the default, the grader's name says so. */
export function createGrader({ policy }: { readonly policy?: Partial<AnswerPolicy> } = {}): Grader {
  const changes = Object.entries(policy ?? {}).map(([rule, value]) => `${rule}: ${value}`);
  const options = policy === undefined ? {} : { policy };
  return {
    name: changes.length === 0 ? 'mathpie' : `mathpie (${changes.sort().join(', ')})`,
    grade: ({ gold, response }) => {
      const { equivalent, extracted, rule } = gradeResponse({ gold, response, ...options });
      return { correct: equivalent, rule, ...(extracted != null && { answer: extracted }) };
    },
    isSame: (left, right) => left === right || isEquivalent(left, right, options).equivalent,
  };
}
