import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Endpoint = { readonly model: string; close(): Promise<void> };
type Answer = (response: ServerResponse, body: string) => void;

/** A local HTTP server that speaks (or misspeaks) the OpenAI protocol; `model` is the string that opens it. */
export async function serveEndpoint(answer: Answer, { port: wanted = 0 } = {}): Promise<Endpoint> {
  const server = createServer((request, response) => {
    // What a server can do is asked too (GET): this one tells nothing of itself
    if (request.method !== 'POST') response.writeHead(404).end();
    else readBody(request).then((body) => answer(response, body));
  });
  await new Promise<void>((done) => server.listen(wanted, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    model: `http://127.0.0.1:${port}/v1#tiny`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** Answers every question with a solution that ends in `\boxed{4}`, as many times as it was asked for. */
export const solve: Answer = (response, body) => {
  const { n = 1 } = JSON.parse(body);
  const content = 'Two and two: 2 + 2 = 4.\nThe answer is \\boxed{4}.';
  const choices = Array.from({ length: n }, (_, index) => ({ index, message: { content }, finish_reason: 'stop' }));
  reply(response, 200, { choices, usage: { prompt_tokens: 9, completion_tokens: 20 * n } });
};

/** Solves so many times, then never answers again. */
export function solveThenHang(count: number): Answer {
  let left = count;
  return (response, body) => {
    left -= 1;
    if (left >= 0) solve(response, body);
  };
}

export function refuse(status: number, headers: Readonly<Record<string, string>> = {}): Answer {
  return (response) => reply(response, status, { error: { message: 'refused', type: 'x' } }, headers);
}

export const showPage: Answer = (response) => {
  response.writeHead(200, { 'content-type': 'text/html' });
  response.end('<!doctype html>\n<html><body>Welcome to nginx</body></html>\n');
};

function reply(
  response: ServerResponse,
  status: number,
  value: object,
  headers: Readonly<Record<string, string>> = {},
) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(value));
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const part of request.setEncoding('utf8')) body += part;
  return body;
}
