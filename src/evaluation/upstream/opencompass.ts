import type { JsonObject } from '../../storage/read-jsonl.js';
import { lastMessage, listOf, objectOf, textOf, textsOf, verdictOf, wordOf } from './read-values.js';
import type { ReadOptions, ResultFormat, UpstreamRow } from './upstream-row.js';

/**
 * OpenCompass: `predictions/MODEL/SET.json` (`{"0": {origin_prompt, prediction, gold}}`, without verdicts), and `results/MODEL/SET.json` as
 * `--dump-eval-details` writes it (`{accuracy, details: {"0": {prompt, origin_prediction, predictions, references, correct}}}`), which holds the
 * texts as well.
 */
export const openCompass: ResultFormat = {
  name: 'OpenCompass',
  recognises: (value) => entriesOf(value).length > 0,
  read: (value, asked) => entriesOf(value).map(([id, entry]) => readEntry(id, entry, asked)),
};

/** The numbered entries of a document, in their order. */
function entriesOf(value: JsonObject): readonly [string, JsonObject][] {
  const entries = Object.entries(objectOf(value.details) ?? value);
  const found = entries.flatMap(([id, item]): [string, JsonObject][] => {
    const entry = /^\d+$/.test(id) ? objectOf(item) : undefined;
    const isEntry =
      entry !== undefined && ('origin_prediction' in entry || ('prediction' in entry && 'origin_prompt' in entry));
    return isEntry ? [[id, entry]] : [];
  });
  return found;
}

function readEntry(id: string, entry: JsonObject, { file, onVerdicts }: ReadOptions): UpstreamRow {
  const isResult = 'origin_prediction' in entry;
  if (isResult) onVerdicts('correct', []);
  const said = isResult ? entry.origin_prediction : entry.prediction;
  const gold = isResult ? entry.references : entry.gold;
  const correct = verdictOf(Array.isArray(entry.correct) ? entry.correct[0] : entry.correct);
  return {
    problem: id,
    task: file.replace(/(?:_\d+)?\.json$/i, ''),
    question: promptOf(isResult ? entry.prompt : entry.origin_prompt),
    golds: textsOf(gold),
    response: textOf(said) ?? textOf(listOf(said)[0]),
    correct,
    answer: wordOf(entry.predictions) ?? wordOf(listOf(entry.predictions)[0]),
  };
}

/** A prompt is text, or turns of `HUMAN` and `BOT`, of which the last human one asks. */
function promptOf(value: unknown): string | undefined {
  if (typeof value === 'string') return textOf(value);
  const turn = listOf(value).findLast((each) => objectOf(each)?.role === 'HUMAN');
  return textOf(objectOf(turn)?.prompt) ?? lastMessage(value, 'user')?.text;
}
