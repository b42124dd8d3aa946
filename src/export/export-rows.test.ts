import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { InputError, StorageError } from '../errors.js';
import { chooseThinking } from '../prompts/keep-thinking.js';
import { leaveRows } from '../runs/__fixtures__/leave-rows.js';
import { listArtifacts } from '../runs/artifacts.js';
import { exportPreference, exportSft } from './export-rows.js';
import { readPreferenceRows, readSftRows } from './read-run-rows.js';
import { toPreference } from './to-preference.js';
import { toSft } from './to-sft.js';

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'export-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const grown = { id: 'a', query: 'What is 3 + 4?', response: 'It is 7.', type: 'GSM_SV', original_question: 'Sum?' };
const drawn = { id: 0, instruction: 'What is 3 + 4?', response: 'It is 7.' };
const pair = { id: 1, instruction: 'What is 3 + 4?', preferred_response: 'It is 7.', rejected_response: 'It is 8.' };

describe('toSft(row)', () => {
  const messages = [
    { role: 'user', content: 'What is 3 + 4?' },
    { role: 'assistant', content: 'It is 7.' },
  ];
  it.each([
    [grown, 'messages' as const, { messages }],
    [drawn, 'messages' as const, { messages }],
    [grown, 'metamathqa' as const, { ...grown, id: undefined, response: 'It is 7.\nThe answer is: 7' }],
    [
      drawn,
      'metamathqa' as const,
      {
        query: drawn.instruction,
        response: 'It is 7.\nThe answer is: 7',
        type: 'Magpie',
        original_question: drawn.instruction,
      },
    ],
  ])('%j becomes %s', (row, shape, expected) => {
    expect(toSft(row, { shape })).toEqual(expected);
  });

  it.each([
    [{ ...grown, response: null }, '"a": it has no response'],
    [{ ...grown, response: ' ' }, '"a": it has no response'],
    [{ id: 3, response: 'It is 7.' }, '3: it has no question'],
  ])('refuses %j', (row, message) => {
    expect(() => toSft(row, { shape: 'messages' })).toThrow(message);
  });
});

describe('toPreference(row)', () => {
  it('becomes messages and scores', () => {
    expect(toPreference({ ...pair, preferred_quality: 0.9, rejected_quality: 0.2 })).toEqual({
      prompt: [{ role: 'user', content: 'What is 3 + 4?' }],
      chosen: [{ role: 'assistant', content: 'It is 7.' }],
      rejected: [{ role: 'assistant', content: 'It is 8.' }],
      score_chosen: 0.9,
      score_rejected: 0.2,
    });
  });

  it.each([
    [{ ...pair, rejected_response: 'It is 7.' }, 'same text'],
    [{ ...pair, rejected_response: '' }, 'a text is missing'],
  ])('refuses %j', (row, message) => {
    expect(() => toPreference(row)).toThrow(message);
  });
});

describe('toSft(row, metamathqa)', () => {
  it.each([
    ['3 + 4 = 7.\nThe answer is \\boxed{7}.', '7', '3 + 4 = 7.\nThe answer is: 7'],
    ['3 + 4 = 7.\n#### 7', undefined, '3 + 4 = 7.\nThe answer is: 7'],
    ['3 + 4 = \\boxed{7}.', '7', '3 + 4 = \\boxed{7}.\nThe answer is: 7'],
    ['3 + 4 = 7.\n#### 7\nThe answer is: 7', '7', '3 + 4 = 7.\n#### 7\nThe answer is: 7'],
    ['\\boxed{7}', '7', '\\boxed{7}\nThe answer is: 7'],
    ['Nobody knows that, nor will they.', null, 'Nobody knows that, nor will they.'],
  ])('%j with the answer %j ends in MetaMath’s form: %j', (response, extracted, expected) => {
    const row = { query: 'What is 3 + 4?', response, ...(extracted === undefined ? {} : { extracted }) };
    expect(toSft(row, { shape: 'metamathqa' }).response).toBe(expected);
    expect(toSft(row, { shape: 'messages' }).messages[1].content).toBe(response);
  });
});

