import { createHash } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { InputError, ModelError } from '../../errors.js';
import { serve, type WireServer } from '../openai/__fixtures__/wire-server.js';
import { findHubFile } from './find-hub-file.js';
import { hubCacheDirectory } from './hub-cache.js';
import { chooseGguf, parseHubName, quantisationOf } from './hub-name.js';

const content = Buffer.alloc(300_000, 'mathpie ');
const sha256 = createHash('sha256').update(content).digest('hex');
const commit = 'c0ffee'.padEnd(40, '0');
const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});

type Seen = { readonly at: string; readonly range: string | undefined; readonly token: string | undefined };

/** A hub in miniature: it redirects to a store on another port, whose connections break as often as it is told. */
async function openHub({ cuts = 0, sent = content, status = 200, gated = false } = {}): Promise<{
  readonly environment: NodeJS.ProcessEnv;
  readonly home: string;
  readonly seen: Seen[];
}> {
  const seen: Seen[] = [];
  let cutsLeft = cuts;
  const store = await serve((request, response) => {
    const { range, authorization: token } = request.headers;
    seen.push({ at: 'store', range, token });
    const start = Number(/^bytes=(\d+)-/.exec(range ?? '')?.[1] ?? 0);
    const rest = sent.subarray(start);
    response.writeHead(start > 0 ? 206 : 200, {
      etag: '"v1"',
      'content-length': rest.length,
      ...(start > 0 ? { 'content-range': `bytes ${start}-${sent.length - 1}/${sent.length}` } : {}),
    });
    if (cutsLeft-- > 0) {
      response.write(rest.subarray(0, 100_000), () => setTimeout(() => response.destroy(), 20));
      return;
    }
    response.end(rest);
  });
  const hub: WireServer = await serve((request, response) => {
    const url = request.url ?? '';
    const { authorization: token } = request.headers;
    seen.push({ at: url.replace(/\?.*/, ''), range: request.headers.range, token });
    const json = (value: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    };
    if (url.startsWith('/api/models/me/tiny/revision/')) {
      return json({
        _id: '1',
        id: 'me/tiny',
        sha: commit,
        gated,
        private: false,
        downloads: 0,
        likes: 0,
        cardData: { license: 'apache-2.0' },
      });
    }
    if (url.startsWith(`/api/models/me/tiny/tree/${commit}`)) {
      const lfs = { oid: sha256, size: content.length, pointerSize: 1 };
      return json([
        { type: 'file', path: 'README.md', size: 3, oid: 'a'.repeat(40) },
        { type: 'file', path: 'tiny-Q4_K_M.gguf', size: content.length, oid: 'b'.repeat(40), lfs },
        { type: 'file', path: 'tiny-Q8_0.gguf', size: content.length, oid: 'b'.repeat(40), lfs },
      ]);
    }
    if (url.startsWith(`/me/tiny/resolve/${commit}/`)) {
      response.writeHead(302, { location: `${store.url.replace('/v1', '')}/blob` }).end();
      return;
    }
    response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":"Repository not found"}');
  });
  const home = mkdtempSync(join(tmpdir(), 'mathpie-hub-'));
  cleanUps.push(hub.close, store.close, () => rmSync(home, { recursive: true }));
  return { environment: { HF_HOME: home, HF_ENDPOINT: hub.url.replace('/v1', '') }, home, seen };
}

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => lstatSync(join(folder, path)).isFile());

