import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../errors.js';
import { downloadDataset, findDataset } from './download/download-dataset.js';
import { loadProblems } from './load-problems.js';
import { choosePocketProblems } from './pocket/choose-problems.js';
import type { Problem } from './problem.js';

export type ProblemsFromOptions = {
  /** At most so many. */
  readonly count: number;
  readonly seed: number;
  /** To grow from, or to be tested on: the two share no question, of a file of one's own either. */
  readonly split: 'train' | 'test';
  /** Their questions are left out: what is tested on must not be what was grown from. */
  readonly without?: readonly Problem[] | undefined;
  /** Of pocket's grammar alone. @default all */
  readonly subjects?: readonly string[] | undefined;
  /** Of pocket's grammar alone. @default all */
  readonly levels?: readonly number[] | undefined;
  /** Where published data sets lie, or are fetched to. @default `datasets` */
  readonly folder?: string | undefined;
  /** Hears which format was recognised, and of a fetch and its licence. */
  readonly onNote?: ((line: string) => void) | undefined;
};

/** What `problemsFrom` knows by name. */
export const problemSources = ['pocket', 'gsm8k', 'math'] as const;

/**
 * Problems by one word: `pocket` (the grammar), `gsm8k`, `math` (fetched once, as `mathpie download` does it), or a file of one's own in any
 * format that is known. Of published sets and files so many are drawn by the seed, of a file one half of the questions to grow from and the
 * other to be tested on. Throws `InputError`.
 *
 * @example const problems = await problemsFrom('gsm8k', { count: 40, seed: 1, split: 'train' });
 */
export async function problemsFrom(source: string, options: ProblemsFromOptions): Promise<readonly Problem[]> {
  const { count, seed, split, without = [], folder = 'datasets', onNote = () => undefined } = options;
  if (!(Number.isInteger(count) && count >= 1)) {
    throw new InputError(`Cannot choose ${count} problems: give a whole number from 1`);
  }
  if (source === 'pocket') return pocketProblems(options);
  const isPublished = source === 'gsm8k' || source === 'math';
  const data = isPublished ? await fetchPublished(source, { split, folder, onNote }) : source;
  const dataset = isPublished ? source : undefined;
  const known = new Set(without.map(({ question }) => question));
  const problems = distinct(await loadProblems({ data, dataset, needsAnswer: true, split, onNote }), known);
  const half = isPublished ? problems : problems.filter(({ question }) => sideOf(question) === split);
  if (half.length === 0) {
    throw new InputError(
      `Cannot choose problems of ${source}: none of its ${problems.length} falls to ${split === 'test' ? 'the test' : 'growing'}; name a larger file`,
    );
  }
  return draw(half, { count, seed });
}

async function fetchPublished(
  name: 'gsm8k' | 'math',
  { split, folder, onNote }: { split: 'train' | 'test'; folder: string; onNote: (line: string) => void },
): Promise<string> {
  const dataset = findDataset(name);
  const home = join(folder, name);
  const file = join(home, `${split}.jsonl`);
  if (existsSync(file)) return file;
  onNote(`${dataset.title}; licence: ${dataset.licence}`);
  const files = dataset.files.filter((published) => published.name === `${split}.jsonl`);
  for await (const { file: fetched, bytes } of downloadDataset({ dataset: { ...dataset, files }, folder: home })) {
    onNote(`${fetched}: fetched, ${bytes} bytes`);
  }
  return file;
}

/** The grammar keeps its splits apart by itself. */
function pocketProblems({ count, seed, split, subjects, levels }: ProblemsFromOptions): readonly Problem[] {
  const wanted = { ...(subjects === undefined ? {} : { subjects }), ...(levels === undefined ? {} : { levels }) };
  return choosePocketProblems({ count, seed, split, ...wanted });
}

function distinct(problems: readonly Problem[], known: ReadonlySet<string>): readonly Problem[] {
  const seen = new Set(known);
  return problems.filter(({ question }) => !seen.has(question) && seen.add(question));
}

/** By the question alone, so that a longer file moves none to the other side. */
const sideOf = (question: string): 'train' | 'test' => (hash(question).readUInt8(0) % 2 === 0 ? 'train' : 'test');

/** In an order that seed and question decide; those that are drawn stand as in the file. */
function draw(problems: readonly Problem[], { count, seed }: { count: number; seed: number }): readonly Problem[] {
  const places = new Map(problems.map((problem) => [problem, hash(`${seed} ${problem.question}`).toString('hex')]));
  const place = (problem: Problem): string => places.get(problem) ?? '';
  const drawn = new Set([...problems].sort((a, b) => (place(a) < place(b) ? -1 : 1)).slice(0, count));
  return problems.filter((problem) => drawn.has(problem));
}

const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
