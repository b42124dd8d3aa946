import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { CancelledError, InputError } from '../../errors.js';
import { type Faults, type FileServer, serveFile } from './__fixtures__/serve-file.js';
import { downloadFile } from './download-file.js';

const root = mkdtempSync(join(tmpdir(), 'mathpie-download-'));
const content = Buffer.from(Array.from({ length: 4000 }, (_, line) => `{"question": "${line}"}\n`).join(''));
const other = Buffer.from(content.toString().replace('"17"', '"71"'));
const sha256 = createHash('sha256').update(content).digest('hex');
const gitBlob = createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
const expected = { bytes: content.length, sha256, gitBlob: null };
const unknown = { bytes: null, sha256: null, gitBlob: null };

const servers: FileServer[] = [];
let fileCount = 0;
let file = '';
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});
afterAll(() => rmSync(root, { recursive: true }));

async function serve(faults: Faults = {}, served = content): Promise<FileServer> {
  const server = await serveFile(served, faults);
  servers.push(server);
  file = join(root, `${fileCount++}`, 'train.jsonl');
  return server;
}

const effects = { fetch: globalThis.fetch, sleep: async () => undefined };
type Options = Partial<Parameters<typeof downloadFile>[0]>;
const download = ({ url, cut }: FileServer, options: Options = {}) =>
  downloadFile({ url, file, expected, effects, onProgress: ({ bytes }) => cut(bytes), ...options });
const left = () => readdirSync(join(file, '..'));

