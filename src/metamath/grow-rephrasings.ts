import type { Problem } from '../problems/problem.js';
import type { RunRecord } from '../runs/run-record.js';
import { sumTokens } from '../steps/sum-tokens.js';
import { rephrase } from './rephrasing.js';
import type { SourceProblem } from './source-problem.js';
import type { TechniqueContext, TechniqueResult } from './technique-context.js';

/**
 * A backward technique on rephrasings of the problems. `counted` are the rephrasings whose tokens another technique's
 * yield has in it: a rephrasing is asked for once, whoever uses it.
 */
export async function growRephrasings(
  problems: readonly Problem[],
  {
    grow,
    counted,
    context,
  }: {
    grow: (problems: readonly SourceProblem[], context: TechniqueContext) => Promise<TechniqueResult>;
    counted: ReadonlySet<string>;
    context: TechniqueContext;
  },
): Promise<TechniqueResult> {
  const { problems: rephrased, records, skipped } = await rephrasedProblems(problems, context);
  const { rows, skipped: ungrown, stepTokens } = await grow(rephrased, context);
  const own = sumTokens(records.filter(({ id }) => !counted.has(id)));
  const tokens = { prompt: stepTokens.prompt + own.prompt, completion: stepTokens.completion + own.completion };
  return { rows, skipped: { ...skipped, ...ungrown }, stepTokens: tokens };
}

type RephrasedProblems = {
  readonly problems: readonly SourceProblem[];
  /** The records of the rephrasings, failed ones included. */
  readonly records: readonly RunRecord[];
  /** Rephrasings that are not used, by reason. */
  readonly skipped: Readonly<Record<string, number>>;
};

/**
 * Rephrasings of problems, to make backward questions of: those that pass the check, each wording once. One that the
 * rephrasing technique has had answered in this run is used only if an answer was right. The id is the problem's with the
 * number of the sample: `p7~0`.
 */
async function rephrasedProblems(problems: readonly Problem[], context: TechniqueContext): Promise<RephrasedProblems> {
  const records = await rephrase(problems, { samples: context.rephrasings, context });
  const byId = new Map(problems.map((problem) => [problem.id, problem]));
  const verdicts = readVerdicts(context.run.records('rephrase-answers').values());
  const seen = new Set<string>();
  const skipped: Record<string, number> = {};
  const rephrased: SourceProblem[] = [];
  for (const { id, input, sample, status, reason, rephrased: question } of records) {
    const origin = byId.get(input);
    if (origin === undefined) continue;
    const wording = JSON.stringify([input, question]);
    const fault =
      status === 'failed' ? reason : seen.has(wording) ? 'duplicate' : verdicts.get(id) === false && 'wrong';
    seen.add(wording);
    if (!fault) rephrased.push({ ...origin, id: `${origin.id}~${sample}`, question: String(question), origin });
    else skipped[`rephrasing: ${fault}`] = (skipped[`rephrasing: ${fault}`] ?? 0) + 1;
  }
  return { problems: rephrased, records, skipped };
}

/** By id of the rephrasing: whether an answer to it was right. */
function readVerdicts(answers: Iterable<RunRecord>): ReadonlyMap<string, boolean> {
  const verdicts = new Map<string, boolean>();
  for (const { input, status, equivalent } of answers) {
    if (status === 'done') verdicts.set(input, verdicts.get(input) === true || equivalent === true);
  }
  return verdicts;
}
