import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packagePath } from '../package-root.js';

const root = mkdtempSync(join(tmpdir(), 'mathpie-pairs-'));
/** So many places of each pair, evenly spread; all that there are where there are fewer. */
const most = Number(process.env.MATHPIE_POWER_CUTS ?? 2);
const content = Buffer.from(Array.from({ length: 60_000 }, (_, line) => `line ${line}\n`).join(''));
let server: Server;
let url = '';

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const [, from = '0'] = /^bytes=(\d+)-/.exec(request.headers.range ?? '') ?? [];
    const isPart = request.headers['if-range'] === '"v1"' && request.headers.range !== undefined;
    const start = isPart ? Number(from) : 0;
    response.writeHead(isPart ? 206 : 200, {
      etag: '"v1"',
      'content-length': content.length - start,
      ...(isPart ? { 'content-range': `bytes ${start}-${content.length - 1}/${content.length}` } : {}),
    });
    for (let at = start; at < content.length; at += 32_768)
      if (!response.write(content.subarray(at, at + 32_768)))
        await Promise.race([once(response, 'drain'), once(response, 'close')]);
    response.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/file.bin`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(root, { recursive: true });
});

async function session(pair: string, directory: string, more: Readonly<Record<string, string>> = {}) {
  const hook = packagePath('src', 'storage', '__fixtures__', 'disturb-at-operation.mjs');
  const script = packagePath('src', 'storage', '__fixtures__', 'power-pairs.mjs');
  const child = spawn(process.execPath, ['--import', hook, script, pair, directory, url], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, MATHPIE_DISTURB_ROOT: directory, ...more },
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (part: string) => (stderr += part));
  const [exitCode, signal] = await once(child, 'close');
  return { exitCode, signal, stderr };
}

/** The bytes of each file; of completions, whose files have the names of their processes, all lines together. */
function describeFiles(directory: string): { readonly [file: string]: string } {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name));
  const found: Record<string, string> = {};
  for (const file of files.sort()) {
    const name = file.slice(directory.length + 1);
    const isOwn = /^\d+-[0-9a-f]{8}\.jsonl$/.test(name);
    const text = readFileSync(file, 'latin1');
    if (name === 'batches.jsonl') found[name] = text.replaceAll(/"at":\d+/g, '');
    else if (!isOwn) found[name] = text;
  }
  return found;
}

describe.each(['download', 'hub', 'cache', 'batch', 'gguf', 'export'])('the files of a %s', (pair) => {
  it('are whole when the same work is done again after a power cut', { timeout: 1_200_000 }, async () => {
    const directory = join(root, pair);
    const clear = (): void => {
      for (const path of [directory, `${directory}.sent`]) rmSync(path, { recursive: true, force: true });
    };
    const countFile = join(root, 'count');
    expect(await session(pair, directory, { MATHPIE_DISTURB_COUNT: countFile })).toMatchObject({ exitCode: 0 });
    const expected = describeFiles(directory);
    const count = Number(readFileSync(countFile, 'utf8').split(' ')[0]);
    const faults: string[] = [];
    const wanted = Math.min(most, count);
    for (let index = 0; index < wanted; index += 1) {
      const at = 1 + Math.round((index * (count - 1)) / Math.max(1, wanted - 1));
      clear();
      await session(pair, directory, { MATHPIE_DISTURB_AT: `${at}`, MATHPIE_DISTURB_HOW: 'power' });
      const again = await session(pair, directory);
      const found = again.exitCode === 0 ? describeFiles(directory) : {};
      const different = Object.keys({ ...expected, ...found }).filter((name) => found[name] !== expected[name]);
      if (again.exitCode !== 0) faults.push(`at ${at} of ${count}: ${again.stderr.slice(0, 400)}`);
      else if (different.length > 0) faults.push(`at ${at} of ${count}: ${different.join(', ')}`);
    }
    process.stdout.write(`${pair}: power cuts at ${wanted} places of ${count}, ${faults.length} wrong\n`);
    expect(faults).toEqual([]);
  });
});
