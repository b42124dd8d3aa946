import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { presetNames } from '../answers/grade/grade-with-preset.js';
import { augment } from '../metamath/augment.js';
import { techniques } from '../metamath/augmented-row.js';
import { serveFile } from '../problems/download/__fixtures__/serve-file.js';
import { formatNames, writtenFormats } from '../problems/formats/dataset-format.js';
import { runInProcess as run } from './__fixtures__/run-in-process.js';
import { convert } from './commands/convert.js';
import { grade } from './commands/grade.js';
import { toOptions } from './declare/to-option.js';
import { datasetOption } from './options/dataset-option.js';

const directory = mkdtempSync(join(tmpdir(), 'mathpie-commands-'));
afterAll(() => rmSync(directory, { recursive: true }));

describe('the words of a flag are those of the function behind it', () => {
  it.each([
    ['grade --preset', grade.options.preset?.valueName, presetNames],
    ['grade --compare', grade.options.compare?.valueName, presetNames],
    ['convert --to', convert.options.to?.valueName, writtenFormats],
    ['--dataset of data', datasetOption.valueName, formatNames],
    ['augment --technique', toOptions(augment.settings).technique?.valueName, [...techniques, 'all']],
  ])('%s', (_, words, known) => {
    expect(words?.split('|')).toEqual(known);
  });
});

describe('mathpie grade', () => {
  it('shows rows that augment made, and takes them for no evaluation', async () => {
    const grown = mkdtempSync(join(directory, 'grown-'));
    const row = {
      id: 'a',
      technique: 'fobar',
      problem: 'p',
      query: 'What is x?',
      gold: '4',
      extracted: '4',
      status: 'kept',
    };
    const rows = [
      { ...row, response: 'x is 4.', equivalent: true },
      { ...row, id: 'b', response: 'x is 5.', extracted: '5', equivalent: false, status: 'wrong' },
      { ...row, id: 'c', response: null, extracted: null, equivalent: null, status: 'failed', reason: 'length' },
    ];
    writeFileSync(join(grown, 'graded.jsonl'), rows.map((each) => `${JSON.stringify(each)}\n`).join(''));
    expect((await run('report', grown)).stderr).toContain('report.html: 2 answers');
    expect(readFileSync(join(grown, 'report.html'), 'utf8')).toContain('What is x?');
    expect((await run('explain', grown)).stderr).toBe(
      `Cannot use ${grown}: it holds rows that mathpie augment made, and no evaluation; look at them with mathpie report ${grown}, or name a run of mathpie evaluate or import\n`,
    );
  });

  it('makes what report opens, beside the answers where no page is named', async () => {
    const file = join(directory, 'mine.jsonl');
    writeFileSync(file, '{"id": "q", "question": "1 + 1?", "gold": "2", "response": "The answer is 2."}\n');
    const graded = join(mkdtempSync(join(directory, 'run-')), 'graded.jsonl');
    expect((await run('grade', file, '--out', graded)).exitCode).toBe(0);
    const page = join(graded, '..', 'report.html');
    expect((await run('report', graded)).stderr).toMatch(new RegExp(`^Wrote ${page}: 1 answer, 0\\.\\d MB; open it`));
    expect(readFileSync(page, 'utf8')).toContain('1 + 1?');
  });

  it('writes a row for each row, in order, and counts on stderr', async () => {
    const file = join(directory, 'answers.jsonl');
    const rows = [
      { id: 'a', gold: '0.5', answer: '\\frac{1}{2}' },
      { gold: '12', response: 'So 3 * 5 = 15. The answer is \\boxed{15}.' },
      { id: 3, gold: '1', answer: null },
    ];
    writeFileSync(file, `${rows.map((row) => JSON.stringify(row)).join('\r\n')}\r\nbad`);
    const { exitCode, stdout, stderr } = await run('grade', file, '--skip-bad');
    expect(stderr.split('\n')).toEqual([
      `Skipped ${file} line 4: it is not JSON`,
      '33.3 % right (1 of 3, 95 % interval 6.1 to 79.2 %), graded by mathpie (1 without an answer, 1 bad line skipped)',
      '  rule                answers  equal',
      '  given/exact-number        1      1',
      '  boxed/exact-number        1      0',
      '  given/no-answer           1      0',
      '',
    ]);
    expect(exitCode).toBe(0);
    const graded = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(graded).toMatchObject([
      { id: 'a', equivalent: true, extracted: '\\frac{1}{2}', rule: expect.any(String), ms: expect.any(Number) },
      { id: 2, equivalent: false, extracted: '15' },
      { id: 3, equivalent: false },
    ]);
  });
});

