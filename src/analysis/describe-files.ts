import type { ListedFile } from '../storage/list-files.js';

export type DescribedFile = { readonly path: string; readonly holds: string; readonly KB: number };

/** What the files of a production run hold, by their names. The first pattern that fits counts. */
const meanings: readonly (readonly [name: RegExp, holds: string])[] = [
  [/_ins\.json$/, 'problems drawn from the model'],
  [/_ins_res\.json$/, 'problems with one solution each'],
  [/_filtered\.json$/, 'rows without a defect'],
  [/_ins_\d+res\.json$/, 'problems with all candidates'],
  [/_ins_\d+res_judged\.json$/, 'candidates with the scores of the judge'],
  [/_ins_\d+res_scored\.json$/, 'candidates with scores'],
  [/_tagged\.json$/, 'rows with tags'],
  [/_distinct\.json$/, 'rows without repetitions'],
  [/_Align\.json$/, 'preference pairs'],
  [/(?:^|\/)instruct_candidates\.jsonl$/, 'every drawn text and its verdict'],
  [/(?:^|\/)ranked\.jsonl$/, 'each problem: a pair, or why not'],
  [/(?:^|\/)records\.jsonl$/, 'every call of the model'],
  [/(?:^|\/)config\.json$/, 'settings of the run'],
  [/(?:^|\/)manifest\.json$/, 'counts, tokens, time, checksums'],
  [/(?:^|\/)rows\.jsonl$/, 'new rows that are right'],
  [/(?:^|\/)graded\.jsonl$/, 'all rows with their grades'],
  [/(?:^|\/)summary\.json$/, 'accuracy and its breakdown'],
  [/(?:^|\/)sft\.jsonl$/, 'set for supervised fine-tuning'],
  [/(?:^|\/)(?:preference|dpo)\.jsonl$/, 'set for preference tuning'],
  [/\.export\.json$/, 'rows and checksum of a set, for publishing'],
  [/(?:^|\/)recipe\.json$/, 'recipe of the run'],
  [/(?:^|\/)spending\.jsonl$/, 'tokens, cost and time of each session'],
  [/README\.md$/, 'card of a data set'],
  [/(?:^|\/)report\.json$/, 'report for programs'],
  [/\.html$/, 'report'],
];

/** Says of each file what it holds, and its size in KB (1,000 bytes). */
export function describeFiles(files: readonly ListedFile[]): DescribedFile[] {
  return files.map(({ path, bytes }) => {
    const holds = meanings.find(([name]) => name.test(path))?.[1] ?? '';
    return { path, holds, KB: Math.round(bytes / 100) / 10 };
  });
}
