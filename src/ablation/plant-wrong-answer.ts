import { createRandom } from '../problems/pocket/random.js';

/**
 * The response with a slip in its last result: one digit of the answer is off wherever it stands in the last lines, so that it reads like
 * the work of somebody who ended with a wrong sum. The same for the same seed; undefined for a response whose answer has no number.
 */
export function plantWrongAnswer(response: string, { answer, seed }: { answer: string; seed: string }) {
  const [number] = /\d+(?:[.,]\d+)*/.exec(answer) ?? [];
  if (number === undefined) return undefined;
  const random = createRandom(`wrong answer ${seed}`);
  const places = [...number].flatMap((sign, place) => (/\d/.test(sign) ? [place] : []));
  const place = random.pick(places);
  const was = Number(number[place]);
  // Not to a leading 0, which would be another length
  const choices = [1, 2, 3, 4, 5, 6, 7, 8, 9, ...(place === 0 ? [] : [0])].filter((digit) => digit !== was);
  const wrong = `${number.slice(0, place)}${random.pick(choices)}${number.slice(place + 1)}`;
  const lines = response.trimEnd().split('\n');
  // The answer's own line and the last line of the work, where it was found
  const from = Math.max(0, lines.length - 2);
  const result = new RegExp(`(?<![\\d.,])${number.replaceAll('.', '\\.')}(?!\\d|[.,]\\d)`, 'g');
  const changed = lines.map((line, index) => (index < from ? line : replaceResult(line, result, wrong)));
  const text = changed.join('\n');
  return text === response.trimEnd() ? undefined : text;
}

/** Behind the last `=` where there is one: what the result was made of stays. */
function replaceResult(line: string, result: RegExp, wrong: string): string {
  const equals = line.lastIndexOf('=');
  return equals === -1
    ? line.replace(result, wrong)
    : line.slice(0, equals) + line.slice(equals).replace(result, wrong);
}
