import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deduplicateRows, readNeighbors } from './choose/deduplicate-rows.js';
import { concatenateFiles } from './rows/concatenate-files.js';
import { readMagpieRows } from './rows/read-magpie-rows.js';
import { rowTexts } from './rows/row-texts.js';
import { readTag } from './rows/tag-values.js';
import { toDpoRow } from './rows/to-dpo-row.js';
import { toShareGpt } from './rows/to-sharegpt.js';
import { fromUpstreamCandidates } from './rows/upstream-candidates.js';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rows-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const write = async (name: string, content: unknown): Promise<string> => {
  const file = join(folder, name);
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  return file;
};
const collect = async <Row>(rows: AsyncIterable<Row>): Promise<Row[]> => {
  const all: Row[] = [];
  for await (const row of rows) all.push(row);
  return all;
};

const rows = [
  { id: 0, instruction: 'Add 3 and 4 for the old baker on the hill.', response: 'It is 7.' },
  { id: 1, instruction: 'add 3 and 4 for the old baker on the hill', response: '' },
  { id: 2, instruction: 'Add 3 and 5 for the old baker on the hill.', response: null },
];

describe('readMagpieRows(file)', () => {
  it('reads arrays and JSON lines, ours and ShareGPT', async () => {
    const lines = [{ conversation_id: 'x_0', conversations: [{ from: 'human', value: 'Add 1 and 2.' }] }];
    const files = [
      await write('a.json', rows),
      await write('b.jsonl', lines.map((line) => JSON.stringify(line)).join('\n')),
    ];
    expect(await collect(readMagpieRows(files[0] ?? ''))).toEqual(rows);
    expect(await collect(readMagpieRows(files[1] ?? ''))).toEqual(lines);
  });

  it.each([
    ['GSM8K', { question: 'A?', answer: 'So 4.\n#### 4' }, 'A?', 'So 4.\n#### 4'],
    ['ours', { id: 'p1', question: 'A?', answer: '4', solution: 'So 4.' }, 'A?', 'So 4.'],
    ['MATH', { problem: 'A?', solution: '\\boxed{4}', level: 'Level 1', type: 'Algebra' }, 'A?', '\\boxed{4}'],
    ['MetaMathQA', { query: 'A?', response: 'The answer is: 4', type: 'GSM_AnsAug' }, 'A?', 'The answer is: 4'],
    ['MetaMath’s evaluation files', { idx: 0, instruction: 'A?', output: '\\boxed{4}' }, 'A?', '\\boxed{4}'],
    ['Alpaca', { instruction: 'Solve:', input: 'A?', output: '4' }, 'Solve:\nA?', '4'],
    ['graded rows', { problem: 'p1', question: 'A?', response: '4', correct: true }, 'A?', '4'],
    [
      'messages',
      {
        messages: [
          { role: 'user', content: 'A?' },
          { role: 'assistant', content: '4' },
        ],
      },
      'A?',
      '4',
    ],
    ['preference rows', { prompt: 'A?', chosen: '4', rejected: '5' }, 'A?', undefined],
  ])('reads the problem and the solution of %s', async (_, row, instruction, response) => {
    const [read] = await collect(readMagpieRows(await write('plain.json', JSON.stringify([row]))));
    expect(read).toEqual(row);
    expect(rowTexts(read ?? {})).toEqual({ instruction, response });
  });

  it.each([
    ['cut in a row', '[{"instruction": "a"}, {"instruction": "b', /row 2: not JSON .*may have been cut/],
    [
      'cut between two rows',
      '[{"instruction": "a"},\n',
      /row 2: not JSON \(starts with "end of the file, where \] is missing"\); the file may have been cut/,
    ],
    ['of another kind', '[{"text": "a"}]', /row 1: it holds no problem, under none of instruction, conversations, /],
    ['empty', '[]', /it holds no row/],
  ])('refuses a file that is %s', async (_, content, message) => {
    await expect(collect(readMagpieRows(await write('cut.json', content)))).rejects.toThrow(message);
  });
});

describe('deduplicateRows(rows)', () => {
  it('keeps the first of its kind, and all numbers that differ', () => {
    const result = deduplicateRows(rows);
    expect(result.rows.map(({ id }) => id)).toEqual([0, 2]);
    expect(result).toMatchObject({ total: 3, repeated: { exact: 1, near: 0, embedding: 0 } });
  });

  it('only marks where it is asked to', () => {
    const { rows: marked } = deduplicateRows(rows, { isMarking: true });
    expect(marked[1]).toMatchObject({ id: 1, duplicate_of: 0, duplicate_kind: 'exact' });
    expect(marked).toHaveLength(3);
  });

  const neighbor = (id: number, distance: number, nearest: number, first: number | null) => ({
    id,
    min_neighbor_distance: distance,
    nearest_id: nearest,
    repeat_count: first === null ? 0 : 1,
    min_similar_conversation_id: first,
  });
  const far = [5, 6, 7].map((id) => ({ id, instruction: `Problem number ${id} of quite other words than ${id * 7}.` }));

  it.each([
    ['Magpie’s mark', undefined, [5, 7]],
    ['a larger distance of one’s own', 0.5, [5]],
    ['a smaller one', 0.001, [5, 6, 7]],
  ])('leaves out near rows by %s, with the neighbour fields', async (_, distance, expected) => {
    const lines = [neighbor(5, 0.01, 6, 5), neighbor(6, 0.01, 5, 5), neighbor(7, 0.3, 5, null)];
    await write('neighbors.jsonl', lines.map((line) => JSON.stringify(line)).join('\n'));
    const result = deduplicateRows(far, { neighbors: await readNeighbors(folder), distance });
    expect(result.rows.map(({ id }) => id)).toEqual(expected);
    expect(result.repeated.embedding).toBe(3 - expected.length);
    expect(result.rows[0]).toMatchObject({
      min_neighbor_distance: 0.01,
      repeat_count: 1,
      min_similar_conversation_id: 5,
    });
  });

  it('names a row that was never embedded', () => {
    expect(() => deduplicateRows(far, { neighbors: new Map() })).toThrow('the row 5 has none');
  });
});

