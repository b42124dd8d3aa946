import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gradeLine } from '../answers/grade/grade-line.js';
import assertMath from '../answers/promptfoo.js';
import { adversarialResponses } from '../answers/samples/adversarial-responses.js';
import { serveHttp } from './serve-http.js';

const root = join(import.meta.dirname, '../..');
const program = join(root, 'dist/cli/main.js');
const shared = process.env.MATHPIE_SHARED_DATA ?? join(root, '../shared/data');

type Row = { readonly id: number; readonly gold: string; readonly response: string };

/** Labelled solutions of GSM8K and MATH where they are at hand, and responses of our own. */
function loadRows(): Row[] {
  const read = (file: string): [string, string][] =>
    readFileSync(join(shared, file), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { gold: string; pred: string })
      .map(({ gold, pred }) => [String(gold), pred]);
  const labelled = existsSync(shared)
    ? ['gsm8k/model-solutions.jsonl', 'math/eight-answers-each.jsonl'].flatMap(read)
    : [];
  const pairs = [...labelled, ...adversarialResponses.map(([gold, response]): [string, string] => [gold, response])];
  return pairs.map(([gold, response], id) => ({ id, gold, response }));
}

const rows = loadRows();
const lines = `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`;
const here = rows.map((row, index) => gradeLine(JSON.stringify(row), index + 1));
const python = ['python3', 'python'].find((name) => {
  try {
    execFileSync(name, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
});
const parse = (text: string): unknown[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

describe(`the doors of the grader give the same verdicts on ${rows.length} rows`, () => {
  it('mathpie grade --serve', async () => {
    const child = spawn(process.execPath, [program, 'grade', '--serve'], { stdio: ['pipe', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    child.stdin.end(lines);
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(code).toBe(0);
    expect(parse(output)).toEqual(here);
  });

  it.skipIf(python === undefined)('mathpie_grader.py', () => {
    const script =
      'import json, sys; from mathpie_grader import Grader\nwith Grader() as grader:\n  for verdict in grader.grade(json.loads(line) for line in sys.stdin): print(json.dumps(verdict))';
    const output = execFileSync(python ?? '', ['-c', script], {
      ...{ input: lines, encoding: 'utf8', maxBuffer: 1 << 28, cwd: join(root, 'python-gpu') },
    });
    expect(parse(output)).toEqual(here);
  });

  it('the assertion for promptfoo', () => {
    const passed = rows.map(({ gold, response }) => assertMath(response, { vars: { answer: gold } }).pass);
    expect(passed).toEqual(here.map((verdict) => 'equivalent' in verdict && verdict.equivalent));
  });
});

describe('serveHttp()', () => {
  let server: Awaited<ReturnType<typeof serveHttp>>;
  beforeAll(async () => {
    server = await serveHttp({ port: 0, token: 'secret' }, (text, line) => gradeLine(text, line));
  });
  afterAll(() => server.close());
  const post = (body: string, headers: Record<string, string> = { authorization: 'Bearer secret' }, path = '') =>
    fetch(server.url + path, { method: 'POST', body, headers });

  it('gives the same verdicts', async () => {
    expect(parse(await (await post(lines)).text())).toEqual(here);
  });

  it('answers a line that cannot be used with what is wrong with it', async () => {
    const answers = parse(await (await post('{"gold": "1", "answer": "1"}\nnonsense\n')).text());
    expect(answers).toMatchObject([
      { id: 1, equivalent: true },
      { id: 2, error: 'Cannot grade line 2: it is not JSON' },
    ]);
  });

  it.each([
    ['no token', {}, '', 401],
    ['another token', { authorization: 'Bearer other' }, '', 401],
    ['another path', { authorization: 'Bearer secret' }, '/more', 404],
  ])('refuses %s', async (_, headers, path, status) => {
    expect((await post('{}', headers as Record<string, string>, path)).status).toBe(status);
  });

  it('listens on this machine alone', () => {
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/grade$/);
  });
});
