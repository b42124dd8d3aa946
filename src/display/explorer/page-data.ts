/** What the explorer's page holds, made by `buildPageData` and read by the script of the page (`page/`). Plain JSON, in columns. */

import type { Language } from '../../language/translate.js';

/** What became of an answer. `failed`: nobody answered, which counts neither as right nor as wrong. */
export const outcomes = ['right', 'wrong', 'cut', 'unanswered', 'failed'] as const;
export type Outcome = (typeof outcomes)[number];

export type PageRun = {
  readonly name: string;
  /** Who gave the verdicts. */
  readonly grader: string;
  /** Who else judged the same answers. */
  readonly second: string;
  readonly model?: string | undefined;
  /** Best of k over all questions, whatever is chosen on the page. */
  readonly best?:
    | readonly {
        readonly by: 'vote' | 'reward' | 'judge';
        readonly scoredBy: string | null;
        readonly k: number;
        readonly n: number;
        readonly correct: number;
        readonly accuracy: number;
        readonly interval: readonly [number, number];
      }[]
    | undefined;
};

export type PageProblem = { readonly id: string; readonly question: string; readonly gold: string };

/** A field that accuracy is broken down by: the values that occur, and for each row the number of its value. */
export type PageField = {
  readonly name: string;
  readonly values: readonly (string | number | boolean | null)[];
  readonly of: readonly number[];
};

export type PageData = {
  readonly title: string;
  /** One line under the title. */
  readonly lead: string;
  readonly language: Language;
  /** Name and version of who made the page. */
  readonly madeBy: string;
  /** Tells pages apart whose verdicts of a reader are kept in one browser. */
  readonly fingerprint: string;
  readonly runs: readonly PageRun[];
  readonly problems: readonly PageProblem[];
  /** Columns of equal length, a row an answer: by run, then by problem, then by sample. */
  readonly rows: {
    readonly id: readonly string[];
    readonly run: readonly number[];
    readonly problem: readonly number[];
    readonly sample: readonly number[];
    /** Index into `outcomes`. */
    readonly outcome: readonly number[];
    /** The second grader's verdict: 1 right, 0 wrong, 2 none. */
    readonly second: readonly number[];
    readonly answer: readonly (string | null)[];
    /** Only where it is another one. */
    readonly secondAnswer: readonly (string | null)[];
    /** Index into `rules`. */
    readonly rule: readonly number[];
    readonly tokens: readonly (number | null)[];
    readonly promptTokens: readonly (number | null)[];
    readonly costUsd: readonly (number | null)[];
  };
  readonly rules: readonly string[];
  readonly fields: readonly PageField[];
  /** Texts of rows lie apart, so many rows a piece, and are read when somebody looks at one of them. */
  readonly rowsAPiece: number;
};

/** The texts of a row. */
export type RowTexts = {
  readonly response: string | null;
  readonly thinking: string | null;
  /** Why it failed, or how it ended. */
  readonly note: string | null;
  /** Where in the response the answer was found, start and end in UTF-16 units. */
  readonly place: readonly [number, number] | null;
};
