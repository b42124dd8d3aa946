import { gradeResponse, type PresetName } from '../answers/grade/grade-with-preset.js';
import type { AnswerPolicy } from '../answers/parse/policies.js';

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
  /** An answer that is not said is looked for in the thought (`thinking: fallback`). @default false */
  readonly readsThinking?: boolean;
  /** Of a text that the token limit cut, only an answer that it states counts, and no number that it happens to end with. @default false */
  readonly wantsStatements?: boolean;
  /** Whether two answers are the same, for votes. */
  readonly isSame: (left: string, right: string) => boolean;
};

export type GradedAnswer = { readonly correct: boolean; readonly answer?: string; readonly rule: string };

export type GraderOptions = {
  /** @default 'mathpie' */
  readonly preset?: PresetName;
  /** Departures from the default policy; the published presets have none. */
  readonly policy?: Partial<AnswerPolicy>;
};

/** A grader by its preset. Where `policy` departs from the default, the name says so. */
export function createGrader({ preset = 'mathpie', policy }: GraderOptions = {}): Grader {
  const changes = Object.entries(policy ?? {}).map(([rule, value]) => `${rule}: ${value}`);
  const options = policy === undefined ? {} : { policy };
  return {
    name: changes.length === 0 ? preset : `${preset} (${changes.sort().join(', ')})`,
    readsThinking: policy?.thinking === 'fallback',
    // The published graders read a cut text as any other
    wantsStatements: preset === 'mathpie',
    grade: ({ gold, response }) => {
      const { equivalent, extracted, rule } = gradeResponse({ gold, response, preset, ...options });
      return { correct: equivalent, rule, ...(extracted !== undefined && { answer: extracted }) };
    },
    isSame: (left, right) => {
      if (left === right) return true;
      return gradeResponse({ gold: left, answer: right, preset, ...options }).equivalent;
    },
  };
}
