import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lockDirectory } from '../storage/lock-directory.js';
import { onlyLine } from './__fixtures__/only-line.js';
import { runCli } from './__fixtures__/run-cli.js';
import { type Endpoint, refuse, serveEndpoint, showPage, solve } from './__fixtures__/serve-endpoint.js';

// Every case runs the built command line as a process of its own.
const root = mkdtempSync(join(tmpdir(), 'mathpie-bad-'));
const path = (...parts: string[]) => join(root, ...parts);
const good = path('good.jsonl');
const endpoints: Record<string, Endpoint> = {};
const model = (name: string): string => endpoints[name]?.model ?? 'absent';
let runCount = 0;
const evaluate = (...words: string[]) => ['evaluate', '--data', good, '--run', path(`run-${runCount++}`), ...words];
const rootUser = process.getuid?.() === 0;

beforeAll(async () => {
  endpoints.solving = await serveEndpoint(solve);
  endpoints.unauthorized = await serveEndpoint(refuse(401));
  endpoints.busy = await serveEndpoint(refuse(429, { 'retry-after-ms': '5' }));
  endpoints.patient = await serveEndpoint(refuse(429, { 'retry-after': '86400' }));
  endpoints.page = await serveEndpoint(showPage);
  endpoints.down = await serveEndpoint(solve);
  await endpoints.down.close();
  const problem = (id: number) => `${JSON.stringify({ id: `p${id}`, question: 'What is 2 + 2?', answer: '4' })}\n`;
  writeFileSync(good, [1, 2, 3, 4, 5, 6].map(problem).join(''));
  writeFileSync(path('no-json.jsonl'), `${problem(1)}{"question": "What\n${problem(2)}`);
  writeFileSync(path('no-field.jsonl'), `${problem(1)}{"id": "x", "answer": "4"}\n${problem(2)}`);
  writeFileSync(path('no-answer.jsonl'), `${problem(1)}{"question": "Q"}\n`);
  writeFileSync(path('empty.jsonl'), '\n');
  writeFileSync(path('golds.jsonl'), `${problem(1)}{"id": "x", "question": "Q", "answer": "$$"}\n`);
  writeFileSync(path('text.gguf'), 'once upon a time\n'.repeat(100));
  // Magic, version 3, 10 tensors, 5 metadata entries, and nothing of either.
  const header = Buffer.alloc(24);
  header.write('GGUF');
  header.writeUInt32LE(3, 4);
  header.writeBigUInt64LE(10n, 8);
  header.writeBigUInt64LE(5n, 16);
  writeFileSync(path('cut.gguf'), header);
  const weights = readFileSync(resolve('data', 'pocket', 'pocket.gguf'));
  writeFileSync(path('half.gguf'), weights.subarray(0, weights.length / 2));
  mkdirSync(path('read-only'));
  chmodSync(path('read-only'), 0o555);
});

afterAll(async () => {
  await Promise.all(Object.values(endpoints).map((endpoint) => endpoint.close().catch(() => undefined)));
  chmodSync(path('read-only'), 0o755);
  rmSync(root, { recursive: true });
});

type Case = [title: string, words: () => string[], line: RegExp];