describe('toShareGpt(row)', () => {
  it('has Magpie’s fields, further turns and tags by their lists', () => {
    const bad: string[] = [];
    const row = {
      ...rows[0],
      pre_query_template: '<|user|>',
      gen_input_configs: { temperature: 1 },
      instruction_2: 'And 5?',
      response_2: 'It is 12.',
      instruction_3: 'And 6?',
      response_3: '',
      task_category: 'Other',
      difficulty: 'Medium',
      input_quality: 'superb',
      knowledge: 'sums',
    };
    expect(toShareGpt(row, { conversationId: 'M_7', onBadTag: (field) => bad.push(field) })).toMatchObject({
      conversation_id: 'M_7',
      instruction: rows[0]?.instruction,
      conversations: [
        { from: 'human', value: rows[0]?.instruction },
        { from: 'gpt', value: 'It is 7.' },
        { from: 'human', value: 'And 5?' },
        { from: 'gpt', value: 'It is 12.' },
      ],
      gen_input_configs: { temperature: 1, pre_query_template: '<|user|>' },
      task_category: 'Others',
      difficulty: 'medium',
      input_quality: null,
      knowledge: 'sums',
    });
    expect(bad).toEqual(['input_quality']);
  });

  it.each([
    [{ instruction: ' ', response: 'x' }, 'no instruction'],
    [rows[1], 'no response'],
    [rows[2], 'no response'],
  ])('%j is none: %s', (row, reason) => {
    expect(toShareGpt(row ?? {}, { conversationId: '' })).toBe(reason);
  });

  it.each([
    ['task_category', 'Others', 'Others'],
    ['task_category', 'other', 'Others'],
    ['difficulty', 'impossible', null],
    ['input_quality', 3, null],
  ] as const)('reads the tag %s %j as %j', (field, value, expected) => {
    expect(readTag(field, value)).toBe(expected);
  });
});

describe('toDpoRow(row)', () => {
  const pair = { instruction: 'Add 3 and 4.', preferred_response: 'It is 7.', rejected_response: 'It is 8.' };
  it('holds both sides as whole conversations and invents no score', () => {
    expect(toDpoRow(pair)).toEqual({
      prompt: 'Add 3 and 4.',
      chosen: [
        { role: 'user', content: 'Add 3 and 4.' },
        { role: 'assistant', content: 'It is 7.' },
      ],
      rejected: [
        { role: 'user', content: 'Add 3 and 4.' },
        { role: 'assistant', content: 'It is 8.' },
      ],
      score_chosen: null,
      score_rejected: null,
    });
  });
  it.each([
    [{ ...pair, rejected_response: '' }, 'no pair'],
    [{ ...pair, rejected_response: 'It is 7. ' }, 'same texts'],
  ])('%j is none: %s', (row, reason) => expect(toDpoRow(row)).toBe(reason));
});

describe('concatenateFiles({files})', () => {
  it('numbers conversations over all files and counts what it drops', async () => {
    const files = [await write('a.json', rows), await write('b.json', [rows[0]])];
    const { rows: joined, counts } = concatenateFiles({ files, idPrefix: 'Pocket', startId: 100 });
    const made = (await collect(joined)) as { conversation_id: string }[];
    expect(made.map((row) => row.conversation_id)).toEqual(['Pocket_100', 'Pocket_101']);
    expect(counts()).toMatchObject({ written: 2, dropped: { 'no response': 2 }, generators: { unknown: 2 } });
    expect(Object.values(counts().files)).toEqual([1, 1]);
  });
});

const shared = fileURLToPath(
  new URL('../../../shared/data/magpie/qwen2.5-3b-seven-responses-armorm.json', import.meta.url),
);

describe.skipIf(!existsSync(shared))('a file of the original', () => {
  it('opens: 200 rows, seven candidates each with the answer taken from it and its own reward', async () => {
    const opened = await collect(readMagpieRows(shared));
    const made = opened.map((row, index) => fromUpstreamCandidates(row, { place: index + 1 }));
    const file = JSON.parse(await readFile(shared, 'utf8'));
    expect(made).toHaveLength(200);
    expect(made.every(({ candidates, failed_candidates }) => candidates.length + failed_candidates.length === 7)).toBe(
      true,
    );
    expect(made.map(({ rewards }) => rewards?.[0])).toEqual(
      file.map((row: { rewards_armorm: { score: number }[] }) => row.rewards_armorm[0]?.score),
    );
    expect(
      made.flatMap(({ candidates }) => candidates).filter(({ extracted }) => extracted !== null).length,
    ).toBeGreaterThan(700);
    expect(made[0]?.gen_input_configs).toMatchObject({ input_generator: 'Qwen/Qwen2.5-3B-Instruct', seed: null });
  });

  it('is deduplicated and made into conversations, which have no response here', async () => {
    const opened = await collect(readMagpieRows(shared));
    const { rows: distinct, repeated } = deduplicateRows(opened);
    expect(distinct.length + repeated.exact + repeated.near).toBe(200);
    const { rows: joined, counts } = concatenateFiles({ files: [shared] });
    expect(await collect(joined)).toEqual([]);
    expect(counts().dropped).toEqual({ 'no response': 199, 'no instruction': 1 });
  });
});
