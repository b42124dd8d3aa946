import { type MatchOptions, matchMath } from './grade/match-math.js';

/** What promptfoo hands to an assertion in JavaScript. */
export type PromptfooContext = {
  readonly vars?: Readonly<Record<string, unknown>>;
  readonly config?: Omit<MatchOptions, 'isResponse'> & {
    /** The variable that holds the gold; @default 'answer' */
    readonly field?: string;
    /** Whether the output is a bare answer; @default false: a response */
    readonly isBare?: boolean;
  };
};

/**
 * An assertion for promptfoo, as `mathpie/promptfoo`: `{type: javascript, value: file://node_modules/mathpie/dist/answers/promptfoo.js}`.
 * The gold is the variable `answer` of the test.
 *
 * @throws Error where the test has no gold, which promptfoo reports as an error and not as a wrong answer
 */
export default function assertMath(
  output: unknown,
  { vars = {}, config = {} }: PromptfooContext,
): { readonly pass: boolean; readonly score: number; readonly reason: string } {
  const { field = 'answer', isBare = false, ...options } = config;
  const gold = vars[field];
  if (typeof gold !== 'string' && typeof gold !== 'number')
    throw new Error(`Cannot grade: the test has no variable "${field}" with the gold; name it in config.field`);
  const { pass, reason } = matchMath(String(output), String(gold), { ...options, isResponse: !isBare });
  return { pass, score: pass ? 1 : 0, reason };
}
