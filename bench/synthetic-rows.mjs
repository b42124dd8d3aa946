// Rows in the shape, number and length of MetaMathQA's, made of invented words: nobody's text, the same for the same seed.
import { createRandom } from '../dist/problems/pocket/random.js';

/** Rows of each type for each 395,000 rows (MetaMath, table 1), and which questions they grow from. */
export const mix = {
  GSM_AnsAug: 80_000,
  GSM_Rephrased: 80_000,
  GSM_SV: 40_000,
  GSM_FOBAR: 40_000,
  MATH_AnsAug: 75_000,
  MATH_Rephrased: 50_000,
  MATH_SV: 15_000,
  MATH_FOBAR: 15_000,
};

/** Shares of planted faults among the rows. */
const planted = { exact: 0.01, near: 0.03, wrong: 0.02, leaked: 0.002 };

/** A vocabulary in which a word's rank and frequency follow Zipf's law, as in running text. */
export function createWriter(seed) {
  const random = createRandom(seed);
  const syllables = [
    'ba',
    'ke',
    'lo',
    'mi',
    'nu',
    'ra',
    'se',
    'ti',
    'vo',
    'zu',
    'pa',
    'den',
    'gar',
    'hol',
    'fin',
    'st',
    'er',
    'an',
  ];
  const vocabulary = Array.from({ length: 8000 }, (_, rank) => {
    const count = rank < 100 ? 1 : rank < 1500 ? 2 : 3;
    return Array.from({ length: count + random.integer(0, 1) }, () => random.pick(syllables)).join('');
  });
  const word = () => vocabulary[Math.floor(8000 ** random.next()) - 1];
  const token = () => (random.chance(0.09) ? String(random.integer(2, 400)) : word());
  /** Log-normal with the given median, by the sum of twelve uniform numbers. */
  const length = (median, spread) => {
    let normal = -6;
    for (let draw = 0; draw < 12; draw++) normal += random.next();
    return Math.max(6, Math.round(median * Math.exp(spread * normal)));
  };
  const text = (count) => {
    const words = [];
    for (let index = 0; index < count; index++) words.push(index % 12 === 11 ? `${token()}.` : token());
    return words.join(' ');
  };
  /** Changes about one word in `every`, never a number. */
  const vary = (given, every) => given.replace(/[a-z]+/g, (old) => (random.next() * every < 1 ? word() : old));
  return { random, word, text, length, vary };
}

/** Yields rows of one type as `augment` grades them, `planted` faults included. */
export function* rowsOfType(type, { count, questions, tests, seed }) {
  const { random, text, length, vary } = createWriter(`${type}-${seed}`);
  const isMath = type.startsWith('MATH');
  const recent = [];
  for (let index = 0; index < count; index++) {
    const draw = random.next();
    if (recent.length > 0 && draw < planted.exact) {
      yield { ...random.pick(recent), id: `${type}-${index}` };
      continue;
    }
    if (recent.length > 0 && draw < planted.exact + planted.near) {
      const earlier = random.pick(recent);
      const last = earlier.response.lastIndexOf('\n');
      const response = vary(earlier.response.slice(0, last), 40) + earlier.response.slice(last);
      yield { ...earlier, id: `${type}-${index}`, response };
      continue;
    }
    const original = random.chance(planted.leaked) ? `${random.pick(tests)} ${text(20)}` : random.pick(questions);
    const gold = String(random.integer(1, 5000));
    const query = type.endsWith('AnsAug') ? original : reword(original, { type, random, vary, gold });
    // With these medians a row of {query, response, type, original_question} has 1,000 bytes, as in MetaMathQA-395K.json.
    const work = text(length(isMath ? 78 : 72, 0.55));
    const ending = isMath
      ? `So it is $\\boxed{${gold}}$.\nThe answer is: ${gold}`
      : `#### ${gold}\nThe answer is: ${gold}`;
    const row = {
      id: `${type}-${index}`,
      query,
      response: `${work}\n${ending}`,
      type,
      original_question: original,
      technique: 'answers',
      problem: `p${index}`,
      prompt: 'instruct@1',
      model: 'synthetic',
      sampling: { temperature: 0.7, topP: 1, maxTokens: 1024 },
      tokens: { prompt: 120, completion: 180 },
      gold,
      extracted: gold,
      equivalent: !random.chance(planted.wrong),
      rule: isMath ? 'boxed/same-text' : 'hashes/same-text',
      status: 'kept',
      reason: null,
      subject: null,
      level: null,
      steps: null,
    };
    if (recent.length < 400) recent.push(row);
    else recent[random.integer(0, 399)] = row;
    yield row;
  }
}

function reword(original, { type, random, vary, gold }) {
  if (type.endsWith('Rephrased')) return vary(original, 3);
  const numbers = [...original.matchAll(/\b\d+\b/g)];
  const { index, 0: number } = numbers.length === 0 ? { index: 0, 0: '' } : random.pick(numbers);
  const masked = `${original.slice(0, index)}x${original.slice(index + number.length)}`;
  return type.endsWith('SV')
    ? `${masked} That makes ${gold}.\nWhat is the value of x?`
    : `${masked}\nThe answer to this question is ${gold}. What is the value of x?`;
}

/** Questions of a data set; `median` words, log-normal. */
export function writeQuestions({ count, median, seed }) {
  const { text, length } = createWriter(seed);
  return Array.from({ length: count }, () => text(length(median, 0.42)));
}
