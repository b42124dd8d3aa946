import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the server does wrong; it does everything right by default. */
export type Faults = {
  /** Holds each of the first connections after this many bytes of its body, until `cut` breaks it. */
  cutAfter?: number;
  cuts?: number;
  ignoresRange?: boolean;
  etag?: string | undefined;
  /** Status of the first answers. */
  refusals?: readonly number[];
  /** Sends no Content-Length. */
  isChunked?: boolean;
};

export type FileServer = {
  readonly url: string;
  /** May be changed between requests. */
  content: Buffer;
  faults: Faults;
  /** Method and Range header of each request. */
  readonly requests: string[];
  /** Breaks the connection that is held, once all that it sent has arrived: what is on the way would be lost. */
  readonly cut: (arrived: number) => void;
  readonly close: () => Promise<void>;
};

type Held = { readonly upTo: number; readonly response: ServerResponse };

/** Serves one file with ETag and Range (RFC 9110), or fails as it is told to. */
export async function serveFile(content: Buffer, faults: Faults = {}): Promise<FileServer> {
  const requests: string[] = [];
  const held: Held[] = [];
  const server = createServer((request, response) => answer({ state, held }, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const state: FileServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    content,
    faults: { etag: '"v1"', ...faults },
    requests,
    cut: (arrived) => {
      const last = held.at(-1);
      if (last !== undefined && arrived >= last.upTo) held.pop()?.response.destroy();
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return state;
}

function answer(
  { state, held }: { state: FileServer; held: Held[] },
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { content, faults } = state;
  const range = request.headers.range;
  const count = state.requests.push(range ?? 'whole');
  const refusal = faults.refusals?.[count - 1];
  if (refusal !== undefined) {
    response.writeHead(refusal, { 'retry-after': '0' }).end('busy');
    return;
  }
  const start = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
  const isSameVersion = request.headers['if-range'] === undefined || request.headers['if-range'] === faults.etag;
  const isPartial = range !== undefined && isSameVersion && faults.ignoresRange !== true;
  if (isPartial && start >= content.length) {
    response.writeHead(416, { 'content-range': `bytes */${content.length}` }).end();
    return;
  }
  const body = isPartial ? content.subarray(start) : content;
  const headers = {
    ...(faults.etag === undefined ? {} : { etag: faults.etag }),
    ...(faults.isChunked ? {} : { 'content-length': String(body.length) }),
    ...(isPartial ? { 'content-range': `bytes ${start}-${content.length - 1}/${content.length}` } : {}),
  };
  response.writeHead(isPartial ? 206 : 200, headers);
  const { cutAfter, cuts = Number.POSITIVE_INFINITY } = faults;
  if (cutAfter === undefined || count > cuts || cutAfter >= body.length) {
    response.end(body);
    return;
  }
  held.push({ upTo: content.length - body.length + cutAfter, response });
  response.flushHeaders();
  response.write(body.subarray(0, cutAfter));
}
