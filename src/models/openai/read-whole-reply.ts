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
    if (isText || !reply.ok) return new Response(text === '' ? null : text, { status, headers });
    const isSaidToBeJson = /\bjson\b/.test(headers.get('content-type') ?? '');
    // Some send JSON as plain text. Throws SyntaxError for what is none, and the call is tried again.
    const value: unknown = isSaidToBeJson || /^\s*[{[]/.test(text) ? JSON.parse(text) : undefined;
    const failed = statusOfError(value);
    // With its own headers: it may say how long to wait
    if (failed !== undefined) return new Response(text, { status: failed, headers });
    if (value === undefined || isSaidToBeJson) return new Response(text === '' ? null : text, { status, headers });
    const asJson = new Headers(headers);
    asJson.set('content-type', 'application/json');
    return new Response(text, { status, headers: asJson });
  };
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

/** The status that an answer means which says 200 and holds nothing but an error, as OpenRouter's do; undefined for any other. */
function statusOfError(value: unknown): number | undefined {
  if (typeof value !== 'object' || value === null || !('error' in value) || !value.error) return undefined;
  if ('choices' in value || 'output' in value) return undefined;
  const { code, status, type } = value.error as { code?: unknown; status?: unknown; type?: unknown };
  const number = [code, status].map(Number).find((each) => Number.isInteger(each) && each >= 400 && each <= 599);
  return number ?? [code, type].map((word) => statusOfWord[String(word)]).find((each) => each !== undefined) ?? 400;
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