describe('mathpie grade --policy', () => {
  const file = join(directory, 'percents.jsonl');
  writeFileSync(file, '{"gold": "40%", "answer": "0.4"}\n{"gold": "1, 2", "answer": "2, 1"}\n');

  it.each([
    [[], [true, true]],
    [
      ['--policy', 'percent=number'],
      [false, true],
    ],
    [
      ['--policy', 'percent=number', '--policy', 'listOrder=kept'],
      [false, false],
    ],
    [
      ['--policy', 'percent=number', '--policy', 'percent=either'],
      [true, true],
    ],
  ])('%j gives %j', async (words, verdicts) => {
    const { stdout } = await run('grade', file, ...words);
    const rows = stdout.trimEnd().split('\n');
    expect(rows.map((row) => JSON.parse(row).equivalent)).toEqual(verdicts);
  });

  it('stands in the summary', async () => {
    const { stderr } = await run('grade', file, '--policy', 'percent=number');
    expect(stderr).toContain('50.0 % right (1 of 2, 95 % interval 9.5 to 90.5 %), graded by mathpie (percent: number)');
  });

  it.each([
    [['--policy', 'colour=red'], /^Cannot read policy "colour=red": write NAME=VALUE with one of percent, .*\n$/],
    [['--policy', 'percent=half'], /^Cannot set policy percent to "half": it takes either, number, fraction\n$/],
    [['--policy', 'percent=number', '--preset', 'strict'], /^Cannot grade .*: preset strict has no policies; .*\n$/],
    [['--compare', 'strickt'], /^Cannot use --compare "strickt": choose one of .* \(nearest: strict\)\n$/],
  ])('refuses %j in one line', async (words, line) => {
    const { exitCode, stdout, stderr } = await run('grade', file, ...words);
    expect(stderr).toMatch(line);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  });

  it('names the first ten bad lines and counts them all', async () => {
    const broken = join(directory, 'broken.jsonl');
    writeFileSync(broken, '{"gold": 1}\n'.repeat(25));
    const { exitCode, stderr } = await run('grade', broken, '--skip-bad');
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/\nNothing was graded: .*broken\.jsonl has no row with a gold answer and an answer\n$/);
    expect(stderr.match(/^Skipped .* line \d+: it has neither "answer" nor "response"$/gm)).toHaveLength(10);
    expect(stderr).toContain(`Skipped 15 more lines of ${broken}\nno answers, graded by mathpie`);
    expect(stderr).toContain('(25 bad lines skipped)');
  });
});

describe('mathpie import', () => {
  it('does not end well where no answer could be graded', async () => {
    const [results, problems] = ['batch.jsonl', 'problems-of-batch.jsonl'].map((name) => join(directory, name));
    writeFileSync(results ?? '', '{"custom_id": "a", "error": {"message": "no"}, "response": null}\n');
    writeFileSync(problems ?? '', '{"id": "a", "question": "Q", "answer": "1"}\n');
    const words = [results ?? '', '--data', problems ?? '', '--run', join(directory, 'imported')];
    const { exitCode, stderr } = await run('import', ...words);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/1 failed, not counted as wrong\n.*\nNothing was imported: no row holds an answer/s);
  });
});

describe('mathpie grade --compare', () => {
  it('writes the disagreements with the reasons of both, and the agreement on stderr', async () => {
    const file = join(directory, 'compared.jsonl');
    const rows = [
      { id: 'r1', gold: '\\frac{1}{2}', answer: '0.5' },
      { id: 'r2', gold: '0.25', answer: '\\frac14' },
      { id: 'r3', gold: 8, response: 'It is 9.' },
    ];
    writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    const { exitCode, stdout, stderr } = await run('grade', file, '--compare', 'metamath-math');
    expect(exitCode).toBe(0);
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      {
        id: 'r2',
        gold: '0.25',
        a: {
          grader: 'mathpie',
          equivalent: true,
          extracted: '\\frac14',
          rule: 'given/exact-number',
          reason: 'as given; equal as exact numbers',
        },
        b: {
          grader: 'metamath-math',
          equivalent: false,
          extracted: '\\frac14',
          rule: 'preset/metamath-math',
          reason: 'different as text after its string rules',
        },
      },
    ]);
    expect(stderr.split('\n')).toEqual([
      'mathpie and metamath-math judge 2 of 3 answers alike: 66.7 %, kappa 0.400',
      '                  metamath-math: equal  not equal',
      '  mathpie: equal                     1          1',
      '       not equal                     0          1',
      '',
    ]);
  });

  it('compares two policies', async () => {
    const file = join(directory, 'percent.jsonl');
    writeFileSync(file, '{"gold": "40%", "answer": "0.4"}\n');
    const { stdout } = await run('grade', file, '--policy', 'percent=number', '--compare', 'mathpie');
    expect(JSON.parse(stdout)).toMatchObject({ a: { grader: 'mathpie (percent: number)', equivalent: false } });
  });
});

