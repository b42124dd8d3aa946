/** A mathematics problem. Rows are plain JSON; the fields past `answer` are there when the source gives them. */
export type Problem = {
  readonly id: string;
  readonly question: string;
  /** The gold answer, bare: `12`, `\frac{3}{4}`. Absent where nobody knows it (a model wrote the problem). */
  readonly answer?: string;
  readonly solution?: string;
  readonly subject?: string;
  /** 1 (easiest) to 5, as in MATH (Hendrycks et al., 2021). */
  readonly level?: number;
  /** Number of reasoning steps in the reference solution. */
  readonly steps?: number;
  /** More fields of the row, where the reader was asked for them: accuracy can be broken down by each. */
  readonly fields?: { readonly [name: string]: string | number | boolean };
};

/** A problem as read; `type` is an augmentation type, where the row has one beside its subject. */
export type ReadProblem = Problem & {
  readonly type?: string;
  /** The problem that an augmented one was made of (MetaMathQA's `original_question`). */
  readonly originalQuestion?: string;
};
