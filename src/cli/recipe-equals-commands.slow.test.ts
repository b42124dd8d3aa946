import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runCommandLine } from './run-command-line.js';

const root = mkdtempSync(join(tmpdir(), 'mathpie-same-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const recipe = {
  name: 'same',
  version: 1,
  description: 'For tests.',
  seed: 5,
  models: { problems: 'pocket', judge: 'pocket' },
  instruct: { count: 10, maxTokens: 200 },
  respond: { maxTokens: 300 },
  candidates: { repeat: 4, temperatures: [0.8, 1.4], maxTokens: 300 },
  score: { by: ['agreement', 'judge'] },
  rank: { margin: 0.05 },
  tag: { missions: ['solve-rate', 'language'] },
  deduplicate: { threshold: 0.6 },
  filter: { keep: ['long: words(instruction) > 24'], requireAnswer: true },
  'export-sft': { shape: 'metamathqa' },
  'export-dpo': {},
};

/** The same steps as commands; the run directory is put behind each. */
const commands: readonly (readonly string[])[] = [
  ['magpie', 'instruct', '--model', 'pocket', '--count', '10', '--max-tokens', '200', '--seed', '5'],
  ['magpie', 'respond', '--model', 'pocket', '--max-tokens', '300'],
  [...'magpie candidates --model pocket --repeat 4 --temperature 0.8,1.4 --max-tokens 300'.split(' ')],
  ['magpie', 'score', '--model', 'pocket', '--by', 'agreement,judge'],
  ['magpie', 'rank', '--margin', '0.05'],
  ['magpie', 'tag'],
  ['magpie', 'deduplicate', '--threshold', '0.6'],
  ['magpie', 'filter', '--keep', 'long: words(instruction) > 24', '--require-answer'],
];
const exports: readonly (readonly string[])[] = [
  ['export', 'sft', '--shape', 'metamathqa', '--out', join(root, 'out', 'sft.jsonl')],
  ['export', 'dpo', '--out', join(root, 'out', 'dpo.jsonl')],
];

/** Both begin in the same second, as the published file names and rows say when that was. */
function begin(name: string): string {
  const directory = join(root, name);
  mkdirSync(directory);
  const start = { mathpie: '0', node: '0', startedAt: '2026-01-02T03:04:05.000Z', seed: 0, stages: {} };
  writeFileSync(join(directory, 'config.json'), JSON.stringify(start));
  return directory;
}

async function mathpie(...words: readonly string[]) {
  const text = { stdout: '', stderr: '' };
  const writer = (name: keyof typeof text) => ({ write: (part: string) => (text[name] += part) });
  const signal = new AbortController().signal;
  const exitCode = await runCommandLine({ words, stdout: writer('stdout'), stderr: writer('stderr'), signal });
  expect(exitCode, `${words.join(' ')}\n${text.stderr}`).toBe(0);
  return text;
}

const read = (directory: string, name: string): string => readFileSync(join(directory, name), 'utf8');
const records = (directory: string): string[] => read(directory, 'records.jsonl').trim().split('\n').sort();
const rowFiles = (directory: string): string[] =>
  readdirSync(directory).filter((name) => name.startsWith('Magpie') || name.endsWith('ed.jsonl'));

describe('the steps of a recipe, given as commands', { timeout: 300_000 }, () => {
  const file = join(root, 'same.json');
  writeFileSync(file, JSON.stringify(recipe));

  it('leave the same bytes: rows, pairs, training sets, and the records of what was asked', async () => {
    const [asRecipe, asCommands] = [begin('recipe'), begin('commands')];
    await mathpie('magpie', 'run', '--recipe', file, '--run', asRecipe);
    for (const words of [...commands, ...exports]) await mathpie(...words, '--run', asCommands);

    const names = rowFiles(asRecipe);
    expect(rowFiles(asCommands)).toEqual(names);
    expect(names.length).toBeGreaterThanOrEqual(9);
    for (const name of names) expect(read(asCommands, name), name).toBe(read(asRecipe, name));
    for (const name of ['sft.jsonl', 'dpo.jsonl']) {
      expect(read(join(root, 'out'), name), name).toBe(read(asRecipe, name));
    }
    expect(records(asCommands)).toEqual(records(asRecipe));
    const [one, other] = [asRecipe, asCommands].map((directory) => JSON.parse(read(directory, 'config.json')).stages);
    for (const stage of Object.keys(other)) expect(other[stage], stage).toEqual(one[stage]);
  });

  it('go on with a recipe’s run, and a recipe goes on with theirs: nobody is asked again', async () => {
    const asked = records(join(root, 'recipe')).length;
    for (const words of commands) await mathpie(...words, '--run', join(root, 'recipe'));
    expect(records(join(root, 'recipe'))).toHaveLength(asked);
    const { stderr } = await mathpie('magpie', 'run', '--recipe', file, '--run', join(root, 'commands'));
    expect(stderr.match(/finished earlier$/gm)).toHaveLength(commands.length);
    expect(records(join(root, 'commands'))).toHaveLength(asked);
    expect(read(join(root, 'commands'), 'sft.jsonl')).toBe(read(join(root, 'recipe'), 'sft.jsonl'));
  });

  it('leave out of every set what a step dropped', async () => {
    const directory = join(root, 'commands');
    const { finished } = JSON.parse(read(directory, 'manifest.json'));
    const { input, output } = finished.filter.summary.counts;
    expect(output).toBeLessThan(input);
    const kept: { instruction: string }[] = JSON.parse(read(directory, finished.filter.summary.counts.files[0]));
    const staying = new Set(kept.map(({ instruction }) => instruction));
    const rows = (name: string): { query?: string; prompt?: { content: string }[] }[] =>
      read(directory, name)
        .trim()
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line));
    for (const { query = '' } of rows('sft.jsonl')) expect(staying).toContain(query);
    for (const { prompt = [] } of rows('dpo.jsonl')) expect(staying).toContain(prompt[0]?.content);
  });

  it('name a file that was cut, and write nothing from an older one', async () => {
    const directory = join(root, 'commands');
    const { finished } = JSON.parse(read(directory, 'manifest.json'));
    const [name] = finished.filter.summary.counts.files;
    writeFileSync(join(directory, name), read(directory, name).slice(0, -40));
    const stderr: string[] = [];
    const exitCode = await runCommandLine({
      words: ['export', 'sft', '--run', directory, '--out', join(root, 'cut.jsonl')],
      stdout: { write: () => true },
      stderr: { write: (part: string) => stderr.push(part) },
      signal: new AbortController().signal,
    });
    expect([exitCode, stderr.join('')]).toEqual([2, expect.stringContaining(`${name}: it is damaged`)]);
    expect(readdirSync(root)).not.toContain('cut.jsonl');
    // The way out that the line names
    await mathpie(...(commands.at(-1) ?? []), '--run', directory);
    await mathpie('export', 'sft', '--shape', 'metamathqa', '--run', directory, '--out', join(root, 'mended.jsonl'));
    expect(read(root, 'mended.jsonl')).toBe(read(join(root, 'recipe'), 'sft.jsonl'));
  });
});