describe('mathpie problems pocket', () => {
  it('writes the same rows for the same seed', async () => {
    const words = ['problems', 'pocket', '--count', '5', '--seed', '3', '--split', 'test'];
    const { stdout } = await run(...words);
    expect((await run(...words)).stdout).toBe(stdout);
    expect(Object.keys(JSON.parse(stdout.split('\n')[0] ?? ''))).toEqual([
      'id',
      'question',
      'answer',
      'solution',
      'subject',
      'level',
      'steps',
    ]);
  });
});

describe('mathpie backward', () => {
  const file = join(directory, 'gsm8k.jsonl');
  writeFileSync(file, '{"question": "Tom has 12 pens and half of them leak.", "answer": "6\\n#### 6"}\n');

  it('writes a row for each number, says the format and compares with MetaMath', async () => {
    const report = join(directory, 'masks.md');
    const { exitCode, stdout, stderr } = await run('backward', '--data', file, '--report', report);
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toMatchObject([
      {
        id: 'gsm8k.jsonl:1:8-10',
        masked: 'Tom has x pens and half of them leak.',
        span: [8, 10],
        original: '12',
        answer: '6',
      },
      { masked: 'Tom has 12 pens and x of them leak.', original: 'half', variable: 'x', value: '1/2' },
    ]);
    expect(stderr.split('\n')).toEqual([
      `Read ${file} as GSM8K {question, answer … #### N}, recognised from its fields`,
      '1 of 1 question has a number to mask; in 0 rows the question tells it twice ("toldTwice")',
      `Wrote ${report}: 2 masks, 2 by the published code of MetaMath`,
      '',
    ]);
    expect(readFileSync(report, 'utf8')).toContain('mathpie: `Tom has 12 pens and x of them leak.`');
    expect(exitCode).toBe(0);
  });

  it('masks as MetaMath did on request', async () => {
    const { stdout } = await run('backward', '--data', file, '--preset', 'metamath');
    expect(stdout).toContain('"masked":"Tom has 12 pens and x% of them leak."');
  });

  it('refuses data of two formats in one line', async () => {
    const mixed = join(directory, 'mixed.jsonl');
    writeFileSync(mixed, '{"question": "Q", "query": "R", "answer": "1"}\n');
    const { exitCode, stderr } = await run('backward', '--data', mixed);
    expect(stderr).toMatch(
      /^Cannot use .*mixed\.jsonl:1: has both "question" and "query"; .* --dataset; mend the line[^\n]*\n$/,
    );
    expect(exitCode).toBe(2);
  });
});

describe('mathpie download', () => {
  it('shows the licence, refuses a file that is not the published one, and leaves nothing', async () => {
    const server = await serveFile(Buffer.from('<html>a page</html>'));
    const out = join(directory, 'fetched');
    const { exitCode, stderr } = await run('download', 'gsm8k', '--out', out, '--mirror', server.url);
    await server.close();
    expect(stderr.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^GSM8K.*; licence: MIT/),
      expect.stringMatching(/^Cannot keep http.*: it has 19 bytes where 4166206 are expected; .* another --mirror$/),
    ]);
    expect(exitCode).toBe(2);
    expect(readdirSync(out)).toEqual([]);
  });

  it('names the nearest data set', async () => {
    expect(await run('download', 'gsm8')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/^Cannot download "gsm8": unknown \(nearest: gsm8k\), choose one of [^\n]*\n$/),
    });
  });
});

describe('mathpie convert', () => {
  it('writes MetaMathQA from GSM8K, ending in the phrase', async () => {
    const file = join(directory, 'to-convert.jsonl');
    writeFileSync(file, '{"question": "Q", "answer": "1 + 1 = 2\\n#### 2"}\n');
    const { stdout, stderr } = await run('convert', '--data', file, '--to', 'metamathqa');
    expect(JSON.parse(stdout)).toEqual({
      query: 'Q',
      response: '1 + 1 = 2\n#### 2\nThe answer is: 2',
      type: 'original',
      original_question: 'Q',
    });
    expect(stderr).toMatch(/^Read .* as GSM8K /);
  });
});
