import { explainGrade } from '../../answers/grade/explain-grade.js';
import { defaultFields } from '../breakdown-fields.js';
import type { GradedDisagreement, SecondOpinion } from '../compare-graded.js';
import type { Grader } from '../create-grader.js';
import type { GradedRow } from '../graded-row.js';
import type { Accuracy } from '../measure-accuracy.js';
import { type EvaluationSummary, summarize, type UpstreamVerdicts } from '../summarize.js';
import { createAccuracyTally } from '../tally-accuracy.js';
import { upstreamRule } from './grade-upstream.js';
import { resultFormats } from './result-formats.js';
import type { Survey } from './survey-results.js';

/** Counts rows while they stream by, holding no text of them; read `close()` when they are through. */
export function createTally({ grader, survey }: { readonly grader: Grader; readonly survey: Survey }) {
  const lighten = createLightener({ hasVotes: survey.samples > 1 });
  const light: GradedRow[] = [];
  const counts = { both: 0, onlyFirst: 0, onlySecond: 0, neither: 0 };
  const disagreements: GradedDisagreement[] = [];
  const harness = graderOf(survey);
  let regraded = 0;
  return {
    add: (row: GradedRow): void => {
      light.push(lighten(row));
      if (row.rule !== upstreamRule) regraded += 1;
      const { correct, upstream } = row;
      if (upstream === undefined) return;
      counts[correct ? (upstream ? 'both' : 'onlyFirst') : upstream ? 'onlySecond' : 'neither'] += 1;
      if (correct !== upstream) disagreements.push(disagreement(row, { ours: grader.name, harness }));
    },
    close: (): { readonly summary: EvaluationSummary; readonly disagreements: readonly GradedDisagreement[] } => {
      const upstream = measureUpstream(light);
      const second: SecondOpinion | undefined =
        upstream.n === 0 ? undefined : { grader: harness, ...upstream, ...counts, disagreements: disagreements.length };
      const name = regraded === 0 ? harness : grader.name;
      const reported = survey.reported.flatMap(({ totals }) => totals);
      const told: UpstreamVerdicts = {
        ...upstream,
        harness: survey.harness,
        verdict: survey.verdict ?? 'none',
        ...(survey.model !== undefined && { model: survey.model }),
        ...(reported.length > 0 && { reported }),
      };
      const summary = summarize(light, {
        grader: name,
        isSame: grader.isSame,
        second: regraded === 0 ? undefined : second,
        fields: light.some(({ task }) => task !== undefined) ? ['task', ...defaultFields] : defaultFields,
      });
      return { summary: { ...summary, ...(upstream.n > 0 && { upstream: told }) }, disagreements };
    },
  };
}

/** The accuracy by the harness's verdicts, where it gave any. */
function measureUpstream(rows: readonly GradedRow[]): Accuracy {
  const tally = createAccuracyTally();
  for (const { problem, upstream } of rows) if (upstream !== undefined) tally.add({ problem, correct: upstream });
  return tally.measure();
}

/** The harness's grader by its name: `lm-evaluation-harness exact_match,strict`; of rows of any shape, the field. */
function graderOf({ harness, verdict, format }: Survey): string {
  const name = resultFormats.includes(format) ? harness : 'field';
  return verdict === undefined ? harness : `${name} ${verdict}`;
}

/** Long texts, which nothing counts. */
const texts = new Set(['id', 'question', 'gold', 'response', 'upstreamAnswer']);

/** Keeps what is counted of a row: a hundred thousand of them are held, so that texts go and words that return are held once. */
function createLightener({ hasVotes }: { readonly hasVotes: boolean }): (row: GradedRow) => GradedRow {
  const words = new Map<string, string>();
  const once = (word: string): string => {
    const known = words.get(word);
    if (known !== undefined) return known;
    // A text that was cut out of a longer one keeps all of it in memory
    const copy = Buffer.from(word).toString();
    words.set(copy, copy);
    return copy;
  };
  const shorten = (name: string, value: unknown): unknown => {
    if (typeof value !== 'string' || name === 'problem') return value;
    // That there was a thought is counted, not what it said; answers are compared where several of them vote
    return name === 'thinking' || (name === 'answer' && !hasVotes) ? '' : once(value);
  };
  return (row) => {
    // Field by field: objects made by a rest pattern take four times the memory
    const light: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(row)) {
      if (value !== undefined && !texts.has(name)) light[name] = shorten(name, value);
    }
    return light as GradedRow;
  };
}

function disagreement(
  row: GradedRow,
  { ours, harness }: { readonly ours: string; readonly harness: string },
): GradedDisagreement {
  const {
    id = '',
    problem,
    gold = '',
    answer,
    upstreamAnswer,
    correct,
    rule = 'none/no-answer',
    upstream = false,
  } = row;
  const reason = explainGrade({ extracted: answer, equivalent: correct, rule });
  return {
    id,
    problem,
    gold,
    a: { grader: ours, equivalent: correct, extracted: answer, rule, reason: row.reason ?? reason },
    b: {
      grader: harness,
      equivalent: upstream,
      extracted: upstreamAnswer,
      rule: upstreamRule,
      reason: `${upstream ? 'right' : 'wrong'} by ${harness}`,
    },
  };
}
