import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { inRoot } from '../prepare/paths.mjs';

const mark = ['<!-- measured -->', '<!-- /measured -->'];

/** The tables of docs/models.md; with `isWritten` they are put there between their marks, and tables and rows that were not measured now stay. */
export function writePage({ results, acceptance = [], isWritten }) {
  const day = new Date().toISOString().slice(0, 10);
  const maker = /AMD|Intel|Apple/.exec(cpus()[0]?.model ?? '')?.[0] ?? 'an unknown maker';
  const machine = `${day}, ${availableParallelism()} processors of ${maker}, Node ${process.versions.node}.`;
  const sections = [
    section('Tokens a second and memory', speedRows(results)),
    section('Magpie: what is kept of drawn texts', magpieRows(results)),
    section('The filter on texts that a person has judged', acceptanceRows(acceptance)),
    section('Sound problems among judged texts, as a model tells them', soundnessRows(results)),
    section('GSM8K, zero-shot, greedy', gsm8kRows(results)),
    section("MetaMath's techniques", metamathRows(results)),
  ];
  if (isWritten) {
    const file = inRoot('docs', 'models.md');
    const [head, before, tail] = readFileSync(file, 'utf8').split(/<!-- \/?measured -->/);
    writeFileSync(file, `${head}${mark[0]}\n\n${keepTables(before, { machine, sections })}\n\n${mark[1]}${tail}`);
  }
  return [machine, ...sections.flatMap(({ lines }) => lines)].join('\n');
}

