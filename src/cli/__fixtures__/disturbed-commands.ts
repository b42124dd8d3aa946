import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packagePath } from '../../package-root.js';
import { type Endpoint, serveEndpoint } from './serve-endpoint.js';

/** What goes wrong at an operation on a file; src/storage/__fixtures__/disturb-at-operation.mjs says how. */
export type Disturbance = 'kill' | 'power' | 'full';

export type DisturbedCommand = {
  readonly name: string;
  /** The words behind `mathpie`, for a run directory. */
  readonly words: (directory: string) => readonly string[];
};

/** An endpoint whose text is made of prompt, seed and place, as vLLM's is; `answered` counts each of them. */
export async function serveBySeed(): Promise<Endpoint & { readonly answered: ReadonlyMap<string, number> }> {
  const answered = new Map<string, number>();
  const endpoint = await serveEndpoint((response, body) => {
    const reply = writeBySeed(body, (key) => answered.set(key, (answered.get(key) ?? 0) + 1));
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(reply));
  });
  return { ...endpoint, answered };
}

/** What such an endpoint answers to the body of a call; `onKey` is told of each completion. */
export function writeBySeed(body: string, onKey: (key: string) => void = () => undefined): object {
  const { n = 1, seed = 0, messages, prompt } = JSON.parse(body);
  const content: string = prompt ?? messages.at(-1).content;
  const choices = Array.from({ length: n }, (_, index) => {
    onKey(JSON.stringify([content, seed, index]));
    const text = write(content, seed * 7 + index);
    return { index, ...(prompt === undefined ? { message: { content: text } } : { text }), finish_reason: 'stop' };
  });
  return { choices, usage: { prompt_tokens: 9, completion_tokens: 20 * n } };
}

/** A problem behind an open turn, a wording, a statement, or a solution that is wrong at times. */
function write(content: string, seed: number): string {
  const number = (seed % 977) + 11;
  if (content.endsWith('<|end_header_id|>\n\n'))
    return `Child${number} has ${number} pens and buys ${(seed % 13) + 2} more pens. How many pens does the child have?`;
  const [first = ''] = content.split('\n');
  if (content.includes('in other words')) return `Version ${'i'.repeat(seed % 5)}: ${first}`;
  if (content.startsWith('Question:')) return `She has ${/^Answer: (\S+)/m.exec(content)?.[1]} pens.`;
  const [, pens = '3', more = '0'] = /has (\d+) pens and buys (\d+)/.exec(content) ?? [];
  const right = Number(pens) + Number(more);
  return `${pens} and ${more} are ${right}.\nThe answer is: ${seed % 4 === 0 ? 7 : right}`;
}

/** The commands that are disturbed, on an endpoint. Their data lie in `root`. */
export function disturbedCommands(root: string, { model }: Pick<Endpoint, 'model'>): readonly DisturbedCommand[] {
  const data = join(root, 'problems.jsonl');
  const rows = Array.from({ length: 6 }, (_, id) => {
    const question = `Ann${id} has ${id + 20} pens and buys 3 more pens. How many pens does she have?`;
    return `${JSON.stringify({ id: `p${id}`, question, answer: String(id + 23), level: 1 + (id % 2) })}\n`;
  });
  writeFileSync(data, rows.join(''));
  const test = join(root, 'test.jsonl');
  const other = rows
    .slice(0, 4)
    .map((row, id) => row.replace('How many pens does she have', `What has Bob${id} of them`));
  writeFileSync(test, other.join(''));
  const raw = model.replace('#tiny', '#meta-llama/Meta-Llama-3-8B-Instruct');
  const magpie = join(root, 'magpie.json');
  const head = { version: 1, description: 'For tests.', seed: 7 };
  writeFileSync(
    magpie,
    JSON.stringify({
      ...{ name: 'disturbed-magpie', ...head, models: { problems: raw, judge: raw } },
      instruct: { count: 5, temperature: 1 },
      respond: { temperature: 0 },
      candidates: { repeat: 3, temperatures: [0.8] },
      score: { by: ['agreement'] },
      rank: { margin: 0.1 },
      tag: { missions: ['solve-rate', 'language'] },
      deduplicate: { threshold: 0.9 },
      filter: { requireAnswer: true },
      'export-sft': { shape: 'messages' },
      'export-dpo': {},
    }),
  );
  const mix = join(root, 'mix.json');
  const duplicates = { compare: 'none' };
  const types = { POCKET_AnsAug: { rows: 100 } };
  writeFileSync(mix, JSON.stringify({ name: 'mix', version: 1, description: 'x', types, duplicates }));
  const metamath = join(root, 'metamath.json');
  writeFileSync(
    metamath,
    JSON.stringify({
      ...{ name: 'disturbed-metamath', ...head, models: { problems: model } },
      augment: { first: { technique: 'answers', repeat: 2, data } },
      assemble: { recipe: mix, tests: [test] },
      'export-sft': { shape: 'metamathqa' },
      evaluate: { forward: { data: test, repeat: 2 } },
    }),
  );
  const asking = (directory: string) => ['--model', model, '--run', directory, '--concurrency', '4'];
  return [
    { name: 'magpie run', words: (run) => ['magpie', 'run', '--recipe', magpie, '--run', run, '--concurrency', '4'] },
    { name: 'run-recipe', words: (run) => ['run-recipe', '--recipe', metamath, '--run', run, '--concurrency', '4'] },
    { name: 'evaluate', words: (run) => ['evaluate', '--data', data, '--repeat', '4', ...asking(run)] },
    {
      name: 'augment',
      words: (run) => ['augment', '--technique', 'all', '--data', data, '--repeat', '2', ...asking(run)],
    },
  ];
}