const cases: Case[] = [
  [
    'no such data file',
    () => ['evaluate', '--model', 'pocket', '--data', 'absent.jsonl', '--run', path('u')],
    /^Cannot read absent\.jsonl: no such file; check the path$/,
  ],
  [
    'an empty directory as data',
    () => ['augment', '--technique', 'answers', '--model', 'pocket', '--data', path('read-only'), '--run', path('u')],
    /^Cannot use .*: the folder holds no \.json, \.jsonl or \.parquet file; check the path$/,
  ],
  [
    'no such file to grade',
    () => ['grade', 'absent.jsonl'],
    /^Cannot read absent\.jsonl: no such file; check the path$/,
  ],
  [
    'no such notebook',
    () => ['run', 'absent.ipynb'],
    /^Cannot run the notebook: there is no file absent\.ipynb; check the path$/,
  ],
  [
    'a line that is not JSON',
    () => evaluate('--model', 'pocket', '--data', path('no-json.jsonl')),
    /no-json\.jsonl:2: not JSON \(starts with ".*"\); mend the line, or pass --skip-bad/,
  ],
  [
    'a line without a question',
    () => evaluate('--model', 'pocket', '--data', path('no-field.jsonl')),
    /no-field\.jsonl:2: lacks the field "question"; mend the line, or pass --skip-bad/,
  ],
  [
    'a line without an answer',
    () => evaluate('--model', 'pocket', '--data', path('no-answer.jsonl')),
    /no-answer\.jsonl:2: lacks the field "answer"; mend the line/,
  ],
  [
    'a line to grade without a field',
    () => ['grade', path('no-answer.jsonl')],
    /^Cannot grade .*no-answer\.jsonl line 1: .*gold.*; correct the line, or pass --skip-bad; mathpie import reads other columns, CSV, JSON lists and files of other harnesses$/,
  ],
  [
    'a gold answer that nothing can match, when strict',
    () => evaluate('--model', 'pocket', '--data', path('golds.jsonl'), '--strict-golds'),
    /^Cannot evaluate: 1 of 2 gold answers do not parse or do not equal themselves \("x" \(\$\$, empty\)\); correct them/,
  ],
  [
    'the same before problems are grown',
    () => [
      ...['augment', '--technique', 'answers', '--model', 'pocket', '--run', path('strict')],
      ...['--data', path('golds.jsonl'), '--strict-golds'],
    ],
    /^Cannot augment: 1 of 2 gold answers do not parse or do not equal themselves/,
  ],
  [
    'data without a row',
    () => evaluate('--model', 'pocket', '--data', path('empty.jsonl')),
    /^Cannot use .*empty\.jsonl: it holds no row;/,
  ],
  [
    'an unknown model string',
    () => evaluate('--model', 'poket'),
    /^Cannot open model "poket": unknown form, use one of pocket, student, gguf:FILE/,
  ],
  [
    'a URL without a model',
    () => evaluate('--model', 'http://127.0.0.1:1/v1'),
    /^Cannot open model .*: no model after #/,
  ],
  [
    'an unknown technique',
    () => ['augment', '--technique', 'fobra', '--model', 'pocket', '--data', good, '--run', path('u')],
    /^Cannot use --technique "fobra": choose one of .* \(nearest: fobar\)$/,
  ],
  [
    'an unknown data set',
    () => evaluate('--model', 'pocket', '--dataset', 'gsm8'),
    /^Cannot use --dataset "gsm8": choose one of pocket, gsm8k, math, math500 \(nearest: gsm8k\)$/,
  ],
  [
    'an unknown preset',
    () => ['grade', good, '--preset', 'metamth-gsm8k'],
    /^Cannot use --preset "metamth-gsm8k": choose one of .*metamath-gsm8k/,
  ],
  [
    'an unknown policy',
    () => ['grade', good, '--policy', 'persent=number'],
    /^Cannot read policy "persent=number": write NAME=VALUE with one of percent, /,
  ],
  [
    'an unknown flag',
    () => evaluate('--modle', 'pocket'),
    /^Cannot run mathpie evaluate: there is no flag --modle \(nearest: --model\); see mathpie evaluate --help$/,
  ],
  [
    'an unknown command',
    () => ['evalute'],
    /^Cannot run "evalute": there is no such command \(nearest: evaluate\); see mathpie --help$/,
  ],
  [
    'a value out of bounds',
    () => evaluate('--model', 'pocket', '--repeat', '0'),
    /^Cannot use --repeat "0": give a whole number from 1/,
  ],
  ['no such GGUF', () => evaluate('--model', 'gguf:absent.gguf'), /^Cannot .*absent\.gguf.*[;,]/],
  [
    'a file that is no GGUF',
    () => evaluate('--model', `gguf:${path('text.gguf')}`),
    /^Cannot open model .*text\.gguf: not a GGUF file/,
  ],
  [
    'a GGUF cut in its weights',
    () => evaluate('--model', `gguf:${path('half.gguf')}`),
    /^Cannot open model .*half\.gguf: truncated \(.*\), copy or download it again$/,
  ],
  ['a GGUF cut in its header', () => evaluate('--model', `gguf:${path('cut.gguf')}`), /^Cannot .*cut\.gguf.*[;,]/],
  [
    'an endpoint that is down',
    () => evaluate('--model', model('down')),
    /^Cannot reach http:.*: nothing listens there, start the server or correct the URL$/,
  ],
  [
    'an endpoint that answers 401',
    () => evaluate('--model', model('unauthorized')),
    /^Cannot use http:.*: the endpoint refuses the key \(401\), set MATHPIE_API_KEY/,
  ],
  [
    'an endpoint that answers 429 for ever',
    () => evaluate('--model', model('busy')),
    /still refuses for being asked too often \(429\)/,
  ],
  [
    'an endpoint that wants a day of patience',
    () => evaluate('--model', model('patient')),
    /still refuses for being asked too often \(429\)/,
  ],
  [
    'an endpoint that answers HTML',
    () => evaluate('--model', model('page')),
    /^Cannot use http:.*: it answers with an HTML page, give the URL of an OpenAI-compatible API/,
  ],
  [
    'no key',
    () => evaluate('--model', 'openai:gpt-5-mini'),
    /^Cannot open model "openai:gpt-5-mini": no key, set the environment variable OPENAI_API_KEY$/,
  ],
  [
    'a chat-only endpoint where raw text is needed',
    () => ['magpie', 'instruct', '--model', model('solving'), '--count', '2', '--run', path('u')],
    /^Cannot draw instructions from http:.*; use pocket/,
  ],
  [
    'a step without the step before it',
    () => ['magpie', 'respond', '--model', model('solving'), '--run', path('u')],
    /^Cannot respond: no finished step left instructions in .*; run magpie instruct there, or give files by --data$/,
  ],
  [
    'a comparison without evaluations',
    () => ['compare', path('u'), path('v')],
    /^Cannot read .*: it holds no finished evaluation/,
  ],
  [
    'an export without rows',
    () => ['export', 'sft', '--run', path('u'), '--out', path('x.jsonl')],
    /^Cannot export from .*: no finished step left solutions or grown rows there; run magpie respond or augment first$/,
  ],
  [
    'a run directory under a file',
    () => evaluate('--model', model('solving'), '--run', join(good, 'run')),
    /^Cannot open .*: a part of the path is a file; choose another path$/,
  ],
  [
    'an output under a file',
    () => ['problems', 'pocket', '--count', '1', '--out', join(good, 'x')],
    /^Cannot write .*: a (part of the path is a file|file stands in the way); choose another path/,
  ],
];

