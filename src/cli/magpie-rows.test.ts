import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { withRun } from '../runs/with-run.js';
import { runInProcess as mathpie } from './__fixtures__/run-in-process.js';

const directory = mkdtempSync(join(tmpdir(), 'mathpie-rows-'));
afterAll(() => rmSync(directory, { recursive: true }));
const path = (name: string): string => join(directory, name);

const rows = [
  { id: 0, instruction: 'Add 3 and 4 for the old baker.', response: 'It is 7.', extracted: '7' },
  { id: 1, instruction: 'Add 3 and 4 for the OLD baker', response: 'It is 8.', extracted: '8' },
  { id: 2, instruction: 'Add 3 and 5 for the old baker:', response: null, extracted: null },
];

describe('mathpie magpie template', () => {
  it.each([
    ['pocket', [/^Derived from .*pocket\.gguf: "<\|user\|>"$/m, /model_configs\.json: the same$/m, /<\|end\|> +4$/m]],
    ['Qwen/Qwen2-7B-Instruct', [/Magpie's own table: .*another one from character 12/, /<\|im_start\|> +151644$/m]],
    ['google/gemma-2-9b-it', [/^No system prompt: /m]],
  ])('%s: the derived text, the table’s, where they part, and token ids', async (model, expected) => {
    const { exitCode, stdout, stderr } = await mathpie('magpie', 'template', model);
    expect(exitCode).toBe(0);
    for (const pattern of expected) expect(stderr).toMatch(pattern);
    expect(JSON.parse(stdout)).toMatchObject({ model, faults: [], difference: null });
  });

  it('refuses a template whose special strings are no tokens of the folder’s tokenizer', async () => {
    const folder = path('model');
    mkdirSync(folder);
    const chat_template = "{{ '<｜im_start｜>user\n' + messages[0].content }}";
    const added_tokens_decoder = { 0: { content: '<｜begin▁of▁sentence｜>' }, 1: { content: '<｜User｜>' } };
    writeFileSync(join(folder, 'tokenizer_config.json'), JSON.stringify({ chat_template, added_tokens_decoder }));
    const { exitCode, stderr } = await mathpie('magpie', 'template', folder);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('"<｜im_start｜>" is no token of the vocabulary');
  });

  it.each([
    [['gpt-9'], /^Cannot find a template of gpt-9: neither a folder/],
    [['pocket', '--like', 'gpt-9'], /^Cannot compare with gpt-9/],
  ])('%j is refused', async (words, message) => {
    const { exitCode, stderr } = await mathpie('magpie', 'template', ...words);
    expect([exitCode, stderr]).toEqual([2, expect.stringMatching(message)]);
  });
});

describe('mathpie magpie deduplicate, filter and concatenate', () => {
  it('work on a run directory, one after the other, and leave files named as Magpie names them', async () => {
    const run = path('run');
    const leave = (stage: string, name: string, type: string) =>
      withRun({ directory: run, stage, config: {} }, async (open) => {
        await open.leave({ name, file: `Magpie_pocket_3_9_${type}.json` }, rows);
        await open.finish({});
      });
    await leave('instruct', 'instructions', 'ins');
    await leave('respond', 'solutions', 'ins_res');
    const distinct = await mathpie('magpie', 'deduplicate', '--run', run);
    expect(JSON.parse(distinct.stdout)).toMatchObject({ rows: 3, kept: 2, repeated: { exact: 1, near: 0 } });
    const filtered = await mathpie(
      'magpie',
      'filter',
      '--run',
      run,
      '--require-answer',
      '--keep',
      'colon: not instruction endswith ":"',
    );
    expect(JSON.parse(filtered.stdout)).toMatchObject({
      rows: 2,
      kept: 1,
      rules: [
        { rule: 'colon', kept: 1, dropped: 1, droppedFirst: 1 },
        { rule: 'no-answer', kept: 1, dropped: 1, droppedFirst: 0 },
      ],
    });
    expect(readdirSync(run).filter((name) => name.startsWith('Magpie'))).toEqual([
      'Magpie_pocket_3_9_filtered.json',
      'Magpie_pocket_3_9_ins.json',
      'Magpie_pocket_3_9_ins_res.json',
      'Magpie_pocket_3_9_ins_res_distinct.json',
    ]);
    const out = path('sharegpt.jsonl');
    await mathpie('magpie', 'concatenate', '--data', join(run, 'Magpie_pocket_3_9_filtered.json'), '--out', out);
    expect(JSON.parse(readFileSync(out, 'utf8'))).toMatchObject({
      conversation_id: 'Magpie_0',
      conversations: [{ from: 'human' }, { from: 'gpt', value: 'It is 7.' }],
    });
  });

  it.each([
    [['filter', '--data', 'x.json'], /^Cannot filter without a rule/],
    [
      ['filter', '--keep', 'id == 1'],
      /^Cannot filter: no rows are given; give files by --data, or a run directory by --run$/,
    ],
    [['filter', '--data', 'x.json', '--keep', 'id ~ 1'], /belongs to nothing; put texts into quotes/],
    [
      ['deduplicate', '--run', 'nowhere'],
      /^Cannot deduplicate: no finished step left problems in nowhere; run magpie instruct or respond there/,
    ],
    [['concatenate', '--out', 'y.jsonl'], /^Cannot concatenate nothing/],
  ])('%j is refused in one line', async (words, message) => {
    const { exitCode, stderr } = await mathpie('magpie', ...words);
    expect(exitCode).toBe(2);
    expect(stderr.trimEnd().split('\n')).toEqual([expect.stringMatching(message)]);
  });

  it('deduplicate leaves out what is in a test set, and says which item', async () => {
    const [file, test] = [path('with-tests.json'), path('test.jsonl')];
    const known = 'A baker sells 12 loaves in the morning and twice as many in the afternoon. How many loaves is that?';
    const instructions = ['What is 3 + 4?', `${known} Explain it.`, 'How many legs have five spiders?'];
    writeFileSync(file, JSON.stringify(instructions.map((instruction, id) => ({ id, instruction }))));
    writeFileSync(test, JSON.stringify({ id: 'gsm-7', question: known }));
    const words = ['magpie', 'deduplicate', '--data', file, '--test', test];
    const left = await mathpie(...words);
    expect(
      left.stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).id),
    ).toEqual([0, 2]);
    expect(left.stderr).toContain('1 row was left out: a test set holds the same');
    expect(left.stderr).toContain('row 1, test gsm-7: shares "A baker sells 12 loaves');
    const marked = await mathpie(...words, '--mark');
    const rows = marked.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(rows.map(({ contaminated_by: by = null }) => by)).toEqual([null, 'gsm-7', null]);
  });

  it('a condition on a field that no row has is said to be one', async () => {
    const file = path('fields.json');
    writeFileSync(file, JSON.stringify(rows));
    const words = ['--data', file, '--keep', 'respons != null and length(instruction) > 1', '--preset', 'upstream'];
    const { stderr } = await mathpie('magpie', 'filter', ...words, '--out', path('kept.jsonl'));
    expect(stderr).toContain('No row has the field "respons" (nearest: response): it counts as null');
    expect(stderr).toContain('No row has the field "input_quality"');
    expect(stderr).not.toContain('"instruction"');
  });

  it('an array that was cut leaves nothing behind', async () => {
    const file = path('cut.json');
    writeFileSync(file, JSON.stringify(rows).slice(0, -30));
    const { exitCode, stderr } = await mathpie('magpie', 'concatenate', '--data', file, '--out', path('none.jsonl'));
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/row 3: not JSON .*may have been cut/);
    expect(readdirSync(directory)).not.toContain('none.jsonl');
  });
});