export type Session = {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
};

/** Runs the built command line; with `at`, disturbed at that operation below the run directory. */
export async function startDisturbed(
  words: readonly string[],
  { root, how, at = 0, countFile }: { root: string; how?: Disturbance; at?: number; countFile?: string },
): Promise<Session> {
  const hook = packagePath('src', 'storage', '__fixtures__', 'disturb-at-operation.mjs');
  const main = packagePath('dist', 'cli', 'main.js');
  const { OPENAI_API_KEY: _, MATHPIE_API_KEY: __, ...inherited } = process.env;
  const child = spawn(process.execPath, ['--import', hook, main, ...words, '--quiet'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...inherited,
      MATHPIE_DISTURB_ROOT: root,
      MATHPIE_DISTURB_AT: String(at),
      ...(how === undefined ? {} : { MATHPIE_DISTURB_HOW: how }),
      ...(countFile === undefined ? {} : { MATHPIE_DISTURB_COUNT: countFile }),
    },
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (part: string) => (stderr += part));
  const [exitCode, signal] = await once(child, 'close');
  return { exitCode, signal, stderr };
}

/** A run directory that always begins at the same moment, as file names and rows of Magpie say when that was. */
export function beginRun(directory: string): void {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  const start = { mathpie: '0', node: '0', startedAt: '2026-01-02T03:04:05.000Z', seed: 7, stages: {} };
  writeFileSync(join(directory, 'config.json'), JSON.stringify(start));
}

/** Of their own in every run: when it was, in which order records came, what was asked for again. */
const clocks = new Set(['spending.jsonl', 'failed-earlier.jsonl']);

/** What a finished run directory holds, without clocks and orders: the same for runs that are the same. */
export function describeRun(directory: string): { readonly [file: string]: unknown } {
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' }).sort();
  const found: { [file: string]: unknown } = {};
  for (const file of files) {
    const name = file.split('/').at(-1) ?? '';
    // A lock of a killed process is nobody's
    if (name.startsWith('.lock')) continue;
    if (name === 'manifest.json' || name === 'config.json')
      found[file] = withoutClocks(readJson(join(directory, file)));
    else if (name === 'records.jsonl') found[file] = readLinesById(join(directory, file));
    else if (clocks.has(name) || !existsSync(join(directory, file)) || !name.includes('.')) continue;
    else found[file] = readFileSync(join(directory, file), 'utf8');
  }
  return found;
}

type Clocked = { readonly finished?: { readonly [stage: string]: object } };

function withoutClocks({ finished = {}, ...more }: Clocked): unknown {
  const stages = Object.entries(finished).map(([stage, said]) => [stage, { ...said, finishedAt: '', elapsedMs: 0 }]);
  return { ...more, startedAt: '', finished: Object.fromEntries(stages) };
}

const readJson = (file: string) => JSON.parse(readFileSync(file, 'utf8'));

function readLinesById(file: string): readonly string[] {
  return readFileSync(file, 'utf8').trimEnd().split('\n').sort();
}

/** In which files two finished runs differ, and how they begin to. */
export function differences(
  expected: { readonly [file: string]: unknown },
  found: { readonly [file: string]: unknown },
): readonly string[] {
  const files = [...new Set([...Object.keys(expected), ...Object.keys(found)])];
  return files.flatMap((file) => {
    const [left = '', right = ''] = [expected[file], found[file]].map((value) => JSON.stringify(value));
    if (left === right) return [];
    const place = [...left].findIndex((letter, index) => right[index] !== letter);
    return [
      `${file}: ${left.slice(Math.max(0, place - 60), place + 100)} | ${right.slice(Math.max(0, place - 60), place + 100)}`,
    ];
  });
}