describe('downloadFile()', () => {
  it('fetches a file whole, and nothing when it is there', async () => {
    const server = await serve();
    expect(await download(server)).toEqual({
      bytes: content.length,
      sha256,
      isVerified: true,
      wasThere: false,
      resumedBytes: 0,
      retryCount: 0,
    });
    expect(readFileSync(file)).toEqual(content);
    expect(left()).toEqual(['train.jsonl']);
    expect(await download(server)).toMatchObject({ wasThere: true, isVerified: true });
    expect(server.requests).toEqual(['whole']);
  });

  it('continues a connection that is cut, again and again, with Range', async () => {
    const server = await serve({ cutAfter: 20_000 });
    expect((await download(server)).retryCount).toBe(Math.ceil(content.length / 20_000) - 1);
    expect(server.requests.slice(0, 3)).toEqual(['whole', 'bytes=20000-', 'bytes=40000-']);
    expect(readFileSync(file)).toEqual(content);
  });

  it('starts anew where the server ignores Range', async () => {
    const server = await serve({ cutAfter: 20_000, cuts: 2, ignoresRange: true });
    expect((await download(server)).retryCount).toBe(2);
    expect(readFileSync(file)).toEqual(content);
  });

  it('starts anew where the server gives its version no name', async () => {
    const server = await serve({ cutAfter: 20_000, cuts: 1, etag: undefined });
    await download(server);
    expect(server.requests).toEqual(['whole', 'whole']);
    expect(readFileSync(file)).toEqual(content);
  });

  it('does not join two versions', async () => {
    const server = await serve({ cutAfter: 20_000, cuts: 1 }, other);
    const sleep = async () => {
      server.content = content;
      server.faults = { etag: '"v2"' };
    };
    await download(server, { effects: { ...effects, sleep } });
    expect(server.requests).toEqual(['whole', 'bytes=20000-']);
    expect(readFileSync(file)).toEqual(content);
  });

  it('keeps what came when the connection stays broken, and goes on from there', async () => {
    const server = await serve({ cutAfter: 20_000, cuts: 1, refusals: [] });
    server.faults.refusals = [undefined as never, 503, 503, 503, 503, 503];
    await expect(download(server)).rejects.toThrow(
      /^Cannot download http.*: the server answers 503 Service Unavailable; the 20000 bytes that came are kept, repeat the command/,
    );
    expect(left()).toEqual(['train.jsonl.part', 'train.jsonl.part.json']);
    expect(await download(server)).toMatchObject({ resumedBytes: 20_000, retryCount: 0 });
    expect(server.requests.at(-1)).toBe('bytes=20000-');
    expect(readFileSync(file)).toEqual(content);
  });

  it('finishes a part that lacks nothing', async () => {
    const server = await serve();
    await download(server);
    writeFileSync(`${file}.part`, content);
    writeFileSync(`${file}.part.json`, JSON.stringify({ url: server.url, validator: '"v1"', flushed: content.length }));
    rmSync(file);
    expect(await download(server)).toMatchObject({ resumedBytes: content.length });
    expect(readFileSync(file)).toEqual(content);
  });

  it('keeps of a part what was flushed: what a power cut left behind it may be zeros', async () => {
    const server = await serve();
    await download(server, { expected: unknown });
    writeFileSync(`${file}.part`, Buffer.concat([content.subarray(0, 30_000), Buffer.alloc(20_000)]));
    writeFileSync(`${file}.part.json`, JSON.stringify({ url: server.url, validator: '"v1"', flushed: 30_000 }));
    rmSync(file);
    expect(await download(server, { expected: unknown })).toMatchObject({ resumedBytes: 30_000 });
    expect(readFileSync(file)).toEqual(content);
  });

  it('does not continue the part of another address', async () => {
    const server = await serve();
    await download(server);
    rmSync(file);
    writeFileSync(`${file}.part`, 'something else');
    writeFileSync(`${file}.part.json`, JSON.stringify({ url: 'https://elsewhere', validator: '"v1"' }));
    await download(server);
    expect(readFileSync(file)).toEqual(content);
  });

  it.each([
    ['of the same size', other, expected, /its sha256 is [0-9a-f]{64} where [0-9a-f]{64} is expected; it was removed/],
    ['known to git', other, { ...unknown, gitBlob }, /its git object name is [0-9a-f]{40} where/],
    [
      'longer',
      Buffer.concat([content, other]),
      expected,
      /it has \d+ bytes where \d+ are expected; it is another file/,
    ],
    ['shorter', Buffer.from('<html>not found</html>'), expected, /it has 22 bytes where \d+ are expected/],
  ])('refuses and removes a wrong file that is %s', async (_, served, wanted, line) => {
    for (const isChunked of [false, true]) {
      const server = await serve({ isChunked }, served);
      const failed = download(server, { expected: wanted });
      await expect(failed).rejects.toBeInstanceOf(InputError);
      const isCounted = isChunked && served.length !== content.length;
      await expect(failed).rejects.toThrow(isCounted ? /more than the \d+ bytes|its size in bytes is 22/ : line);
      expect(left()).toEqual([]);
    }
  });

  it('says when no checksum is known, and asks the check given to it', async () => {
    const server = await serve();
    expect(await download(server, { expected: unknown })).toMatchObject({ isVerified: false, sha256 });
    rmSync(file);
    await expect(download(server, { expected: unknown, check: async () => 'it is a page' })).rejects.toThrow(
      /^Cannot keep http.*: it is a page; it was removed/,
    );
    expect(existsSync(file)).toBe(false);
  });

  it('does not touch another file in its place', async () => {
    const server = await serve();
    await download(server);
    writeFileSync(file, 'mine');
    await expect(download(server)).rejects.toThrow(
      /a file is there, and its size in bytes is 4 where .*; move it away/,
    );
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  it('waits out a busy server and gives up on a refusal', async () => {
    expect((await download(await serve({ refusals: [429, 503] }))).retryCount).toBe(2);
    await expect(download(await serve({ refusals: [404] }))).rejects.toThrow(
      /answers 404 Not Found; choose another mirror/,
    );
  });

  it('takes a connection that brings nothing for a broken one', async () => {
    const server = await serve({ cutAfter: 0 });
    await expect(download(server, { idleMs: 40 })).rejects.toThrow(/nothing came for 0 s; the 0 bytes that came/);
  });

  it('names a host that cannot be reached', async () => {
    const server = await serve();
    await server.close();
    await expect(download(server)).rejects.toThrow(/the connection failed \(ECONNREFUSED\)/);
  });

  it('stops when it is told to and keeps what came', async () => {
    const server = await serve({ cutAfter: 20_000 });
    const controller = new AbortController();
    const stopped = download(server, {
      signal: controller.signal,
      onProgress: () => controller.abort(new CancelledError('Stopped')),
    });
    await expect(stopped).rejects.toBeInstanceOf(CancelledError);
    expect(left()).toContain('train.jsonl.part');
  });
});