describe('bad input gives one line on stderr and exit code 2', () => {
  // A refused connection is tried again, with pauses that grow.
  const environment = { MATHPIE_MAX_RETRIES: '1' };
  it.each(cases)('%s', { timeout: 60_000 }, async (_, words, line) => {
    const { exitCode, stdout, stderr } = await runCli(words(), { environment });
    expect(onlyLine(stderr)).toMatch(line);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  });

  // The superuser writes where the permissions forbid it.
  it.skipIf(rootUser)('a read-only run directory', async () => {
    const { exitCode, stderr } = await runCli(evaluate('--model', model('solving'), '--run', path('read-only', 'run')));
    expect(onlyLine(stderr)).toMatch(/^Cannot open .*: permission denied; choose a directory that you may write to/);
    expect(exitCode).toBe(2);
  });

  it.skipIf(process.platform !== 'linux').each([
    ['/sys/mathpie', 'permission denied; choose a directory that you may write to, or change its permissions'],
    ['/proc/mathpie', 'the directory does not exist and cannot be made; check the path'],
  ])('a run directory in %s, where nobody can write', async (directory, state) => {
    const { exitCode, stderr } = await runCli(evaluate('--model', model('solving'), '--run', directory));
    expect(onlyLine(stderr)).toBe(`Cannot open ${directory}: ${state}`);
    expect(exitCode).toBe(2);
  });

  it('a run directory locked by a living process', async () => {
    const lock = await lockDirectory({ directory: path('locked') });
    const { exitCode, stderr } = await runCli(evaluate('--model', model('solving'), '--run', path('locked')));
    await lock.release();
    expect(onlyLine(stderr)).toMatch(`it is locked by the living process ${process.pid}; wait for it to end`);
    expect(exitCode).toBe(2);
  });
});