describe('findHubFile(name)', () => {
  it('fetches into the layout of the hub, once, and tells the licence once', async () => {
    const { environment, home, seen } = await openHub();
    const notes: string[] = [];
    const fetched: number[] = [];
    const options = {
      environment,
      onNote: (line: string) => notes.push(line),
      onFetch: ({ bytes }: { bytes: number }) => fetched.push(bytes),
    };
    const file = await findHubFile('me/tiny:q4_k_m', options);
    const repo = join(home, 'hub', 'models--me--tiny');
    expect(file).toBe(join(repo, 'snapshots', commit, 'tiny-Q4_K_M.gguf'));
    expect(readFileSync(file).equals(content)).toBe(true);
    expect(readFileSync(join(repo, 'refs', 'main'), 'utf8')).toBe(commit);
    expect(readdirSync(join(repo, 'blobs'))).toEqual([sha256]);
    expect(lstatSync(file).isSymbolicLink()).toBe(true);
    expect(notes).toEqual([`Fetching tiny-Q4_K_M.gguf of me/tiny (1 MB); licence: apache-2.0; it stays in ${repo}`]);
    expect(fetched.at(-1)).toBe(content.length);
    const asked = seen.length;
    expect(await findHubFile('me/tiny/tiny-Q4_K_M.gguf', options)).toBe(file);
    expect(seen).toHaveLength(asked);
    expect(notes).toHaveLength(1);
  });

  it('goes on where the connection broke', async () => {
    const { environment, seen } = await openHub({ cuts: 2 });
    const file = await findHubFile('me/tiny:Q4_K_M', { environment });
    expect(readFileSync(file).equals(content)).toBe(true);
    const ranges = seen.filter(({ at }) => at === 'store').map(({ range }) => range);
    // How much of what was sent arrives before the cut is the network's affair
    const starts = ranges.slice(1).map((range) => Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1]));
    expect([ranges[0], starts.length]).toEqual([undefined, 2]);
    expect(0 < (starts[0] ?? 0) && (starts[0] ?? 0) < (starts[1] ?? 0)).toBe(true);
  }, 20_000);

  it('keeps nothing of a file with another checksum', async () => {
    const wrong = Buffer.from(content);
    wrong[7] = 0;
    const { environment, home } = await openHub({ sent: wrong });
    await expect(findHubFile('me/tiny:Q4_K_M', { environment })).rejects.toThrow(
      /its sha256 is .* where .* is expected; it was removed, repeat the command/,
    );
    expect(filesBelow(home)).toEqual([]);
  });

  it('sends the token to the hub alone, and writes it nowhere', async () => {
    const { environment, home, seen } = await openHub();
    await findHubFile('me/tiny:Q4_K_M', { environment: { ...environment, HF_TOKEN: 'hf_secretsecret' } });
    expect(new Set(seen.filter(({ at }) => at !== 'store').map(({ token }) => token))).toEqual(
      new Set(['Bearer hf_secretsecret']),
    );
    expect(seen.filter(({ at }) => at === 'store').map(({ token }) => token)).toEqual([undefined]);
    for (const file of filesBelow(home)) expect(readFileSync(join(home, file)).includes('hf_secretsecret')).toBe(false);
  });

  it.each<
    [string, string, Parameters<typeof openHub>[0], NodeJS.ProcessEnv, typeof InputError | typeof ModelError, RegExp]
  >([
    [
      'a name that the hub does not know',
      'me/none:Q4_K_M',
      {},
      {},
      InputError,
      /Cannot fetch me\/none: the hub has no such repository or revision \(404\); check the name/,
    ],
    ['a quantisation that is not there', 'me/tiny:Q2_K', {}, {}, InputError, /it has no Q2_K; it has Q4_K_M, Q8_0/],
    [
      'no quantisation where there are several',
      'me/tiny',
      {},
      {},
      InputError,
      /2 files fit; name one of tiny-Q4_K_M.gguf, tiny-Q8_0.gguf/,
    ],
    [
      'a gated repository',
      'me/tiny:Q4_K_M',
      { status: 401 },
      {},
      InputError,
      /the hub refuses it \(401\); check the name, or set HF_TOKEN/,
    ],
    [
      'one whose licence is to be accepted',
      'me/tiny:Q4_K_M',
      { status: 403 },
      { HF_TOKEN: 'hf_xxxxxxxx' },
      InputError,
      /accept its licence at/,
    ],
    ['a hub in trouble', 'me/tiny:Q4_K_M', { status: 500 }, {}, ModelError, /the hub answers 500; repeat the command/],
    [
      'no connection',
      'me/tiny:Q4_K_M',
      {},
      { HF_ENDPOINT: 'http://127.0.0.1:9' },
      ModelError,
      /cannot be reached; check the connection/,
    ],
    ['offline', 'me/tiny:Q4_K_M', {}, { HF_HUB_OFFLINE: '1' }, ModelError, /HF_HUB_OFFLINE forbids to fetch it/],
  ])('%s is said in one line', async (_, name, hub, more, kind, expected) => {
    const { environment, home } = await openHub(hub);
    const finding = findHubFile(name, { environment: { ...environment, ...more } });
    await expect(finding).rejects.toThrow(kind);
    await expect(finding).rejects.toThrow(expected);
    expect(existsSync(home) && filesBelow(home)).toEqual([]);
  });

  it('finds what another tool of the hub has fetched', async () => {
    const { environment, home, seen } = await openHub();
    const snapshot = join(home, 'hub', 'models--other--model', 'snapshots', commit);
    mkdirSync(snapshot, { recursive: true });
    mkdirSync(join(home, 'hub', 'models--other--model', 'refs'));
    writeFileSync(join(home, 'hub', 'models--other--model', 'refs', 'main'), commit);
    writeFileSync(join(snapshot, 'm.Q8_0.gguf'), 'x');
    expect(await findHubFile('other/model:Q8_0', { environment })).toBe(join(snapshot, 'm.Q8_0.gguf'));
    expect(seen).toEqual([]);
  });
});

