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
};
