import { chooseVerdict, listOf, numberOf, objectOf, surroundingsOf, textOf, verdictOf, wordOf } from './read-values.js';
import type { ResultFormat, UpstreamRow } from './upstream-row.js';

/**
 * `samples_TASK_DATE.jsonl` of EleutherAI's lm-evaluation-harness: a line a document and filter. Its verdict is that of `METRIC,FILTER`, as its
 * results name them. The response is what the model said (`resps`), not what a filter made of it; rows of log-likelihoods hold no text.
 */
export const lmEvaluationHarness: ResultFormat = {
  name: 'lm-evaluation-harness',
  recognises: (value) => 'doc_id' in value && ('filtered_resps' in value || 'resps' in value),
  read: (value, { file, verdict, onVerdicts }) => {
    const id = wordOf(value.doc_id);
    if (id === undefined) return 'its doc_id is neither a number nor a text';
    const filter = textOf(value.filter) ?? 'none';
    const metrics = listOf(value.metrics).flatMap((name) => textOf(name) ?? []);
    const known = metrics.length > 0 ? metrics : usualMetrics.filter((name) => name in value);
    const taken = chooseVerdict(
      known.map((name) => `${name},${filter}`),
      verdict,
      onVerdicts,
    );
    // Another filter's row of the same document
    if (taken === undefined) return known.length === 0 ? 'it holds no metric' : [];
    const correct = verdictOf(value[taken.slice(0, taken.length - filter.length - 1)]);
    const doc = objectOf(value.doc) ?? {};
    const task = /^samples_(.+?)_\d{4}-\d\d-\d\dT/.exec(file)?.[1];
    const responses = listOf(value.resps)
      .flatMap((each) => (Array.isArray(each) ? each : [each]))
      .flatMap((text) => (typeof text === 'string' ? text : []));
    const filtered = listOf(value.filtered_resps).flatMap((text) => (typeof text === 'string' ? text : []));
    const common: UpstreamRow = {
      problem: id,
      task,
      question: questionFields.flatMap((name) => textOf(doc[name]) ?? [])[0] ?? promptOf(value.arguments),
      golds: wordOf(value.target) === undefined ? undefined : [wordOf(value.target) ?? ''],
      fields: surroundingsOf(doc),
    };
    if (responses.length === 0) return [{ ...common, correct }];
    // Of several samples a filter judges the first, or all together
    return responses.map((response, sample) => {
      const answer = filtered.length === responses.length ? filtered[sample] : sample === 0 ? filtered[0] : undefined;
      const isJudged = responses.length === 1;
      return {
        ...common,
        response,
        ...(isJudged && { correct }),
        ...(answer !== undefined && answer !== response && { answer }),
      };
    });
  },
};

/** Documents of its mathematical tasks name the question so. */
const questionFields = ['question', 'problem', 'query', 'prompt', 'Problem', 'Question'] as const;

const usualMetrics = ['exact_match', 'math_verify', 'acc'] as const;

/** The prompt of the first request: `{gen_args_0: {arg_0: …}}`, or `[[…, …]]` of versions before 0.4.5. */
function promptOf(value: unknown): string | undefined {
  const named = objectOf(objectOf(value)?.gen_args_0)?.arg_0;
  const first = named ?? listOf(listOf(value)[0])[0];
  return textOf(first) ?? (numberOf(first) === undefined ? textOf(listOf(first)[0]) : undefined);
}
