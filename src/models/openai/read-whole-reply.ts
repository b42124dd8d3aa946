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
    // Throws SyntaxError, and the call is tried again.
    if (!isText && reply.ok && /\bjson\b/.test(headers.get('content-type') ?? '')) JSON.parse(text);
    return new Response(text === '' ? null : text, { status, headers });
  };
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
