import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { tellNames } from '../name-setting.js';
import type { StageConfig } from '../runs/run-config.js';
import { withRun } from '../runs/with-run.js';
import { decideLicence, tellLicence } from './decide-licence.js';
import { exportPreference, exportSft } from './export-rows.js';
import { sizeCategory } from './front-matter.js';

let directory = '';
let file = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'card-'));
  file = join(directory, 'train.jsonl');
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const drawn = {
  id: 0,
  instruction: 'What is 3 + 4?',
  response: 'It is 7.',
  rule: 'boxed',
  gen_input_configs: { input_generator: 'Qwen/Qwen2.5-7B-Instruct' },
  gen_response_configs: { output_generator: 'my/own-model', prompt: 'instruct@2' },
};
const readCard = async (): Promise<string> => readFile(join(directory, 'README.md'), 'utf8');
const frontMatter = (card: string): Record<string, unknown> => parse(/^---\n([\s\S]*?)\n---\n/.exec(card)?.[1] ?? '');

describe('a card of a run directory that somebody else wrote', () => {
  const evil = '0.2\n---\n# Owned <script>alert(1)</script> \u202e\u001b[31m';
  const write = (name: string, value: object) => writeFile(join(directory, name), JSON.stringify(value));

  it('holds none of its markup, lines or marks of direction, and tells to type nothing but mathpie', async () => {
    const stages = { [`respond${evil}`]: { model: evil, setting: { [evil]: evil } }, 'respond-2': { model: 'pocket' } };
    await write('config.json', { mathpie: evil, node: evil, startedAt: evil, seed: evil, stages });
    const finished = (command: readonly string[]) => ({
      finishedAt: evil,
      elapsedMs: 1,
      summary: { command, [evil]: 1 },
    });
    await write('manifest.json', {
      stages: {},
      finished: {
        'respond-2': finished(['rm', '-rf', evil]),
        other: finished(['mathpie', evil]),
      },
      files: {},
    });
    await exportSft({ rows: [drawn], file, run: directory });
    const card = await readCard();
    expect(card).toContain('mathpie 0.2 --- # Owned &lt;script');
    expect(card).not.toMatch(/<script|^# Owned|^---\n# |rm -rf|[\p{Cf}\u202e]/mu);
    expect(card).not.toContain('\u001b');
    expect(frontMatter(card).license).toBe('other');
  });
});

describe('the front matter of a card', () => {
  it('is YAML with the keys that the hub reads', async () => {
    await exportSft({ rows: [drawn], file, card: { licence: 'cc-by-4.0', title: 'Sums: "hard"\n- ones' } });
    expect(frontMatter(await readCard())).toEqual({
      pretty_name: 'Sums: "hard" - ones',
      license: 'cc-by-4.0',
      language: ['en'],
      task_categories: ['text-generation'],
      size_categories: ['n<1K'],
      tags: ['math', 'synthetic', 'mathpie', 'sft'],
      configs: [{ config_name: 'default', data_files: [{ split: 'train', path: 'train.jsonl' }] }],
    });
  });

  it.each([
    [['3 + 4 はいくつですか。'], ['ja']],
    [
      ['3 + 4 はいくつですか。', 'What is 3 + 4?', 'What is 3 + 5?'],
      ['en', 'ja'],
    ],
  ])('names the languages of %j', async (questions, languages) => {
    await exportSft({ rows: questions.map((instruction) => ({ ...drawn, instruction })), file });
    expect(frontMatter(await readCard()).language).toEqual(languages);
  });

  it.each([
    [0, 'n<1K'],
    [999, 'n<1K'],
    [1000, '1K<n<10K'],
    [395_000, '100K<n<1M'],
    [2e8, '100M<n<1B'],
  ])('calls %i rows %s', (rows, name) => {
    expect(sizeCategory(rows)).toBe(name);
  });
});

describe('the licence on a card', () => {
  const story = 'Tamar has 4 rings and buys 29 more. How many rings does Tamar have?';
  const grown = {
    query: story,
    response: 'It is 33.',
    type: 'POCKET_AnsAug',
    original_question: story,
    model: 'pocket',
  };
  const own = { ...grown, original_question: 'How old is Ann?' };
  const qwen = 'Qwen/Qwen2.5-7B-Instruct';
  const by = (author: string, writer: string) => ({
    ...drawn,
    gen_input_configs: { input_generator: author },
    gen_response_configs: { output_generator: writer },
  });
  const pair = { instruction: 'Two and two?', preferred_response: '4', rejected_response: '5', output_generator: qwen };
  const gsm8k = '17f347dc51477c50d4efb83959dbb7c56297aba886e5544ee2aaed3024813465';
  const grownFrom = (sha256: string) => ({ augment: { model: 'pocket', data: 'train.jsonl', sha256 } });

  it.each<[string, object[], object | undefined, string, string]>([
    [
      'the grammar’s problems and pocket',
      [grown],
      undefined,
      'mit',
      'mit. The licence of all that the set was made of.',
    ],
    ['… and student', [grown, { ...grown, model: 'student' }], undefined, 'mit', '| text of student | mit |'],
    ['nothing', [], undefined, 'other', 'Not chosen yet: the set is empty.'],
    ['one model alone', [by(qwen, qwen)], undefined, 'apache-2.0', 'The licence of all that the set was made of.'],
    [
      'models of two licences',
      [by(qwen, 'pocket')],
      undefined,
      'other',
      'what the set was made of has several licences',
    ],
    [
      'a licence with more conditions',
      [by('google/gemma-3-4b-it', 'google/gemma-3-4b-it')],
      undefined,
      'other',
      'asks for more',
    ],
    [
      'a model that is not known',
      [by(qwen, 'my/own-model')],
      undefined,
      'other',
      'the licence of: text of my/own-model.',
    ],
    [
      'a row that names no model',
      [{ ...grown, model: undefined }],
      undefined,
      'other',
      'text of a model that is not recorded',
    ],
    ['problems of nobody knows where', [grown, own], undefined, 'other', 'problems whose source is not recorded'],
    ['a published file', [own], grownFrom(gsm8k), 'mit', '| problems of GSM8K, grade-school word problems'],
    ['a file of one’s own', [own], grownFrom('0'.repeat(64)), 'other', 'the licence of: problems of train.jsonl.'],
    [
      'problems drawn in the run',
      [{ ...drawn, gen_input_configs: null, gen_response_configs: null, model: qwen }],
      { instruct: { model: qwen } },
      'apache-2.0',
      `| text of ${qwen} | apache-2.0 |`,
    ],
  ])('of %s', async (_, rows, stages, licence, told) => {
    const config = { mathpie: '0.1.0', startedAt: '2026-01-01T00:00:00.000Z', seed: 1, stages };
    if (stages !== undefined) await writeFile(join(directory, 'config.json'), JSON.stringify(config));
    const made = await exportSft({ rows, file, ...(stages === undefined ? {} : { run: directory }) });
    const card = await readCard();
    expect(made.licence.name).toBe(licence);
    expect(frontMatter(card).license).toBe(licence);
    expect(card).toContain(told);
  });

  it('is the chosen one whatever it was made of, and the table stays', async () => {
    await exportSft({ rows: [own], file, card: { licence: 'cc-by-4.0' } });
    const card = await readCard();
    expect(frontMatter(card).license).toBe('cc-by-4.0');
    expect(card).toContain('cc-by-4.0. Chosen by the publisher.');
    expect(card).toContain('| problems whose source is not recorded | not recorded |');
  });

  it('of pairs: who drew the problem is told by the run alone', async () => {
    expect((await exportPreference({ rows: [pair], file })).licence).toMatchObject({ name: 'other', why: 'unknown' });
    const config = { mathpie: '0.1.0', startedAt: '', seed: 1, stages: { instruct: { model: qwen } } };
    await writeFile(join(directory, 'config.json'), JSON.stringify(config));
    expect((await exportPreference({ rows: [pair], file, run: directory })).licence.name).toBe('apache-2.0');
  });

  it('is told with its setting where nothing stands on the card', () => {
    const told = (licence: string | undefined, chosen?: string) =>
      tellLicence(decideLicence([{ what: 'text of me', licence, source: '' }], { chosen })).map((line) =>
        tellNames(line, (setting) => `--${setting}`),
      );
    expect(told(undefined)).toEqual([
      'The card says the licence other: not known is that of text of me; choose one by --licence',
    ]);
    expect(told('mit')).toEqual([]);
    expect(tellLicence(decideLicence([], {}))).toEqual([]);
    expect(told(undefined, 'mit')).toEqual([]);
  });
});

describe('a card', () => {
  it('tells models with their licences, fields with types, and an example that cannot end its block', async () => {
    await exportSft({ rows: [{ ...drawn, response: 'It is 7.\n````\n# Not a heading' }], file });
    const card = await readCard();
    expect(card).toContain('| Qwen/Qwen2.5-7B-Instruct | 1 | apache-2.0 | QwenLM/Qwen2.5 README.md');
    expect(card).toContain('| my/own-model | 1 | not recorded |');
    expect(card).toContain('| messages[].content | string | 0 |');
    expect(card).toContain('`````json');
    expect(card).not.toMatch(/^# Not a heading/m);
    expect(card).toContain('Overlap with test sets was not checked.');
  });

  it('tells settings, commands, yields with reasons, agreement and accuracies of a run', async () => {
    const run = await makeRun();
    await exportSft({ rows: [drawn], file, run });
    const card = await readCard();
    for (const text of [
      'mathpie magpie instruct --model pocket --count 2 --seed 1 --run run',
      '| instruct | 3 | 2 | length 1 |',
      '| rank | 2 | 1 | tie 1 |',
      '1 agree, 1 disagree and are left out of sets for fine-tuning, 0 without a majority',
      '| GSM_AnsAug | 50.0 % (1) | 2 | 9.5 – 90.5 % | mathpie, exact first |',
      'Nobody knows the right answers',
    ]) {
      expect(card).toContain(text);
    }
    expect(card).not.toContain('/home/me');
  });

  it('tells what a file of right answers says about pairs', async () => {
    const { checkPairFile } = await import('./check-pair-file.js');
    const truth = join(directory, 'truth.jsonl');
    await writeFile(truth, `${JSON.stringify({ question: 'What is 3 + 4?', answer: '7' })}\n`);
    const pair = {
      id: 0,
      instruction: 'What is 3 + 4?',
      preferred_response: 'It is 7.',
      rejected_response: 'It is 8.',
    };
    const checked = { ...pair, preferred_answer: '7', rejected_answer: '8' };
    const accuracies = await checkPairFile([checked as never], { file: truth });
    await exportPreference({ rows: [pair], file, accuracies });
    expect(await readCard()).toContain('| preferred answer is true | 100.0 % (1) | 1 | 20.7 – 100.0 % |');
  });

  it('leaves out rows that overlap with a test set, and counts them', async () => {
    const test = join(directory, 'test.jsonl');
    const question = 'How many legs do three dogs and one cat have together, all in all?';
    await writeFile(test, `${JSON.stringify({ question })}\n`);
    const result = await exportSft({ rows: [drawn, { ...drawn, instruction: question }], file, tests: [test] });
    expect(result).toMatchObject({ rows: 1, contaminated: 1 });
    const card = await readCard();
    expect(card).toContain('Test set kept apart: `test.jsonl`, 1');
    expect(card).not.toContain('Overlap with test sets was not checked.');
  });

  it('speaks Japanese where it is asked to', async () => {
    await exportSft({ rows: [drawn], file, run: await makeRun(), card: { language: 'ja' } });
    const card = await readCard();
    for (const text of ['## 作り方', '## 歩留まり', '## 既知の欠点', '1 行', '記録なし']) expect(card).toContain(text);
    // Every word of the card is in the catalogue: what is left in English are names and settings.
    expect(card).not.toMatch(/Known defects|How it was made|Overlap with test sets/);
    expect(frontMatter(card).license).toBe('other');
  });
});

async function makeRun(): Promise<string> {
  const run = join(directory, 'run');
  await mkdir(run);
  const json = (name: string, value: unknown): Promise<void> => writeFile(join(run, name), JSON.stringify(value));
  const startedAt = '2026-01-01T00:00:00.000Z';
  await json('config.json', { mathpie: '0.1.0', startedAt, seed: 1, stages: {} });
  const command = ['mathpie', 'magpie', 'instruct', '--model', 'pocket', '--count', '2', '--seed', '1'];
  const counted = (input: number, output: number, lost: object) => ({ counts: { unit: 'texts', input, output, lost } });
  const leave = async (stage: string, config: StageConfig, rows: object, summary: object): Promise<void> =>
    withRun({ directory: run, stage, config }, async (open) => {
      for (const [name, found] of Object.entries(rows)) await open.leave({ name, file: `${name}.json` }, found);
      await open.finish(JSON.parse(JSON.stringify(summary)));
    });
  const secret = '/home/me/secret/data.jsonl';
  await leave(
    'instruct',
    { model: 'pocket', count: 2, data: secret },
    {},
    { ...counted(3, 2, { length: 1 }), command },
  );
  const solutions = [
    { id: 0, instruction: 'a', response: 'b', extracted: '7' },
    { id: 1, instruction: 'c', response: 'd', extracted: '7' },
  ];
  await leave('respond', { model: 'pocket' }, { solutions }, counted(2, 2, {}));
  const verdicts = [0, 1].map((id) => ({
    id,
    verdict: 'pair',
    majority_answer: id === 0 ? '7' : '8',
    majority_share: 1,
  }));
  await leave('rank', { judge: 'pocket', margin: 0.1 }, { verdicts }, counted(2, 1, { tie: 1 }));
  const graded = [true, false].map((equivalent, problem) => ({
    type: 'GSM_AnsAug',
    problem,
    equivalent,
    status: 'kept',
  }));
  await writeFile(join(run, 'graded.jsonl'), graded.map((each) => `${JSON.stringify(each)}\n`).join(''));
  return run;
}
