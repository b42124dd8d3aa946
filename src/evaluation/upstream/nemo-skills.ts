import { chooseVerdict, numberOf, surroundingsOf, textOf, verdictOf, wordOf } from './read-values.js';
import type { ResultFormat } from './upstream-row.js';

/**
 * `output.jsonl`, `output-rs0.jsonl`, … of NVIDIA's NeMo-Skills after its evaluation: a line an answer; files of several seeds are samples of the
 * same problems. Its verdicts are `symbolic_correct`, and `judgement` where a model judged.
 */
export const nemoSkills: ResultFormat = {
  name: 'NeMo-Skills',
  recognises: (value) => 'generation' in value && 'expected_answer' in value,
  read: (value, { verdict, onVerdicts }) => {
    const names = ['symbolic_correct', 'is_correct', 'judgement'].filter((name) => name in value);
    const taken = chooseVerdict(names, verdict, onVerdicts);
    const question = textOf(value.problem) ?? textOf(value.question);
    const id = wordOf(value.id) ?? wordOf(value.unique_id) ?? question;
    if (id === undefined) return 'it has neither an id nor a problem';
    const reason = textOf(value.finish_reason);
    const gold = wordOf(value.expected_answer);
    return [
      {
        problem: id,
        question,
        golds: gold === undefined ? undefined : [gold],
        response: typeof value.generation === 'string' ? value.generation : undefined,
        ...(textOf(value.reasoning_content) !== undefined && { thinking: textOf(value.reasoning_content) }),
        correct:
          taken === 'judgement' ? judged(value.judgement) : verdictOf(taken === undefined ? undefined : value[taken]),
        answer: wordOf(value.predicted_answer),
        finishReason: reason,
        completionTokens: numberOf(value.num_generated_tokens),
        promptTokens: numberOf(value.num_input_tokens),
        fields: surroundingsOf(value),
      },
    ];
  },
};

/** What a judge said ends in `Judgement: Yes` or `No`. */
function judged(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  return verdictOf(/judge?ment:\s*\**\s*(yes|no)\b/i.exec(textOf(value) ?? '')?.[1]);
}
