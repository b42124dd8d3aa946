import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPreferenceRows, readSftRows } from '../export/read-run-rows.js';
import { runInProcess as mathpie } from './__fixtures__/run-in-process.js';

const root = mkdtempSync(join(tmpdir(), 'mathpie-changed-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const at = (...names: readonly string[]): string => join(root, ...names);

async function done(...words: readonly string[]) {
  const result = await mathpie(...words);
  expect(result.exitCode, `${words.join(' ')}\n${result.stderr}`).toBe(0);
  return result;
}

const rows = (file: string): { instruction: string }[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));

/** The problems that a run drew, as a test set of so many of them. */
function testsOf(run: string, count: number): string {
  const name = readdirSync(at(run)).find((each) => each.endsWith('_ins.json')) ?? '';
  const drawn: { instruction: string }[] = JSON.parse(readFileSync(at(run, name), 'utf8'));
  return drawn
    .slice(0, count)
    .map(({ instruction }) => `${JSON.stringify({ question: instruction })}\n`)
    .join('');
}

describe('rows that something was made of, and that have changed since', { timeout: 300_000 }, () => {
  const recipe = (tests: string) => ({
    name: 'changed',
    version: 1,
    description: 'For tests.',
    seed: 5,
    models: { problems: 'pocket' },
    instruct: { count: 10, maxTokens: 200 },
    respond: { maxTokens: 300 },
    'leave-out-tests': { tests: [tests] },
    filter: { keep: ['id >= 0'] },
    'export-sft': {},
  });
  const run = (name: string) => done('run-recipe', '--recipe', at('recipe.json'), '--run', at(name));

  beforeAll(async () => {
    writeFileSync(at('tests.jsonl'), '{"question":"Nothing like it?"}\n');
    writeFileSync(at('recipe.json'), JSON.stringify(recipe(at('tests.jsonl'))));
    await run('run');
    await done('magpie', 'instruct', '--model', 'pocket', '--count', '10', '--seed', '9', '--run', at('other'));
    await done('magpie', 'candidates', '--model', 'pocket', '--repeat', '4', '--run', at('other'));
  }, 300_000);

  it('a recipe does its steps again where a file has changed that one of them names', async () => {
    const before = rows(at('run', 'sft.jsonl')).length;
    writeFileSync(at('tests.jsonl'), testsOf('run', 4));
    const { stderr } = await run('run');
    expect(stderr).not.toMatch(/leave-out-tests.*finished earlier/);
    const after = rows(at('run', 'sft.jsonl')).length;
    expect(before - after).toBeGreaterThanOrEqual(3);
    expect((await run('run')).stderr).toMatch(/export-sft.*finished earlier/);
  });

  it('an export refuses rows that are older than what they were made of, and names the command to repeat', async () => {
    writeFileSync(at('tests.jsonl'), testsOf('run', 6));
    await done('magpie', 'leave-out-tests', '--test', at('tests.jsonl'), '--run', at('run'));
    const out = ['--run', at('run'), '--out', at('set.jsonl')];
    const refused = await mathpie('export', 'sft', ...out);
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toMatch(/made anew since; repeat mathpie magpie filter --keep 'id >= 0'/);
    await expect(readSftRows(at('run')).next()).rejects.toThrow('made anew since');

    await done('magpie', 'filter', '--keep', 'id >= 0', '--run', at('run'));
    await done('export', 'sft', ...out);
    const questions = testsOf('run', 6);
    for (const { instruction } of rows(at('set.jsonl')).map((row) => ({ instruction: JSON.stringify(row) }))) {
      const asked = JSON.parse(instruction).messages[0].content;
      expect(questions.includes(JSON.stringify(asked))).toBe(false);
    }
  });

  it('a card or a note that is gone is made again, and a card with another title; nobody is asked', async () => {
    await run('cards');
    const card = readFileSync(at('cards', 'README.md'), 'utf8');
    const records = readFileSync(at('cards', 'records.jsonl'), 'utf8');
    for (const file of ['README.md', 'sft.jsonl.export.json']) {
      rmSync(at('cards', file));
      await run('cards');
      expect(readdirSync(at('cards'))).toContain(file);
    }
    expect(readFileSync(at('cards', 'README.md'), 'utf8')).toBe(card);
    await done('run-recipe', '--recipe', at('recipe.json'), '--run', at('cards'), '--set', 'export-sft.title=Another');
    expect(readFileSync(at('cards', 'README.md'), 'utf8')).toContain('# Another\n');
    expect(readFileSync(at('cards', 'records.jsonl'), 'utf8')).toBe(records);
  });

  it.each(['sft.jsonl', 'recipe.json'])('a directory that holds somebody’s %s is no new run', async (file) => {
    mkdirSync(at(`others-${file}`));
    writeFileSync(at(`others-${file}`, file), 'mine');
    for (const more of [[], ['--dry-run']]) {
      const words = ['run-recipe', '--recipe', at('recipe.json'), '--run', at(`others-${file}`), ...more];
      const { exitCode, stderr } = await mathpie(...words);
      expect([exitCode, stderr.trim().split('\n').at(-1)]).toEqual([
        2,
        expect.stringMatching(/is there already, and no run wrote it; move it, or choose another run directory/),
      ]);
    }
    expect(readFileSync(at(`others-${file}`, file), 'utf8')).toBe('mine');
  });

  it('verdicts and pairs of another run say nothing of problems with the same ids', async () => {
    const before = rows(at('set.jsonl')).length;
    const name = readdirSync(at('other')).find((each) => /_4res\.json$/.test(each)) ?? '';
    await done('magpie', 'rank', '--no-judge', '--data', at('other', name), '--run', at('run'));
    await done('export', 'sft', '--run', at('run'), '--out', at('again.jsonl'));
    expect(rows(at('again.jsonl')).length).toBe(before);
    expect(await readPreferenceRows(at('run'))).toEqual([]);
  });

  it('a file that is not there is named before anything is asked', async () => {
    const absent = at('absent.jsonl');
    writeFileSync(at('absent.json'), JSON.stringify(recipe(absent)));
    const words = ['run-recipe', '--recipe', at('absent.json'), '--run', at('absent')];
    for (const more of [[], ['--dry-run']]) {
      const { exitCode, stderr } = await mathpie(...words, ...more);
      expect(exitCode).toBe(2);
      expect(stderr).toContain(`${absent}: no such file; check the path of leave-out-tests.tests`);
      expect(stderr).not.toContain('respond');
    }
  });

  it.each([
    [['magpie', 'tag', '--type', 'ns', '--run', at('run')], /run holds no file of the type "ns"/],
    [['magpie', 'tag', '--graded', at('other'), '--run', at('run')], /other: it holds no finished evaluation/],
    [['magpie', 'tag', '--type', 'nope', '--run', at('run')], /run holds no file of the type "nope"; the types are/],
    [
      ['export', 'dpo', '--run', at('other'), '--out', at('no.jsonl')],
      /no finished step left pairs in .*; run magpie rank there$/m,
    ],
    [
      ['export', 'sft', '--run', at('run'), '--out', at('run', 'records.jsonl')],
      /is a file of the run in .*; choose another name/,
    ],
  ])('%j is refused in one line', async (words, line) => {
    const { exitCode, stderr } = await mathpie(...words);
    expect(exitCode).toBe(2);
    expect(stderr.trim()).toMatch(line);
    expect(stderr.trim().split('\n').length).toBe(1);
  });

  it('a set of solutions beside grown rows says what it passes over, and is made where it is asked for', async () => {
    const grow = ['--technique', 'answers', '--model', 'pocket', '--data', 'pocket:3', '--run', at('run')];
    await done('augment', ...grow);
    const words = ['export', 'sft', '--run', at('run'), '--out', at('both.jsonl')];
    expect((await done(...words)).stderr).toMatch(
      /Passed over the \d+ solutions of magpie respond: .*--rows chooses solutions/,
    );
    await done(...words, '--rows', 'solutions');
    expect(rows(at('both.jsonl')).length).toBeGreaterThan(0);
    const { stderr } = await mathpie('export', 'sft', '--run', at('other'), '--out', at('no.jsonl'), '--rows', 'grown');
    expect(stderr).toMatch(/no finished step left grown rows there; leave --rows out/);
  });

  it('a finished evaluation is compared by another grader, and nobody is asked again', async () => {
    const words = ['evaluate', '--model', 'pocket', '--data', 'pocket:3', '--run', at('evaluated')];
    await done(...words);
    const records = readFileSync(at('evaluated', 'records.jsonl'), 'utf8');
    await done(...words, '--compare', 'strict');
    expect(readFileSync(at('evaluated', 'records.jsonl'), 'utf8')).toBe(records);
    expect(readdirSync(at('evaluated'))).toContain('disagreements.jsonl');
  });

  it('a ranking by a judge names the file of its pairs', async () => {
    const { stdout } = await done('magpie', 'rank', '--model', 'pocket', '--run', at('other'));
    expect(JSON.parse(stdout).file).toMatch(/_Align\.json$/);
  });

  it('a model that settings leave without work is said not to be asked', async () => {
    await done('magpie', 'score', '--by', 'agreement', '--run', at('other'));
    const { stderr } = await done('magpie', 'rank', '--model', 'pocket', '--run', at('other'));
    expect(stderr).toContain('pocket is not asked: rank asks nobody with these settings');
  });

  it('a recipe asks again for what failed, and fails where it made nothing', async () => {
    const augment = { q: { technique: 'answers', data: 'pocket:2', maxTokens: 5 } };
    const { name, version, description } = recipe('');
    writeFileSync(
      at('cut.json'),
      JSON.stringify({ name, version, description, models: { answers: 'pocket' }, augment }),
    );
    const words = ['run-recipe', '--recipe', at('cut.json'), '--run', at('cut')];
    for (const [more, records] of [
      [[], 2],
      [[], 2],
      [['--set', 'augment.q.retryFailed=true'], 4],
    ] as const) {
      const { exitCode, stdout, stderr } = await mathpie(...words, ...more);
      expect([exitCode, stderr.trim().split('\n').at(-1)]).toEqual([
        1,
        'Nothing was made: augment-q has none of 2 answers left (length 2)',
      ]);
      expect(JSON.parse(stdout).spent.completions).toBe(records);
    }
  });
});
