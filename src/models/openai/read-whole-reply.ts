import { isUnpaid, readError, type SaidError } from './read-error.js';
import { isObject } from './read-message.js';

type Fetch = typeof globalThis.fetch;

/** What `readWholeReply` needs of an answer; a `Response` has it. */
export type Reply = {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: Headers;
  readonly body: AsyncIterable<Uint8Array> | ReadableStream<Uint8Array> | null;
};

/** `fetch` is one. */
export type Transport = (input: Parameters<Fetch>[0], init: RequestInit) => Promise<Reply>;

/** Stands for a reply that went on for too long; not an HTTP status in use. */
export const oversizedStatus = 599;

/** What a call may say in its `fetchOptions`; `isText` is for files, which are no JSON whatever their type says. */
type Limits = { readonly maxReplyBytes?: number; readonly isText?: boolean };

/** Where a call names no limit of its own. */
const defaultMaxBytes = 2 ** 24;

/**
 * The openai package tries a call again when `fetch` fails, not when the body that follows breaks off, stalls or is no
 * JSON. Here `fetch` is done when the whole body is there and can be read, so that its retries and its timeout cover that
 * too. A body longer than `maxReplyBytes` of the request's `fetchOptions` is dropped, not held in memory.
 */
export function readWholeReply(carry: Transport): Fetch {
  return async (input, init) => {
    const { maxReplyBytes = defaultMaxBytes, isText = false, ...rest } = (init ?? {}) as RequestInit & Limits;
    const reply = await carry(input, rest);
    const text = await readText(reply, maxReplyBytes);
    const { status, headers } = reply;
    if (text === undefined) {
      return new Response(null, { status: oversizedStatus, headers: { 'x-should-retry': 'false' } });
    }
    if (!reply.ok) return refusal(readError(text), { text, status, headers });
    if (isText) return new Response(text === '' ? null : text, { status, headers });
    const isSaidToBeJson = /\bjson\b/.test(headers.get('content-type') ?? '');
    // Some send JSON as plain text. Throws SyntaxError for what is none, and the call is tried again.
    const value: unknown = isSaidToBeJson || /^\s*[{[]/.test(text) ? JSON.parse(text) : undefined;
    const error = errorInPlace(value);
    if (error !== undefined) return refusal(error, { text, status: statusOfError(error), headers });
    if (value === undefined || isSaidToBeJson) return new Response(text === '' ? null : text, { status, headers });
    const asJson = new Headers(headers);
    asJson.set('content-type', 'application/json');
    return new Response(text, { status, headers: asJson });
  };
}

/** A refusal in the one form that the openai package reads, with its own headers, which may say how long to wait. */
function refusal(
  error: SaidError | undefined,
  { text, status, headers }: { readonly text: string; readonly status: number; readonly headers: Headers },
): Response {
  if (error === undefined || text.trimStart().startsWith('<'))
    return new Response(text === '' ? null : text, { status, headers });
  const own = new Headers(headers);
  own.set('content-type', 'application/json');
  // Nothing comes of asking again where nobody pays
  if (isUnpaid(error)) own.set('x-should-retry', 'false');
  return new Response(JSON.stringify({ error }), { status, headers: own });
}

/** Words that stand for a status, where a code is none. */
const statusOfWord: { readonly [word: string]: number } = {
  rate_limit_exceeded: 429,
  rate_limit_error: 429,
  overloaded_error: 529,
  server_error: 500,
  internal_error: 500,
  timeout: 504,
};

/** The error of an answer that says 200 and holds nothing else, as OpenRouter's do; undefined for any other. */
function errorInPlace(value: unknown): SaidError | undefined {
  if (!isObject(value)) return undefined;
  const isAnswer = Array.isArray(value.output) || (Array.isArray(value.choices) && value.choices.length > 0);
  const { base_resp: state } = value;
  const isFailed = value.error || value.object === 'error' || (isObject(state) && state.status_code !== 0);
  return isAnswer || !isFailed ? undefined : readError(value);
}

/** The status that it means. */
function statusOfError({ code, type }: SaidError): number {
  const number = Number(code);
  if (Number.isInteger(number) && number >= 400 && number <= 599) return number;
  return [code, type].map((word) => statusOfWord[String(word)]).find((each) => each !== undefined) ?? 400;
}

/** Undefined when there are more bytes than the limit. */
async function readText(reply: Reply, maxBytes: number): Promise<string | undefined> {
  if (reply.body === null) return '';
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  // Leaving the loop early cancels the transfer.
  for await (const part of reply.body as AsyncIterable<Uint8Array>) {
    bytes += part.length;
    if (bytes > maxBytes) return undefined;
    text += decoder.decode(part, { stream: true });
  }
  return text + decoder.decode();
}