describe('exportSft() and exportPreference()', () => {
  it('write one line a row and a card that counts them', async () => {
    const file = join(directory, 'train.jsonl');
    const rows = [grown, { ...grown, type: 'GSM_AnsAug', model: 'poc|ket', rule: 'number' }, grown];
    const result = await exportSft({ rows, file, card: { licence: 'mit', made: 'mathpie augment' } });
    const card = join(directory, 'README.md');
    expect(result).toMatchObject({ file, rows: 3, card, licence: { name: 'mit' }, contaminated: 0, broken: 0 });
    expect((await readFile(file, 'utf8')).trim().split('\n')).toHaveLength(3);
    const text = await readFile(card, 'utf8');
    for (const line of [
      'license: "mit"',
      '| GSM_SV | 2 |',
      '| GSM_AnsAug | 1 |',
      '| poc ket | 1 | not recorded |',
      'number (1)',
    ]) {
      expect(text).toContain(line);
    }
    expect((await readdir(directory)).sort()).toEqual(['README.md', 'train.jsonl', 'train.jsonl.export.json']);
  });

  it('leave out rows with a broken line of work where they are asked to, and say so on the card', async () => {
    const file = join(directory, 'train.jsonl');
    const broken = { ...grown, id: 'b', response: '3 + 4 = 8, so it is 7.' };
    const counted = { ...grown, id: 'c', brokenSteps: 2 };
    const rows = [grown, broken, counted];
    expect(await exportSft({ rows, file })).toMatchObject({ rows: 3, broken: 0 });
    const made = await exportSft({ rows, file, dropBrokenSteps: true });
    expect(made).toMatchObject({ rows: 1, broken: 2 });
    expect(await readFile(made.card, 'utf8')).toContain('Left out because a line of their work is broken: 2');
    const pairs = [pair, { ...pair, preferred_response: '3 + 4 = 8. It is 7.' }];
    expect(await exportPreference({ rows: pairs, file, dropBrokenSteps: true })).toMatchObject({ rows: 1, broken: 1 });
  });

  it('replace their own card and leave a README of somebody else alone', async () => {
    const file = join(directory, 'train.jsonl');
    await exportPreference({ rows: [pair], file });
    expect((await exportPreference({ rows: [pair, pair], file })).card).toBe(join(directory, 'README.md'));
    expect(await readFile(join(directory, 'README.md'), 'utf8')).toContain('2 rows');
    await writeFile(join(directory, 'README.md'), '# Mine');
    expect((await exportPreference({ rows: [pair], file })).card).toBe(join(directory, 'train.jsonl.README.md'));
    expect(await readFile(join(directory, 'README.md'), 'utf8')).toBe('# Mine');
  });

  it('leave the earlier file as it was when a row is bad', async () => {
    const file = join(directory, 'train.jsonl');
    await exportSft({ rows: [grown], file });
    const work = exportSft({ rows: [grown, { ...grown, response: null }], file });
    await expect(work).rejects.toThrow(InputError);
    expect((await readFile(file, 'utf8')).trim().split('\n')).toHaveLength(1);
    expect((await readdir(directory)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('make the folder, and write many rows whole', async () => {
    const file = join(directory, 'new', 'train.jsonl');
    const text = 'é'.repeat(1000);
    await exportSft({ rows: Array.from({ length: 900 }, () => ({ ...grown, response: text })), file });
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).messages[1].content === text)).toEqual(Array(900).fill(true));
  });

  it('name the file that cannot be written', async () => {
    await writeFile(join(directory, 'taken'), '');
    const work = exportSft({ rows: [grown], file: join(directory, 'taken', 'train.jsonl') });
    await expect(work).rejects.toThrow(StorageError);
    await expect(work).rejects.toThrow('train.jsonl');
  });
});

describe('readSftRows(directory) and readPreferenceRows(directory)', () => {
  const collect = async (rows: AsyncIterable<object>) => {
    const all: object[] = [];
    for await (const row of rows) all.push(row);
    return all;
  };

  it('take kept rows, else solutions as the last step left them, less those that most candidates contradict', async () => {
    await expect(collect(readSftRows(directory))).rejects.toThrow('no finished step left solutions');
    await leaveRows(directory, { stage: 'respond', rows: { solutions: [drawn, { ...drawn, id: 1, response: null }] } });
    expect(await collect(readSftRows(directory))).toMatchObject([drawn]);
    const verdict = { id: 0, verdict: 'pair', reason: null, majority_answer: '8', majority_share: 0.75 };
    await leaveRows(directory, { stage: 'rank', rows: { verdicts: [verdict] } });
    expect(await collect(readSftRows(directory))).toEqual([]);
    await leaveRows(directory, { stage: 'deduplicate', rows: { solutions: [] } });
    expect(await collect(readSftRows(directory))).toEqual([]);
    await leaveRows(directory, { stage: 'augment', rows: { kept: [grown] } });
    expect(await collect(readSftRows(directory))).toEqual([grown]);
  });

  it('take pairs of problems that later steps left in, or say that rank has to run', async () => {
    await expect(readPreferenceRows(directory)).rejects.toThrow('no finished step left pairs');
    await leaveRows(directory, { stage: 'rank', rows: { pairs: [pair, { ...pair, id: 7 }] } });
    expect(await readPreferenceRows(directory)).toHaveLength(2);
    await leaveRows(directory, { stage: 'filter', rows: { solutions: [{ ...drawn, id: pair.id }] } });
    expect(await readPreferenceRows(directory)).toEqual([pair]);
  });

  it('name a file that was cut, and never take an older one in its place', async () => {
    await leaveRows(directory, { stage: 'respond', rows: { solutions: [drawn] } });
    await leaveRows(directory, { stage: 'filter', rows: { solutions: [drawn, drawn] } });
    const [, { file = '' } = {}] = await listArtifacts(directory);
    await truncate(join(directory, file), 40);
    const work = collect(readSftRows(directory));
    await expect(work).rejects.toThrow(InputError);
    await expect(work).rejects.toThrow(`${file}: it is damaged, or was changed after filter wrote it`);
  });

  it('name a manifest that is no JSON', async () => {
    await writeFile(join(directory, 'manifest.json'), '{"finished": ');
    await expect(collect(readSftRows(directory))).rejects.toThrow('manifest.json: it is damaged');
  });
});

describe('an export of rows with thoughts', () => {
  const thought = { ...grown, thinking: '3 and 4 more' };
  const thoughtPair = { ...pair, preferred_thinking: '3 and 4', rejected_thinking: '3 and 5' };
  const readRows = async (file: string): Promise<unknown[]> =>
    (await readFile(file, 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));

  it.each([
    ['drop' as const, undefined, { content: 'It is 7.' }, 'What models thought (1 row): left out'],
    [
      'keep' as const,
      undefined,
      { content: '<think>\n3 and 4 more\n</think>\n\nIt is 7.' },
      'What models thought (1 row): written in front of the response, in the marks of the family `think`',
    ],
    [
      'keep' as const,
      'openai/gpt-oss-20b',
      { content: 'It is 7.', thinking: '3 and 4 more' },
      'in the marks of the family `harmony`',
    ],
  ])('%s for %s', async (thinking, target, turn, line) => {
    const file = join(directory, 'sft.jsonl');
    const { card } = await exportSft({ rows: [thought], file, thinking: chooseThinking({ thinking, target }) });
    expect(await readRows(file)).toEqual([
      {
        messages: [
          { role: 'user', content: grown.query },
          { role: 'assistant', ...turn },
        ],
      },
    ]);
    expect(await readFile(card, 'utf8')).toContain(line);
  });

  it('MetaMathQA’s fields end in the answer, behind the thought', () => {
    const thinking = chooseThinking({ thinking: 'keep' });
    expect(toSft(thought, { shape: 'metamathqa', thinking }).response).toBe(
      '<think>\n3 and 4 more\n</think>\n\nIt is 7.\nThe answer is: 7',
    );
  });

  it('both sides of a pair keep theirs', async () => {
    const file = join(directory, 'pairs.jsonl');
    await exportPreference({ rows: [thoughtPair], file, thinking: chooseThinking({ thinking: 'keep' }) });
    expect(await readRows(file)).toMatchObject([
      {
        chosen: [{ content: '<think>\n3 and 4\n</think>\n\nIt is 7.' }],
        rejected: [{ content: '<think>\n3 and 5\n</think>\n\nIt is 8.' }],
      },
    ]);
  });
});
