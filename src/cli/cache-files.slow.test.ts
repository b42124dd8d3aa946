import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packagePath } from '../package-root.js';
import { type Endpoint, serveEndpoint, solve } from './__fixtures__/serve-endpoint.js';

const root = mkdtempSync(join(tmpdir(), 'mathpie-cache-files-'));
const data = join(root, 'problems.jsonl');
/** More than a process may have open. */
const [fileCount, openFiles] = [1500, 1024];
let endpoint: Endpoint;
let asked = 0;

beforeAll(async () => {
  endpoint = await serveEndpoint((response, body) => {
    asked += 1;
    solve(response, body);
  });
  const row = (id: number) =>
    `${JSON.stringify({ id: `p${id}`, question: `What is ${id} - ${id - 4}?`, answer: '4' })}\n`;
  writeFileSync(data, Array.from({ length: fileCount }, (_, id) => row(id)).join(''));
});
afterAll(async () => {
  await endpoint.close();
  rmSync(root, { recursive: true, force: true });
});

async function evaluate(name: string): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  const main = packagePath('dist', 'cli', 'main.js');
  const asking = ['--model', endpoint.model, '--concurrency', '256', '--cache'];
  const words = ['evaluate', '--data', data, '--run', join(root, name), ...asking];
  const limited = `ulimit -n ${openFiles} && exec "$@"`;
  const child = spawn('sh', ['-c', limited, 'sh', process.execPath, main, ...words], {
    env: { ...process.env, MATHPIE_CACHE: join(root, 'cache') },
  });
  const text = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (part: string) => (text.stdout += part));
  child.stderr.setEncoding('utf8').on('data', (part: string) => (text.stderr += part));
  const [exitCode] = await once(child, 'close');
  return { exitCode, ...text };
}

describe.skipIf(process.platform === 'win32')(`a cache of ${fileCount} files under ${openFiles} descriptors`, () => {
  it('answers everything, and nobody is asked', async () => {
    const first = await evaluate('first');
    expect(first, first.stderr).toMatchObject({ exitCode: 0 });
    expect(asked).toBe(fileCount);
    // One run a question, as years of runs would have left them
    const completions = join(root, 'cache', 'completions');
    const [folder = ''] = readdirSync(completions);
    const [file = ''] = readdirSync(join(completions, folder)).map((name) => join(completions, folder, name));
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    expect(lines).toHaveLength(fileCount);
    for (const [place, line] of lines.entries()) writeFileSync(join(dirname(file), `${place}-x.jsonl`), `${line}\n`);
    rmSync(file);

    const again = await evaluate('again');
    expect(again, again.stderr).toMatchObject({ exitCode: 0 });
    expect(JSON.parse(again.stdout)).toMatchObject({ n: fileCount, correct: fileCount });
    expect(asked).toBe(fileCount);
  });
});
