import type { JsonObject } from '../../storage/read-jsonl.js';
import {
  chooseVerdict,
  lastMessage,
  listOf,
  numberOf,
  objectOf,
  objectsOf,
  readMessage,
  textOf,
  verdictOf,
  wordOf,
} from './read-values.js';
import type { ResultFormat, UpstreamRow } from './upstream-row.js';

/**
 * MathArena: `outputs/COMPETITION/MODEL/N.json` (a problem with all its answers), or the rows of its published sets (`problem_idx`, `idx_answer`,
 * `gold_answer`, `parsed_answer`, `correct`, …), which hold many models: name one.
 */
export const mathArena: ResultFormat = {
  name: 'MathArena',
  recognises: (value) =>
    ('gold_answer' in value && 'idx_answer' in value) ||
    ('gold_answer' in value && 'messages' in value && 'answers' in value && 'idx' in value),
  read: (value, { verdict, onVerdicts }) => {
    const taken = chooseVerdict(['correct'], verdict, onVerdicts);
    if (taken === undefined) return `it has no verdict ${verdict}`;
    return 'idx_answer' in value ? [readRow(value)] : readProblem(value);
  },
};

function readRow(value: JsonObject): UpstreamRow {
  const gold = wordOf(value.gold_answer);
  return {
    problem: wordOf(value.problem_idx) ?? '',
    question: textOf(value.problem) ?? textOf(value.user_message),
    golds: gold === undefined ? undefined : [gold],
    response: textOf(value.answer) ?? lastMessage(value.all_messages, 'assistant')?.text,
    correct: verdictOf(value.correct),
    answer: wordOf(value.parsed_answer),
    promptTokens: numberOf(value.input_tokens),
    completionTokens: numberOf(value.output_tokens),
    costUsd: numberOf(value.cost),
    model: textOf(value.model_name) ?? textOf(value.model_config),
  };
}

function readProblem(value: JsonObject): UpstreamRow[] {
  const gold = wordOf(value.gold_answer);
  const types = listOf(value.types).flatMap((type) => textOf(type) ?? []);
  return listOf(value.messages).map((messages, sample) => {
    const turns = objectsOf(messages);
    const thinking = turns.filter(({ type }) => type === 'cot').map(({ content }) => readMessage(content).text);
    const answers = turns.filter(({ role, type }) => role === 'assistant' && type !== 'cot');
    const said = answers.length > 0 ? readMessage(answers.at(-1)?.content) : { text: '' };
    const spent = objectOf(listOf(value.detailed_costs)[sample]) ?? {};
    return {
      problem: wordOf(value.idx) ?? '',
      question: textOf(value.problem),
      golds: gold === undefined ? undefined : [gold],
      response: said.text,
      ...(thinking.length > 0 && { thinking: thinking.join('\n') }),
      correct: verdictOf(listOf(value.correct)[sample]),
      answer: wordOf(listOf(value.answers)[sample]),
      promptTokens: numberOf(spent.input_tokens),
      completionTokens: numberOf(spent.output_tokens),
      costUsd: numberOf(spent.cost),
      ...(types[0] !== undefined && { fields: { subject: types[0] } }),
    };
  });
}
