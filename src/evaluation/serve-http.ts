import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serveLines } from './serve-lines.js';

/** The longest body of one request, in bytes: a hundred thousand responses. */
const MAX_BODY_BYTES = 512 * 1024 * 1024;

/**
 * Serves the same lines over HTTP, on this machine alone: `POST /grade` takes JSON lines and answers JSON lines in the same order, as they
 * arrive. Every request needs `Authorization: Bearer TOKEN`; other hosts are refused by the address, other pages by the token.
 *
 * @param port 0 for any free one
 */
export async function serveHttp(
  { port, token }: { readonly port: number; readonly token: string },
  answer: (text: string, line: number) => object,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    handle(request, response, { token, answer }).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : undefined);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: chosen } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${chosen}/grade`, close: () => close(server) };
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  { token, answer }: { readonly token: string; readonly answer: (text: string, line: number) => object },
): Promise<void> {
  if (!isAllowed(request.headers.authorization, token))
    return refuse(response, 401, 'send the token as "Authorization: Bearer TOKEN"');
  if (request.url !== '/grade') return refuse(response, 404, 'POST to /grade');
  if (request.method !== 'POST') return refuse(response, 405, 'POST JSON lines');
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES)
    return refuse(response, 413, `send at most ${MAX_BODY_BYTES} bytes at once`);
  response.writeHead(200, { 'content-type': 'application/x-ndjson; charset=utf-8' });
  await serveLines({ input: request, output: response }, answer);
  response.end();
}

function refuse(response: ServerResponse, status: number, error: string): void {
  response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
  response.end(`${JSON.stringify({ error: `Cannot grade: ${error}` })}\n`);
}

/** Compared in the same time whatever was sent. */
function isAllowed(header: string | undefined, token: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(header ?? ''), digest(`Bearer ${token}`));
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