/** The page with what was measured now, and in its place what an earlier page says of the rest. */
export function keepTables(before, { machine, sections }) {
  const [, ...old] = before.split(/^### /m);
  const tables = new Map(old.map((text) => [text.slice(0, text.indexOf('\n')), `### ${text.trim()}`]));
  const now = sections.map((section) => keepRows(section, tables.get(section.title) ?? ''));
  const isAllNew = now.every(({ title, lines, kept }) => (lines.length > 0 || !tables.has(title)) && kept.length === 0);
  const written = now.flatMap(({ title, lines, kept }) => {
    if (lines.length === 0) return tables.get(title) ?? [];
    const when = kept.length === 0 ? machine : `${machine} As before: ${kept.join('; ')}.`;
    return lines
      .join('\n')
      .trim()
      .replace('\n', isAllNew ? '\n' : `\n\n${when}\n`);
  });
  const first = before.trim().split('\n')[0];
  return [isAllNew ? machine : first, ...written].join('\n\n');
}

/** A table with the rows of models (its first column) that an earlier one had and this one lacks, each in its place; none where the columns are others. */
function keepRows({ title, lines }, before) {
  const old = before.split('\n').filter((line) => line.startsWith('|'));
  if (lines.length === 0 || old[0] !== lines[3]) return { title, lines, kept: [] };
  const ofNow = new Set(lines.slice(5).map(nameOf));
  const kept = [...new Set(old.slice(2).map(nameOf))].filter((name) => !ofNow.has(name));
  const names = [...new Set([...old.slice(2).map(nameOf), ...ofNow])];
  const rows = names.flatMap((name) => (ofNow.has(name) ? lines.slice(5) : old).filter((row) => nameOf(row) === name));
  return { title, lines: [...lines.slice(0, 5), ...rows], kept };
}

const nameOf = (row) => row.split(' | ')[0].slice(2);

function section(title, rows) {
  if (rows.length < 2) return { title, lines: [] };
  const [head, ...body] = rows.map((cells) => `| ${cells.join(' | ')} |`);
  return { title, lines: ['', `### ${title}`, '', head, `|${' --- |'.repeat(rows[0].length)}`, ...body] };
}

const percent = (share) => `${(100 * share).toFixed(1)} %`;
const between = ([low, high]) => `${(100 * low).toFixed(1)} to ${(100 * high).toFixed(1)} %`;
const counts = (table) =>
  Object.entries(table)
    .map(([name, number]) => `${name} ${number}`)
    .join(', ');
const gigabytes = (bytes) => (bytes ? `${(bytes / 1e9).toFixed(2)} GB` : '');

const speedRows = (results) => [
  ['model', 'prompts at once', 'embedded', "llama.cpp's server", 'ratio', 'peak memory, embedded', 'server'],
  ...results.flatMap(({ model, speed }) =>
    speed === undefined
      ? []
      : [
          [
            model,
            speed.atOnce,
            `${speed.embedded.rate.toFixed(1)} tokens/s`,
            speed.server ? `${speed.server.rate.toFixed(1)} tokens/s` : 'not measured',
            speed.ratio === null ? '' : speed.ratio.toFixed(2),
            gigabytes(speed.embedded.peakBytes),
            gigabytes(speed.server?.peakBytes),
          ],
        ],
  ),
];

const magpieRows = (results) => [
  ['model', 'sampling', 'kept of drawn', '95 %', 'tokens a kept one', 'patterns', 'distinct 3-grams', 'left out'],
  ...results.flatMap(({ model, magpie = [] }) =>
    magpie.map(({ sampling, n, kept, cut = 0, interval, tokens, patterns, distinct3, defects }) => [
      model,
      sampling,
      `${kept} of ${n}${cut === 0 ? '' : `, ${cut} of them cut`}`,
      between(interval),
      kept === 0 ? '' : Math.round(tokens / kept),
      patterns,
      distinct3 === null ? '' : distinct3.toFixed(2),
      counts(defects),
    ]),
  ),
];

const acceptanceRows = (sets) => [
  [
    'set',
    'read',
    'whole problems',
    'accepted',
    'whole problems among these',
    '95 %',
    'sound among these',
    'sound ones lost',
  ],
  ...sets.map(({ set, read, wholeRead, accepted, whole, interval, sound, soundRead }) => [
    set,
    read,
    wholeRead,
    accepted,
    `${whole} (${percent(whole / accepted)})`,
    between(interval),
    sound,
    `${soundRead - sound} of ${soundRead}`,
  ]),
];

const soundnessRows = (results) => [
  [
    'model asked',
    'texts of',
    'accepted',
    'sound among these',
    'AUC',
    'kept when one sound text in ten is lost',
    'kept when half are lost',
  ],
  ...results.flatMap(({ model, soundness = [] }) =>
    soundness.map(({ set, n, sound, auc, mostKept, halfKept }) => [
      model,
      set,
      n,
      `${sound} (${percent(sound / n)})`,
      auc.toFixed(2),
      ...[mostKept, halfKept].map(
        ({ kept, sound: right, interval, least }) =>
          `${kept}, ${right} of them sound (${percent(right / kept)}, ${between(interval)}), at ${least.toFixed(3)}`,
      ),
    ]),
  ),
];

const gsm8kRows = (results) => [
  ['model', 'right', 'accuracy', '95 %', 'cut', 'no answer', 'tokens an answer', 'rules (grader mathpie)'],
  ...results.flatMap(({ model, gsm8k }) =>
    gsm8k === undefined
      ? []
      : [
          [
            model,
            `${gsm8k.correct} of ${gsm8k.n}`,
            percent(gsm8k.accuracy),
            between(gsm8k.interval),
            `${gsm8k.truncated} (${percent(gsm8k.truncated / gsm8k.n)})`,
            gsm8k.unanswered,
            Math.round(gsm8k.completionTokens / gsm8k.n),
            gsm8k.rules.map(({ rule, count }) => `${rule} ${count}`).join(', '),
          ],
        ],
  ),
];

const metamathRows = (results) => [
  ['model', 'technique', 'kept of asked', 'wrong', 'duplicate', 'failed'],
  ...results.flatMap(({ model, metamath = [] }) =>
    metamath.map(({ technique, asked, kept, wrong, duplicate, failed }) => [
      model,
      technique,
      `${kept} of ${asked} (${percent(asked === 0 ? 0 : kept / asked)})`,
      wrong,
      duplicate,
      counts(failed),
    ]),
  ),
];
