import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendJson, serve, type WireServer } from '../../__fixtures__/wire-server.js';

type Line = { custom_id: string; url: string; method: string; body: { messages: { content: string }[]; n?: number } };
type StoredBatch = { id: string; lines: readonly Line[]; polls: number; status: string; [field: string]: unknown };

export type BatchServer = WireServer & {
  readonly batches: readonly StoredBatch[];
  /** Method and path of every call. */
  readonly calls: readonly string[];
  /** Requests that were answered, by their question: one that stands there twice is paid twice. */
  readonly answered: readonly string[];
};

export type Faults = {
  /** Cuts the connection after the call was carried out, so that its answer is lost. */
  readonly loseAnswer?: (call: string) => boolean;
  /** How the batch with this number (from 0) ends. @default completed */
  readonly end?: (number: number) => 'completed' | 'expired' | 'failed' | 'cancelled';
  /** The line of the error file for a question; undefined where it is answered. */
  readonly refuse?: (question: string) => object | undefined;
  /** Batches of other people in the same organisation: so many younger than all of ours, and so many from last year. */
  readonly others?: () => { readonly younger: number; readonly older: number };
  /** In which order batches are listed, which the contract leaves open. @default newest */
  readonly first?: 'newest' | 'oldest';
  /** Reads `after` as something that is no id of a batch, and begins anew. */
  readonly ignoresCursor?: boolean;
};

const expired = { code: 'batch_expired', message: 'This request could not be executed before the window expired.' };

/**
 * A server with the published contract of files and batches (OpenAI API reference, "Files" and "Batch"): a batch is in
 * progress at the first look and over at the second. One that expires has answered every other request.
 */
export async function startBatchServer(faults: Faults = {}): Promise<BatchServer> {
  const files = new Map<string, string>();
  const batches: StoredBatch[] = [];
  const calls: string[] = [];
  const answered: string[] = [];

  const finish = (batch: StoredBatch): void => {
    const end = faults.end?.(batches.indexOf(batch)) ?? 'completed';
    const output: object[] = [];
    const errors: object[] = [];
    for (const [index, { custom_id, body }] of batch.lines.entries()) {
      const question = body.messages[0]?.content ?? '';
      const refusal = faults.refuse?.(question);
      if (end === 'failed' || (end === 'cancelled' && index % 2 === 1)) continue;
      if (end === 'expired' && index % 2 === 1) errors.push({ custom_id, response: null, error: expired });
      else if (refusal !== undefined) errors.push({ custom_id, ...refusal });
      else {
        answered.push(question);
        output.push({ custom_id, response: { status_code: 200, request_id: 'q', body: answer(body) }, error: null });
      }
    }
    const add = (kind: string, rows: readonly object[]): string | undefined => {
      if (rows.length === 0) return undefined;
      // The order of the output is not that of the input.
      const lines = [...rows].reverse().map((row) => `${JSON.stringify(row)}\n`);
      files.set(`${kind}-${batch.id}`, lines.join(''));
      return `${kind}-${batch.id}`;
    };
    batch.status = end;
    batch.output_file_id = add('output', output);
    batch.error_file_id = add('errors', errors);
    batch.request_counts = { total: batch.lines.length, completed: output.length, failed: errors.length };
    if (end !== 'failed') return;
    batch.errors = { object: 'list', data: [{ code: 'invalid', line: 1, message: 'This line is\nwrong.' }] };
  };

  const create = (text: string): object | undefined => {
    const { input_file_id, endpoint, completion_window, metadata } = JSON.parse(text);
    const content = files.get(input_file_id);
    if (content === undefined || completion_window !== '24h') return undefined;
    const lines = content
      .trimEnd()
      .split('\n')
      .map((line): Line => JSON.parse(line));
    if (lines.some(({ url, method }) => url !== endpoint || method !== 'POST')) return undefined;
    const id = `batch_${batches.length}`;
    batches.push({
      ...{ id, object: 'batch', created_at: seconds() },
      status: 'validating',
      metadata,
      lines,
      polls: 0,
    });
    return describe(batches.at(-1));
  };

  const upload = (text: string): object | undefined => {
    if (!/name="purpose"\r\n\r\nbatch\r\n/.test(text)) return undefined;
    const [, content = ''] = /name="file"[\s\S]*?\r\n\r\n([\s\S]*?)\r\n--/.exec(text) ?? [];
    const id = `file-${files.size}`;
    files.set(id, content);
    return { id, object: 'file', purpose: 'batch', bytes: content.length };
  };

  const look = (id: string): object | undefined => {
    const batch = batches.find((candidate) => candidate.id === id);
    if (batch === undefined) return undefined;
    batch.polls += 1;
    if (batch.polls === 1) batch.status = 'in_progress';
    else if (batch.status === 'in_progress') finish(batch);
    return describe(batch);
  };

  /** `after` is the id of the last batch of the page before; `limit` is 20 when left out and 100 at most. */
  const list = (query: URLSearchParams): object => {
    const { younger, older } = faults.others?.() ?? { younger: 0, older: 0 };
    const foreign = (kind: string, count: number, created_at: number): object[] =>
      Array.from({ length: count }, (_, index) => ({ id: `${kind}_${index}`, object: 'batch', created_at }))
        // Strictly ordered by age
        .map((batch, index) => ({ ...batch, created_at: created_at + index }));
    const all = [
      ...foreign('older', older, seconds() - 365 * 86_400),
      ...batches.map(describe),
      ...foreign('younger', younger, seconds() + 1),
    ] as { id: string }[];
    if (faults.first !== 'oldest') all.reverse();
    const start = faults.ignoresCursor ? 0 : all.findIndex(({ id }) => id === query.get('after')) + 1;
    const data = all.slice(start, start + Math.min(100, Number(query.get('limit') ?? 20)));
    const has_more = start + data.length < all.length;
    return { object: 'list', data, first_id: data[0]?.id, last_id: data.at(-1)?.id, has_more };
  };

  const carryOut = async (call: string, request: IncomingMessage): Promise<object | string | undefined> => {
    const [, kind, id = ''] = /^GET \/v1\/(batches|files)\/([^/]+)/.exec(call) ?? [];
    if (call === 'POST /v1/files') return upload(await readText(request));
    if (call === 'POST /v1/batches') return create(await readText(request));
    if (call.startsWith('GET /v1/batches?')) return list(new URLSearchParams(call.slice(call.indexOf('?') + 1)));
    return kind === 'batches' ? look(id) : files.get(id);
  };

  const server = await serve(async (request: IncomingMessage, response: ServerResponse) => {
    const call = `${request.method} ${request.url}`;
    const result = await carryOut(call, request);
    calls.push(call);
    if (faults.loseAnswer?.(call)) return response.destroy();
    if (result === undefined) return sendJson(response, 404, { error: { message: `no ${call}` } });
    if (typeof result === 'object') return sendJson(response, 200, result);
    response.writeHead(200, { 'content-type': 'application/octet-stream' });
    response.end(result);
  });
  return { ...server, batches, calls, answered };
}

const seconds = (): number => Math.floor(Date.now() / 1000);

const describe = (batch: StoredBatch | undefined): object => ({ ...batch, lines: undefined, polls: undefined });

const answer = ({ messages, n = 1 }: Line['body']) => ({
  choices: Array.from({ length: n }, (_, index) => ({
    index,
    finish_reason: 'stop',
    message: { role: 'assistant', content: `${messages[0]?.content}: ${index}` },
  })),
  usage: { prompt_tokens: 7, completion_tokens: 3 * n },
});

async function readText(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request.setEncoding('utf8')) text += part;
  return text;
}
