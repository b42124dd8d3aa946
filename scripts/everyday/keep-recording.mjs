/** The recording of the everyday problems, and the table of what it holds. */

import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Writes a recording of `recordTo` with its requests sorted by id and number of samples, and without what a machine adds (seconds, tokens' ids), so
 * that the same answers give the same bytes.
 */
export function keepRecording({ from, to }) {
  const [header, ...requests] = readFileSync(from, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
  const order = ({ id, completions }) => `${id} ${String(completions.length).padStart(3, '0')}`;
  const lines = requests
    .map(({ requestHash, id, completions }) => ({
      requestHash,
      id,
      completions: completions.map(({ sample, text, finishReason, promptTokens, completionTokens }) => ({
        ...{ sample, text, finishReason, promptTokens, completionTokens },
      })),
    }))
    .sort((left, right) => (order(left) < order(right) ? -1 : 1));
  // A file's place on this machine says nothing to others
  const head = { ...header, model: header.model.replace(/^gguf:.*[/\\]/, 'gguf:') };
  writeFileSync(to, [head, ...lines].map((line) => `${JSON.stringify(line)}\n`).join(''));
}

const percent = (share) => `${(100 * share).toFixed(1)} %`;
const between = ([low, high]) => `${(100 * low).toFixed(1)} to ${(100 * high).toFixed(1)} %`;

/** Puts the shares that are right between the marks of a page. */
export function writeShares({ summaries, file }) {
  const [greedy, drawn] = summaries;
  const row = (what, { correct, n, accuracy, interval, grader }) =>
    `| ${what} | ${correct} of ${n} | ${percent(accuracy)} | ${between(interval)} | ${grader} |`;
  const rows = [
    row('all, greedy', greedy),
    ...(greedy.by.level ?? []).map((part) => row(`level ${part.value}`, { ...part, grader: greedy.grader })),
    ...(drawn === undefined ? [] : [row(`${drawn.samples} draws each at temperature 0.7`, drawn)]),
    ...(drawn?.majority === undefined
      ? []
      : [row(`majority of the ${drawn.samples}`, { ...drawn.majority, grader: drawn.grader })]),
  ];
  const table = [
    '| answers | right | share | 95 % interval | grader |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
  const [head, , tail] = readFileSync(file, 'utf8').split(/<!-- \/?measured -->/);
  writeFileSync(file, `${head}<!-- measured -->\n\n${table}\n\n<!-- /measured -->${tail}`);
}
