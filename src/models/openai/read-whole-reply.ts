type Fetch = typeof globalThis.fetch;

/** Stands for a reply that went on for too long; not an HTTP status in use. */
export const oversizedStatus = 599;

/** Where a call names no limit of its own. */
const defaultMaxBytes = 2 ** 24;

/**
 * The openai package tries a call again when `fetch` fails, not when the body that follows breaks off, stalls or is no
 * JSON. Here `fetch` is done when the whole body is there and can be read, so that its retries and its timeout cover that
 * too. A body longer than `maxReplyBytes` of the request's `fetchOptions` is dropped, not held in memory.
 */
export function readWholeReply(fetch: Fetch): Fetch {
  return async (input, init) => {
    const { maxReplyBytes = defaultMaxBytes, ...rest } = (init ?? {}) as RequestInit & { maxReplyBytes?: number };
    const reply = await fetch(input, rest);
    const text = await readText(reply, maxReplyBytes);
    const { status, statusText, headers } = reply;
    if (text === undefined) {
      return new Response(null, { status: oversizedStatus, headers: { 'x-should-retry': 'false' } });
    }
    // Throws SyntaxError, and the call is tried again.
    if (reply.ok && headers.get('content-type')?.includes('json')) JSON.parse(text);
    return new Response(text === '' ? null : text, { status, statusText, headers });
  };
}

/** Undefined when there are more bytes than the limit. */
async function readText(reply: Response, maxBytes: number): Promise<string | undefined> {
  if (reply.body === null) return '';
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  // Leaving the loop early cancels the transfer.
  for await (const part of reply.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += part.length;
    if (bytes > maxBytes) return undefined;
    text += decoder.decode(part, { stream: true });
  }
  return text + decoder.decode();
}
