import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { writeAtomic } from '../storage/write-atomic.js';
import type { Tally } from './tally-rows.js';

export type CardOptions = {
  /** @default the file's name */
  readonly title?: string;
  /** SPDX id of the licence that the user chooses. @default 'other': nobody has chosen one */
  readonly licence?: string;
  /** How answers were checked. @default 'mathpie, exact first' */
  readonly grader?: string;
  /** One line on how the rows came about; the models and prompts of the rows are added. */
  readonly made?: string;
};

/** Tells a card of ours, which may be replaced, from somebody's README, which may not. */
const marker = '<!-- data set card written by mathpie -->';

/**
 * Writes a data set card beside a data file: README.md, or NAME.README.md where the folder has a README of its own.
 * Returns its path.
 */
export async function writeCard({
  file,
  tally,
  shape,
  card = {},
}: {
  file: string;
  tally: Tally;
  shape: string;
  card?: CardOptions;
}): Promise<string> {
  const readme = join(dirname(file), 'README.md');
  const existing = await readFile(readme, 'utf8').catch(() => undefined);
  const isOurs = existing?.includes(`${marker}\n\nFile: \`${basename(file)}\``) ?? false;
  const target = existing === undefined || isOurs ? readme : join(dirname(file), `${basename(file)}.README.md`);
  await writeAtomic(target, describeDataSet({ file, tally, shape, card }));
  return target;
}

function describeDataSet({
  file,
  tally,
  shape,
  card,
}: {
  file: string;
  tally: Tally;
  shape: string;
  card: CardOptions;
}): string {
  const name = basename(file);
  const { title = name, licence = 'other', grader = 'mathpie, exact first', made } = card;
  const lines = [
    '---',
    `license: ${licence.replace(/[^\w.+-]/g, '-')}`,
    'language: en',
    'tags: [math, synthetic, mathpie]',
    '---',
    '',
    `# ${title.replace(/\s+/g, ' ')}`,
    '',
    marker,
    '',
    `File: \`${name}\`, ${tally.rows} rows, one JSON object a line (\`${shape}\`).`,
    '',
    '| type | rows |',
    '|---|---|',
    ...[...tally.types].map(([type, count]) => `| ${cell(type)} | ${count} |`),
    '',
    '## How it was made',
    '',
    ...(made === undefined ? [] : [`- ${made.replace(/\s+/g, ' ')}`]),
    `- Models: ${list(tally.models)}`,
    `- Prompts: ${list(tally.prompts)}`,
    `- Answers checked by: ${grader.replace(/\s+/g, ' ')}${tally.rules.size > 0 ? ` (rules: ${list(tally.rules)})` : ''}`,
    '',
    '## Licence',
    '',
    licence === 'other'
      ? 'Not chosen yet. The licences of the source problems and of the models that wrote the text apply.'
      : `${licence}, chosen by the publisher. The licences of the source problems and of the models apply besides.`,
    '',
  ];
  return lines.join('\n');
}

function list(counts: ReadonlyMap<string, number>): string {
  const entries = [...counts].sort(([, left], [, right]) => right - left);
  return entries.length === 0 ? 'not recorded' : entries.map(([name, count]) => `${cell(name)} (${count})`).join(', ');
}

/** Names come from rows: nothing in them may end a table cell or begin markup. */
function cell(text: string): string {
  return text
    .replace(/[\s|<>`]+/g, ' ')
    .trim()
    .slice(0, 120);
}
