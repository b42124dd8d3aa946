// What is a reward worth on real answers? Of eight answers to each of 100 MATH problems the best is chosen by reward, by majority
// and by both, and pairs are made of them; labels that nobody was shown say how often that is right. Prints Markdown tables.
//   npm run build && node bench/best-of-eight.mjs [FILE.jsonl]
// FILE: {id: "NAME-PROBLEM-SAMPLE", question, gold, pred, expect, rm_score} a line; by default the file beside this checkout.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { extractAnswer } from '../dist/answers/extract/extract-answer.js';
import { measureAccuracy } from '../dist/evaluation/measure-accuracy.js';
import { chooseBest } from '../dist/magpie/compare/choose-best.js';
import { choosePair } from '../dist/magpie/compare/choose-pair.js';
import { combineScores } from '../dist/magpie/compare/combine-scores.js';
import { wilsonInterval } from '../dist/wilson-interval.js';

const file = process.argv[2] ?? join(import.meta.dirname, '../../shared/data/math/eight-answers-each.jsonl');
if (!existsSync(file)) {
  console.error(`Skipped: there is no ${file}; name the file`);
  process.exit(0);
}
const rows = readRows(file);
const percent = (share) => `${(100 * share).toFixed(1)} %`;
const range = ([low, high]) => `${(100 * low).toFixed(1)} to ${(100 * high).toFixed(1)} %`;
const count = (right, n) => `${right} of ${n}, ${percent(right / n)} (${range(wilsonInterval(right, n))})`;

const all = rows.flatMap(({ id, labels }) => labels.map((correct) => ({ problem: String(id), correct })));
const single = measureAccuracy(all);
console.log(`${rows.length} problems, ${all.length} answers\n\n| chosen by | right |\n| --- | --- |`);
console.log(
  `| one answer, the mean of all | ${all.filter(({ correct }) => correct).length} of ${all.length}, ${percent(single.accuracy)} (${range(single.interval)}) |`,
);
for (const [name, by] of [
  ['reward, best of 8', ['reward']],
  ['majority of 8', ['agreement']],
  ['both, half and half', ['reward', 'agreement']],
]) {
  const right = chooseBest(rows, { by }).filter((index, place) => rows[place].labels[index]).length;
  console.log(`| ${name} | ${count(right, rows.length)} |`);
}
console.log(
  `| any of 8 (what is there) | ${count(rows.filter(({ labels }) => labels.includes(true)).length, rows.length)} |`,
);

console.log(
  '\n| pairs by | pairs | wrong pairs | chosen is wrong | rejected is right | dropped |\n| --- | --- | --- | --- | --- | --- |',
);
const scores = combineScores(rows, { by: ['reward'] });
for (const [name, choose] of [
  ['highest and lowest reward, as the original', highestAndLowest],
  ['majority alone', (row) => choosePair(candidatesOf(row), {})],
  ['majority and reward', (row, place) => choosePair(candidatesOf(row, scores[place]), {})],
  [
    'majority and reward, share of 3/4',
    (row, place) => choosePair(candidatesOf(row, scores[place]), { settings: { minMajorityShare: 0.75 } }),
  ],
  ['known answer and reward', (row, place) => choosePair(candidatesOf(row, scores[place]), { gold: row.gold })],
]) {
  const choices = rows.map((row, place) => ({ row, choice: choose(row, place) }));
  const pairs = choices.filter(({ choice }) => choice.chosen);
  const label = ({ row }, candidate) =>
    row.labels[row.candidates.findIndex(({ sample }) => sample === candidate.sample)];
  const badChosen = pairs.filter((pair) => !label(pair, pair.choice.chosen)).length;
  const badRejected = pairs.filter((pair) => label(pair, pair.choice.rejected)).length;
  const bad = pairs.filter((pair) => !label(pair, pair.choice.chosen) || label(pair, pair.choice.rejected)).length;
  const dropped = Object.entries(countDropped(choices)).map(([reason, n]) => `${reason} ${n}`);
  console.log(
    `| ${name} | ${pairs.length} | ${count(bad, pairs.length)} | ${badChosen} | ${badRejected} | ${dropped.join(', ')} |`,
  );
}

function countDropped(choices) {
  const counts = {};
  for (const { choice } of choices) if (choice.dropped) counts[choice.dropped] = (counts[choice.dropped] ?? 0) + 1;
  return counts;
}

function candidatesOf({ candidates }, combined) {
  return candidates.map(({ extracted, ...candidate }, index) => ({
    ...candidate,
    extracted: extracted ?? undefined,
    ...combined?.[index],
  }));
}

/** No margin, and no look at the answers; equal rewards alone make no pair. */
function highestAndLowest({ candidates, reward_scores: rewards }) {
  const [high, low] = [Math.max(...rewards), Math.min(...rewards)];
  if (high === low) return { dropped: 'equal' };
  return { chosen: candidates[rewards.indexOf(high)], rejected: candidates[rewards.indexOf(low)] };
}

function readRows(path) {
  const groups = new Map();
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    if (line.trim() === '') continue;
    const row = JSON.parse(line);
    const problem = row.id.replace(/-[0-9]+$/, '');
    groups.set(problem, [...(groups.get(problem) ?? []), row]);
  }
  return [...groups.values()].map((answers, id) => ({
    id,
    instruction: answers[0].question,
    gold: answers[0].gold,
    candidates: answers.map(({ pred }, sample) => ({
      sample,
      temperature: 1,
      response: pred,
      extracted: extractAnswer(pred)?.answer ?? null,
    })),
    failed_candidates: [],
    reward_scores: answers.map(({ rm_score }) => rm_score),
    labels: answers.map(({ expect }) => expect === true),
  }));
}