describe('hf: names', () => {
  it.each([
    ['me/tiny/a/b.gguf', { repo: 'me/tiny', revision: 'main', file: 'a/b.gguf' }],
    ['me/tiny-GGUF:Q4_K_M', { repo: 'me/tiny-GGUF', revision: 'main', quantisation: 'Q4_K_M' }],
    ['me/tiny@v1.0:Q8_0', { repo: 'me/tiny', revision: 'v1.0', quantisation: 'Q8_0' }],
    ['me/tiny', { repo: 'me/tiny', revision: 'main' }],
  ])('%s', (text, expected) => {
    expect(parseHubName(text)).toEqual({ file: undefined, quantisation: undefined, ...expected });
  });

  it.each(['', 'tiny', 'me/tiny/../../x.gguf', 'me/tiny/x.bin', '../me/tiny', 'me/tiny/\0.gguf', 'me//tiny'])(
    '%j is none',
    (text) => {
      expect(() => parseHubName(text)).toThrow(/write it as hf:OWNER\/REPO/);
    },
  );

  it.each([
    ['m-Q4_K_M.gguf', 'Q4_K_M'],
    ['m.q8_0.gguf', 'Q8_0'],
    ['m-IQ2_XXS-00001-of-00002.gguf', 'IQ2_XXS'],
    ['gpt-oss-20b-mxfp4.gguf', 'MXFP4'],
    ['m-BF16.gguf', 'BF16'],
    ['model.gguf', undefined],
    ['m-UD-Q4_K_XL.gguf', 'UD-Q4_K_XL'],
    ['m-ud-q2_k_xl-00001-of-00002.gguf', 'UD-Q2_K_XL'],
  ])('%s is of %s', (path, word) => {
    expect(quantisationOf(path)).toBe(word);
  });

  it.each([
    [['a-Q4_0.gguf', 'mmproj-Q4_0.gguf'], 'Q4_0', 'a-Q4_0.gguf'],
    [['a-Q4_0.gguf', 'a-UD-Q4_0.gguf'], 'Q4_0', 'a-Q4_0.gguf'],
    [['a-Q4_0.gguf', 'a-UD-Q4_0.gguf'], 'ud-q4_0', 'a-UD-Q4_0.gguf'],
    [['a-Q8_0.gguf', 'a-UD-Q4_K_XL.gguf'], 'Q4_K_XL', 'a-UD-Q4_K_XL.gguf'],
    [['a-Q4_0.gguf', 'a-imatrix.gguf', 'imatrix_unsloth.gguf'], undefined, 'a-Q4_0.gguf'],
    [['a-imatrix-Q4_0.gguf', 'a-imatrix.gguf'], 'Q4_0', 'a-imatrix-Q4_0.gguf'],
    [
      ['a-Q4_0-00001-of-00002.gguf', 'a-Q4_0-00002-of-00002.gguf', 'a-Q2_K.gguf'],
      'Q4_0',
      /Q4_0 is kept in parts; choose one in a single file: Q2_K/,
    ],
    [['model.safetensors'], 'Q4_0', /it holds no GGUF file; use vllm:me\/tiny on a GPU/],
  ])('of %j %s means %s', (paths, quantisation, expected) => {
    const choose = (): string => chooseGguf(paths, { repo: 'me/tiny', revision: 'main', quantisation });
    if (typeof expected === 'string') expect(choose()).toBe(expected);
    else expect(choose).toThrow(expected);
  });

  it.each([
    [{ HF_HUB_CACHE: '/a' }, '/a'],
    [{ HUGGINGFACE_HUB_CACHE: '/b' }, '/b'],
    [{ HF_HOME: '/c' }, '/c/hub'],
    [{ XDG_CACHE_HOME: '/d' }, '/d/huggingface/hub'],
  ])('%j keeps them in %s', (environment, folder) => {
    expect(hubCacheDirectory(environment)).toBe(join(folder));
  });
});
