import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Endpoint, serveEndpoint, solve } from './__fixtures__/serve-endpoint.js';
import { runCommandLine } from './run-command-line.js';

// Problems and judgements by pocket, solutions by an endpoint.
const root = mkdtempSync(join(tmpdir(), 'mathpie-magpie-run-'));
const path = (...parts: string[]) => join(root, ...parts);
const recipe = path('mixed.json');
let endpoint: Endpoint;
let asked = 0;

beforeAll(async () => {
  endpoint = await serveEndpoint((response, body) => {
    asked += 1;
    solve(response, body);
  });
  const source = 'ours';
  const steps = {
    instruct: { count: 6, maxTokens: 200, parts: [{ temperature: 0.9 }, { temperature: 1.2, weight: 2 }], source },
    respond: { maxTokens: 100, source },
    candidates: { repeat: 3, maxTokens: 100, source },
    score: { by: ['agreement', 'judge'] },
    rank: {},
    deduplicate: {},
    filter: { keep: ['solved: exists response', 'long: words(instruction) > 3'] },
    'export-sft': {},
    'export-dpo': {},
  };
  const models = { problems: 'pocket', solutions: endpoint.model, judge: 'pocket' };
  writeFileSync(
    recipe,
    JSON.stringify({ name: 'mixed', version: 1, description: 'For tests.', seed: 3, models, ...steps }),
  );
});
afterAll(async () => {
  await endpoint.close();
  rmSync(root, { recursive: true });
});

async function run(directory: string, ...words: string[]) {
  const text = { stdout: '', stderr: '' };
  const writer = (name: keyof typeof text) => ({ write: (part: string) => (text[name] += part) });
  const exitCode = await runCommandLine({
    words: ['magpie', 'run', '--recipe', recipe, '--run', path(directory), ...words],
    stdout: writer('stdout'),
    stderr: writer('stderr'),
    signal: new AbortController().signal,
  });
  return { exitCode, ...text };
}

const readJson = (...parts: string[]) => JSON.parse(readFileSync(path(...parts), 'utf8'));

describe('mathpie magpie run', { timeout: 120_000 }, () => {
  it('says what it would ask, and writes nothing', async () => {
    const { exitCode, stdout, stderr } = await run('dry', '--dry-run');
    expect(exitCode, stderr).toBe(0);
    const { steps, usd } = JSON.parse(stdout);
    expect(steps.map(({ step }: { step: string }) => step)).toHaveLength(9);
    expect(steps[2]).toMatchObject({ step: 'candidates', requests: 6, completions: 18, outputTokens: 360, probed: 6 });
    expect(usd).toBe(0);
    expect(stderr).toMatch(/^candidates\s+6\s+18\s+54\s+360\s+1,800\s+none\s+\d+ s$/m);
    expect(existsSync(path('dry'))).toBe(false);
  });

  it('stops at a budget of the whole run, goes on, and ends with a table of yields and losses', async () => {
    const stopped = await run('mixed', '--budget-tokens', '700');
    expect(stopped.exitCode, stopped.stderr).toBe(3);
    expect(stopped.stderr).toMatch(/^1\/9 instruct: 6 of \d+ texts$/m);
    expect(stopped.stderr).toMatch(
      /Stopped at the budget: .* continue with a higher budget: mathpie magpie run .*--budget-tokens 1400/,
    );

    const { exitCode, stdout, stderr } = await run('mixed', '--budget-tokens', '1000000');
    expect(exitCode, stderr).toBe(0);
    expect(stderr).toMatch(/^1\/9 instruct: 6 of \d+ texts, finished earlier$/m);
    expect(stderr).toMatch(/^rank\s+6\s+0\s+0 %\s+unanimous 6$/m);
    expect(stderr).toMatch(/^export-sft\s+6\s+6\s+100 %$/m);
    expect(stderr).toMatch(/sft\.jsonl, dpo\.jsonl, recipe\.json, manifest\.json$/m);
    const { steps } = JSON.parse(stdout);
    for (const { input, output, lost, step } of steps) {
      const sum = Object.values<number>(lost).reduce((total, count) => total + count, 0);
      expect(input - output, step).toBe(sum);
    }
    expect(readFileSync(path('mixed', 'sft.jsonl'), 'utf8').trim().split('\n')).toHaveLength(6);
    expect(readJson('mixed', 'recipe.json')).toMatchObject({ name: 'mixed', respond: { maxTokens: 100 } });
  });

  it('gives each part of the problems its own temperature', () => {
    const { files } = readJson('mixed', 'manifest.json').finished.instruct.summary.counts;
    const file = files.find((name: string) => name.endsWith('_ins.json'));
    const rows: { gen_input_configs: { temperature: number } }[] = readJson('mixed', file);
    expect(rows.map((row) => row.gen_input_configs.temperature).sort()).toEqual([0.9, 0.9, 1.2, 1.2, 1.2, 1.2]);
  });

  it('asks nobody again, also for a file that was deleted', async () => {
    const [file = ''] = readJson('mixed', 'manifest.json').finished.candidates.summary.counts.files;
    const before = { asked, text: readFileSync(path('mixed', file), 'utf8') };
    rmSync(path('mixed', file));
    const { exitCode, stderr } = await run('mixed');
    expect(exitCode, stderr).toBe(0);
    expect(stderr).toMatch(/^3\/9 candidates: 18 of 18 solutions$/m);
    expect(stderr).toMatch(/^4\/9 score: 18 of 18 solutions, finished earlier$/m);
    expect({ asked, text: readFileSync(path('mixed', file), 'utf8') }).toEqual(before);
  });

  it('prints what goes before the recipe, and refuses another recipe in the directory before it asks', async () => {
    const before = asked;
    const { exitCode, stderr } = await run('mixed', '--count', '7', '--set', 'respond.temperature=0.5');
    expect(exitCode).toBe(2);
    const lines = stderr.trim().split('\n');
    expect(lines.slice(0, 2)).toEqual([
      "Instead of the recipe's: instruct.count: 6 → 7",
      "Instead of the recipe's: respond.temperature: absent → 0.5",
    ]);
    expect(lines[2]).toMatch(
      /^Cannot continue .*stage "instruct" was started with another configuration \(was → now: instruct\.count: 6 → 7\)/,
    );
    expect(asked).toBe(before);
  });

  it.each([
    [['--set', 'instruct.cuont=3'], /instruct\.cuont: unknown key \(nearest: count\)/],
    [
      ['--set', 'models.solutions=openai:none', '--budget-usd', '1'],
      /^Cannot keep --budget-usd: the price of openai:none is unknown/,
    ],
    [['--probe'], /^Cannot use --probe alone/],
    [['--cache', '--no-cache'], /^Cannot use --cache and --no-cache together/],
  ])('refuses %j in one line', async (words, message) => {
    const { exitCode, stderr } = await run('bad', ...words);
    expect(exitCode).toBe(2);
    expect(stderr.trim().split('\n').at(-1)).toMatch(message);
    expect(existsSync(path('bad'))).toBe(false);
  });
});
