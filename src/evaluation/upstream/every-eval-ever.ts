import {
  lastMessage,
  numberOf,
  objectOf,
  scalarsOf,
  surroundingsOf,
  textOf,
  textsOf,
  verdictOf,
  wordOf,
} from './read-values.js';
import type { ResultFormat } from './upstream-row.js';

/**
 * every_eval_ever's rows of single answers (`instance_level_eval` of its schema, 0.2 and 0.3), in which many harnesses are published. Its other
 * file, of totals alone, holds no answers.
 */
export const everyEvalEver: ResultFormat = {
  name: 'every_eval_ever',
  recognises: (value) => 'schema_version' in value && 'evaluation_id' in value,
  read: (value, { onVerdicts }) => {
    if (!('sample_id' in value)) return 'it holds totals alone; give the file of single answers (*_samples.jsonl)';
    onVerdicts('is_correct', []);
    const input = objectOf(value.input) ?? {};
    const output = objectOf(value.output) ?? {};
    const usage = objectOf(value.token_usage) ?? {};
    const metadata = objectOf(value.metadata) ?? {};
    const terminal = (value.answer_attribution as readonly { readonly extracted_value?: unknown }[] | undefined)?.at?.(
      -1,
    );
    const said = textsOf(output.raw)[0] ?? lastMessage(value.messages, 'assistant')?.text;
    const failure = textOf(value.error);
    const common = {
      problem: wordOf(value.sample_id) ?? '',
      task: textOf(value.evaluation_name),
      question: textOf(input.raw),
      golds: textsOf(input.reference),
      answer: wordOf(terminal?.extracted_value),
      correct: verdictOf(objectOf(value.evaluation)?.is_correct),
      promptTokens: numberOf(usage.input_tokens),
      completionTokens: numberOf(usage.output_tokens),
      model: textOf(value.model_id),
      fields: { ...scalarsOf(metadata, { most: 12 }), ...surroundingsOf(metadata) },
    };
    if (said === undefined && failure !== undefined) return [{ ...common, failure }];
    const thinking = textsOf(output.reasoning_trace).join('\n');
    return [{ ...common, response: said, ...(thinking !== '' && { thinking }) }];
  },
};
