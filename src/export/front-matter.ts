import { basename } from 'node:path';
import type { Tally } from './tally-rows.js';
import type { TestSplit } from './write-split.js';

/**
 * The YAML block at the head of a data set card, with the keys that the Hugging Face hub reads: licence, languages, size
 * category, tags, and the file of each split. Every text is quoted as JSON, which is YAML too.
 */
export function writeFrontMatter({
  file,
  tally,
  shape,
  title,
  licence,
  test,
}: {
  file: string;
  tally: Tally;
  shape: string;
  title: string;
  licence: string;
  test?: TestSplit | undefined;
}): string {
  const text = JSON.stringify;
  const tags = ['math', 'synthetic', 'mathpie', ...(shape === 'preference' ? ['dpo', 'preference'] : ['sft'])];
  const lines = [
    '---',
    `pretty_name: ${text(title)}`,
    `license: ${text(licence)}`,
    'language:',
    ...languagesOf(tally).map((language) => `  - ${text(language)}`),
    'task_categories:',
    '  - "text-generation"',
    'size_categories:',
    `  - ${text(sizeCategory(tally.rows))}`,
    'tags:',
    ...tags.map((tag) => `  - ${text(tag)}`),
    'configs:',
    '  - config_name: "default"',
    '    data_files:',
    '      - split: "train"',
    `        path: ${text(basename(file))}`,
    ...(test === undefined ? [] : ['      - split: "test"', `        path: ${text(basename(test.file))}`]),
    '---',
  ];
  return lines.join('\n');
}

/** Languages in which at least one row of a hundred asks, the commoner first. */
function languagesOf({ rows, japanese }: Tally): readonly string[] {
  const english = rows - japanese;
  const named = [
    ...(english > rows / 100 || rows === 0 ? [{ name: 'en', count: english }] : []),
    ...(japanese > rows / 100 ? [{ name: 'ja', count: japanese }] : []),
  ];
  return named.sort((left, right) => right.count - left.count).map(({ name }) => name);
}

/** The hub's names of sizes. */
export function sizeCategory(rows: number): string {
  const bounds = [
    [1e3, 'n<1K'],
    [1e4, '1K<n<10K'],
    [1e5, '10K<n<100K'],
    [1e6, '100K<n<1M'],
    [1e7, '1M<n<10M'],
    [1e8, '10M<n<100M'],
  ] as const;
  return bounds.find(([bound]) => rows < bound)?.[1] ?? '100M<n<1B';
}
