import type { JsonObject } from '../../storage/read-jsonl.js';
import {
  chooseVerdict,
  listOf,
  numberOf,
  objectOf,
  surroundingsOf,
  textOf,
  textsOf,
  verdictOf,
  wordOf,
} from './read-values.js';
import type { ResultFormat, UpstreamRow } from './upstream-row.js';

/**
 * `details_TASK_DATE.parquet` of Hugging Face's lighteval: a row a document, with all its samples. Columns are `doc`, `metric` and
 * `model_response` (in its documentation with underscores around), before version 0.10 `example`, `gold`, `predictions` and `metrics`. A metric
 * over several samples judges each of them only where it says that all or none are right.
 */
export const lighteval: ResultFormat = {
  name: 'lighteval',
  recognises: (value) =>
    (partOf(value, 'doc') !== undefined &&
      (partOf(value, 'metric') ?? partOf(value, 'model_response')) !== undefined) ||
    ('predictions' in value && 'full_prompt' in value),
  read: (value, { place, verdict, onVerdicts }) => {
    const doc = partOf(value, 'doc');
    const found = doc === undefined ? readFormer(value) : readDocument(doc, partOf(value, 'model_response') ?? {});
    const { responses, thinking = [], counts = [], ...document } = found;
    const metrics = partOf(value, 'metric') ?? objectOf(value.metrics) ?? {};
    const names = Object.keys(metrics).filter(
      (name) => verdictOf(metrics[name]) !== undefined || numberOf(metrics[name]) !== undefined,
    );
    const taken = chooseVerdict(names, verdict, onVerdicts);
    const correct = taken === undefined ? undefined : verdictOf(metrics[taken]);
    const common = { ...document, problem: document.problem ?? String(place) };
    if (responses.length === 0) return [{ ...common, correct }];
    return responses.map((response, sample) => ({
      ...common,
      response,
      ...(textOf(thinking[sample]) !== undefined && { thinking: textOf(thinking[sample]) }),
      ...(counts[sample] !== undefined && { completionTokens: counts[sample] }),
      correct,
    }));
  },
};

type Document = Omit<UpstreamRow, 'problem' | 'response' | 'thinking'> & {
  readonly problem?: string | undefined;
  readonly responses: readonly string[];
  readonly thinking?: readonly unknown[];
  readonly counts?: readonly number[];
};

function readDocument(doc: JsonObject, said: JsonObject): Document {
  const choices = textsOf(doc.choices);
  const right = (Array.isArray(doc.gold_index) ? doc.gold_index : [doc.gold_index]).flatMap(
    (index) => choices[Number(index)] ?? [],
  );
  const responses = textsOf(said.text_post_processed ?? undefined);
  const texts = textsOf(said.text);
  return {
    problem: wordOf(doc.id),
    task: textOf(doc.task_name),
    question: textOf(doc.query),
    golds: right,
    // What it thought is cut off in the processed texts
    responses: texts.length > 0 ? texts : responses,
    thinking: listOf(said.reasonings),
    counts: listOf(said.output_tokens).map((tokens) => listOf(tokens).length),
    fields: surroundingsOf(objectOf(doc.specific) ?? {}),
  };
}

/** As it was before version 0.10; lists may be written as text. */
function readFormer(value: JsonObject): Document {
  return {
    question: textOf(value.example) ?? textOf(value.full_prompt),
    golds: textsOf(unquoted(value.gold)),
    responses: textsOf(unquoted(value.predictions)),
    counts: listOf(value.cont_tokens).map((tokens) => listOf(tokens).length),
    fields: surroundingsOf(objectOf(value.specifics) ?? {}),
  };
}

function partOf(value: JsonObject, name: string): JsonObject | undefined {
  const part = value[name] ?? value[`__${name}__`];
  return objectOf(typeof part === 'string' ? unquoted(part) : part);
}

function unquoted(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
