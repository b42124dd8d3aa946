import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type HubServer = {
  readonly url: string;
  /** Method and path of each request, in order. */
  readonly requests: string[];
  /** Files of each repository: path to bytes. */
  readonly repos: Map<string, { isPrivate: boolean; files: Map<string, { bytes: Buffer; isLarge: boolean }> }>;
  /** What goes wrong next, once: a status for the first request whose path holds the word, or 0 for a cut connection. */
  fail: { word: string; status: number } | undefined;
  close(): Promise<void>;
};

/**
 * A stand-in for the Hugging Face hub: making a repository, what is there, pre-upload, Git LFS with basic transfer, commit. The
 * paths and bodies are those of the client `@huggingface/hub` 2.17 (its src/lib). JSON lines count as large files.
 */
export async function startHubServer({ token }: { token: string }): Promise<HubServer> {
  const large = new Map<string, Buffer>();
  const hub: HubServer = {
    url: '',
    requests: [],
    repos: new Map(),
    fail: undefined,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    hub.requests.push(`${request.method} ${path}`);
    const body = await readBody(request);
    if (hub.fail !== undefined && path.includes(hub.fail.word)) {
      const { status } = hub.fail;
      hub.fail = undefined;
      if (status === 0) return void request.socket.destroy();
      return send(response, status, { error: `refused ${request.headers.authorization}` });
    }
    // As on the real hub, the address of a large file is signed and needs no token.
    if (path.startsWith('/large/')) {
      const oid = path.slice('/large/'.length);
      if (createHash('sha256').update(body).digest('hex') !== oid) return send(response, 400, { error: 'other bytes' });
      large.set(oid, body);
      return send(response, 200, {});
    }
    if (request.headers.authorization !== `Bearer ${token}`) {
      return send(response, 401, { error: `Invalid token ${request.headers.authorization}` });
    }
    const json = path.includes('/commit/') || body.length === 0 ? {} : JSON.parse(body.toString());
    if (path === '/api/repos/create') {
      const name = `${json.organization}/${json.name}`;
      if (hub.repos.has(name)) return send(response, 409, { error: 'You already created this dataset repo' });
      hub.repos.set(name, { isPrivate: json.visibility === 'private', files: new Map() });
      return send(response, 200, { url: `${hub.url}/datasets/${name}`, id: name });
    }
    const name = /^\/(?:api\/)?datasets\/([^/]+\/[^/]+?)(?:\.git)?(?:\/|$)/.exec(path)?.[1] ?? '';
    const repo = hub.repos.get(name);
    if (repo === undefined) return send(response, 404, { error: 'Repository not found' });
    if (path.endsWith('/paths-info/main')) {
      const found = (json.paths as string[]).flatMap((each) => {
        const file = repo.files.get(each);
        return file === undefined ? [] : [describeFile(each, file)];
      });
      return send(response, 200, found);
    }
    if (path.endsWith('/preupload/main')) {
      const files = (json.files as { path: string }[]).map((file) => ({
        path: file.path,
        uploadMode: file.path.endsWith('.jsonl') ? 'lfs' : 'regular',
        shouldIgnore: false,
      }));
      return send(response, 200, { files });
    }
    if (path.endsWith('/info/lfs/objects/batch')) {
      const objects = (json.objects as { oid: string; size: number }[]).map((object) => ({
        ...object,
        ...(large.has(object.oid) ? {} : { actions: { upload: { href: `${hub.url}/large/${object.oid}` } } }),
      }));
      return send(response, 200, { transfer: 'basic', objects });
    }
    if (path.endsWith('/commit/main')) {
      for (const line of body.toString().split('\n')) {
        const { key, value } = JSON.parse(line);
        if (key === 'file') {
          repo.files.set(value.path, { bytes: Buffer.from(value.content, value.encoding), isLarge: false });
        }
        if (key === 'lfsFile') {
          const bytes = large.get(value.oid);
          if (bytes === undefined) return send(response, 400, { error: 'large file not there' });
          repo.files.set(value.path, { bytes, isLarge: true });
        }
      }
      return send(response, 200, { commitOid: 'c0ffee', commitUrl: `${hub.url}/commit/c0ffee`, success: true });
    }
    if (path === `/api/datasets/${name}/revision/HEAD`) {
      return send(response, 200, { _id: '1', id: name, private: repo.isPrivate, downloads: 0, likes: 0, gated: false });
    }
    send(response, 404, { error: `no such call ${path}` });
  };

  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  Object.assign(hub, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  return hub;
}

function describeFile(path: string, { bytes, isLarge }: { bytes: Buffer; isLarge: boolean }): object {
  const oid = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
  if (!isLarge) return { type: 'file', path, size: bytes.length, oid };
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return {
    type: 'file',
    path,
    size: bytes.length,
    oid: 'pointer',
    lfs: { oid: sha256, size: bytes.length, pointerSize: 130 },
  };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece);
  return Buffer.concat(pieces);
}

function send(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
}
