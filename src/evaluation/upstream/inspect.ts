import type { JsonObject } from '../../storage/read-jsonl.js';
import {
  chooseVerdict,
  lastMessage,
  listOf,
  numberOf,
  objectOf,
  objectsOf,
  readMessage,
  scalarsOf,
  surroundingsOf,
  textOf,
  textsOf,
  verdictOf,
  wordOf,
} from './read-values.js';
import type { ReadOptions, ResultFormat, UpstreamRow } from './upstream-row.js';

/**
 * Logs of Inspect (UK AI Security Institute): `.json` with all samples, or `.eval`, an archive with a file a sample. `C` is right and `I` is
 * wrong; a score between the two is no verdict. Epochs are samples of a question.
 */
export const inspect: ResultFormat = {
  name: 'Inspect',
  recognises: (value) =>
    (objectOf(value.eval) !== undefined && 'status' in value) ||
    ('epoch' in value && 'target' in value && 'input' in value),
  read: (value, asked) => {
    if (!('samples' in value) && !('epoch' in value))
      return 'it has no samples; give a log that was written with them (log_samples)';
    const samples = 'epoch' in value ? [value] : objectsOf(value.samples);
    const head = objectOf(value.eval) ?? {};
    return samples.flatMap((sample) => readSample(sample, head, asked));
  },
};

function readSample(sample: JsonObject, head: JsonObject, { verdict, onVerdicts, place }: ReadOptions): UpstreamRow {
  const attachments = objectOf(sample.attachments) ?? {};
  const whole = (text: string | undefined): string | undefined =>
    text?.replace(/attachment:\/\/([0-9a-f]{8,64})/g, (mark, hash: string) => textOf(attachments[hash]) ?? mark);
  const output = objectOf(sample.output) ?? {};
  const choice = objectOf(listOf(output.choices)[0]) ?? {};
  const said = readMessage(objectOf(choice.message)?.content ?? textOf(output.completion) ?? '');
  const scores = objectOf(sample.scores) ?? {};
  const taken = chooseVerdict(Object.keys(scores), verdict, onVerdicts);
  const score = taken === undefined ? undefined : objectOf(scores[taken]);
  const usage = objectOf(output.usage) ?? {};
  const failure = textOf(objectOf(sample.error)?.message) ?? textOf(output.error);
  const metadata = objectOf(sample.metadata) ?? {};
  const text = whole(said.text) ?? '';
  return {
    problem: wordOf(sample.id) ?? String(place),
    task: textOf(head.task),
    question: whole(textOf(sample.input) ?? lastMessage(sample.input, 'user')?.text),
    golds: textsOf(sample.target),
    ...(failure === undefined || text !== '' ? { response: text } : { failure }),
    ...(said.thinking !== undefined && { thinking: whole(said.thinking) }),
    correct: score === undefined ? undefined : verdictOf(score.value),
    answer: textOf(score?.answer),
    finishReason: finishReasons[textOf(choice.stop_reason) ?? ''],
    promptTokens: numberOf(usage.input_tokens),
    completionTokens: numberOf(usage.output_tokens),
    model: textOf(head.model) ?? textOf(output.model),
    fields: { ...scalarsOf(metadata, { most: 12 }), ...surroundingsOf(metadata) },
  };
}

const finishReasons: Readonly<Record<string, string>> = {
  stop: 'stop',
  max_tokens: 'length',
  model_length: 'length',
  content_filter: 'content_filter',
};
