import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { SetupError } from '../prepare/setup-error.mjs';

const barWidth = 24;
const nameWidth = 20;

/** What the notebook left in runs/demo/summary.json; `summarizeProduction` of the library has these fields. */
export function readSummary(file) {
  if (!existsSync(file)) {
    throw new SetupError(
      `Cannot show the summary: the notebook ended without writing ${path.relative(process.cwd(), file)}`,
    );
  }
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** One screen of at most 80 columns: what grew, how much of it is right, what the model can do, and where everything lies. */
export function showSummary(
  summary,
  { executed, folder, seconds },
  { write = (text) => process.stdout.write(text), isTerminal = process.stdout.isTTY === true } = {},
) {
  const paint = painter(isTerminal && !process.env.NO_COLOR);
  const files = Object.entries(summary.files).map(([title, file]) => [title, path.resolve(folder, file)]);
  const lines = [
    '',
    ...describeGrowth(summary.grown, paint),
    '',
    ...describeExamples(summary.grown, paint),
    '',
    ...describeMagpie(summary.magpie, paint),
    '',
    ...describeAccuracy(summary, paint),
    '',
    ...describeWork(summary, { seconds, paint }),
    '',
    ...[['Executed notebook', executed], ...files].map(([title, file]) =>
      row(title, path.relative(process.cwd(), file)),
    ),
    '',
    'Run the notebook cell by cell: npm run lab',
  ];
  write(`${lines.join('\n')}\n`);
}

function describeGrowth({ seeds, asked, kept, byTechnique, ...answers }, paint) {
  return [
    paint.bold(`${count(kept)} new checked rows from ${count(seeds)} problems`),
    ...byTechnique.map((each) =>
      row(
        each.technique,
        `${paint.bar(each.asked === 0 ? 0 : each.kept / each.asked)} ${pad(each.kept, 4)} of ${pad(each.asked, 4)} kept, ${column(each.accuracy)} right`,
      ),
    ),
    row('all', `${share(kept / Math.max(1, asked))} of ${count(asked)} kept; right: ${shareOf(answers)}`),
  ];
}

/** One row of each technique, from what to what: what the counts above are about. */
function describeExamples({ examples = [] }, paint) {
  return [
    paint.bold('One kept row of each: grown from → what is new'),
    ...examples.flatMap(({ technique, before, after }) => [
      row(technique, clip(before)),
      row('', `→ ${clip(after, 2)}`),
    ]),
    '',
    ...words.map(([word, text]) => row(word, text)),
  ];
}

/** What a newcomer has to know to read this screen. */
const words = [
  ['kept', 'right and no duplicate: these alone are exported'],
  ['right', 'equal to the known answer, as mathematics and not as text'],
  ['duplicate', 'right, and word for word a row before it'],
  ['pair', 'a better and a worse answer to one question, for DPO'],
  ['[low, high]', '95 % interval: two that overlap widely say little'],
  ['answers … fobar', 'MetaMath, arxiv.org/abs/2309.12284'],
  ['from nothing', 'Magpie, arxiv.org/abs/2406.08464'],
];

/** A text in one line that fits the screen; its begin says what it is. */
function clip(text, taken = 0) {
  const plain = text.replace(/\s+/g, ' ').trim();
  const room = 78 - nameWidth - taken;
  return plain.length <= room ? plain : `${plain.slice(0, room - 1)}…`;
}

function describeMagpie({ drawn, problems, filtered, pairs, pairsKnown, pairsRight }, paint) {
  return [
    paint.bold(`${count(problems)} problems from nothing, of ${count(drawn)} drawn`),
    row('with a solution', `${count(filtered)} after the filter`),
    row(
      'preference pairs',
      `${count(pairs)}; ${count(pairsRight)} of the ${count(pairsKnown)} that can be checked are right`,
    ),
    row('', 'a small model chose them; a bigger one errs less'),
  ];
}

function describeAccuracy({ model, evaluation, vote }, paint) {
  const points = (value) => `${value < 0 ? '-' : '+'}${Math.abs(100 * value).toFixed(1)}`;
  const [low, high] = vote.interval.map(points);
  return [
    paint.bold(`${model} on unseen problems: ${share(evaluation.accuracy)} right`),
    ...(evaluation.by.level ?? []).map((each) =>
      row(
        `level ${each.value}`,
        `${paint.bar(each.accuracy)} ${column(each.accuracy)} ${interval(each)}  n = ${each.n}`,
      ),
    ),
    row('all levels', `${shareOf(evaluation)}, grader "${evaluation.grader}"`),
    row(
      `vote of ${vote.k}`,
      `${share(vote.left.accuracy)}, ${points(vote.difference)} points [${low}, ${high}] to one answer, p = ${vote.pValue.toFixed(2)}`,
    ),
  ];
}

function describeWork({ tokens }, { seconds, paint }) {
  const speed = tokens.seconds > 0 ? `, ${count(tokens.completion / tokens.seconds)} a second` : '';
  return [
    paint.bold(`${count(seconds)} s in all`),
    row('generated', `${count(tokens.completion)} tokens in ${count(tokens.seconds)} s${speed}`),
  ];
}

const row = (name, text) => `  ${name.padEnd(nameWidth)}${text}`;
const count = (value) => Math.round(value).toLocaleString('en');
const pad = (value, width) => count(value).padStart(width);
const share = (value) => `${(100 * value).toFixed(1)} %`;
const column = (value) => share(value).padStart(7);
const interval = ({ interval: [low, high] }) => `[${(100 * low).toFixed(1)}, ${(100 * high).toFixed(1)}]`;
const shareOf = (accuracy) => `${share(accuracy.accuracy)} ${interval(accuracy)} of ${count(accuracy.n)}`;

function painter(isColored) {
  const wrap = (code, text) => (isColored ? `\u001b[${code}m${text}\u001b[0m` : text);
  return {
    bold: (text) => wrap(1, text),
    bar: (value) => {
      const filled = Math.round(Math.min(1, Math.max(0, value)) * barWidth);
      return `${wrap(34, '█'.repeat(filled))}${wrap(2, '░'.repeat(barWidth - filled))}`;
    },
  };
}
