type Fetch = typeof globalThis.fetch;

/**
 * The openai package obeys Retry-After however long it is. Here an endpoint that asks for more than `maxWaitMs` is not
 * retried: the caller is told at once instead of sleeping for an hour.
 */
export function boundRetryAfter(
  fetch: Fetch,
  { maxWaitMs, now = Date.now }: { readonly maxWaitMs: number; readonly now?: () => number },
): Fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    if (response.ok || waitMs(response.headers, now) <= maxWaitMs) return response;
    const headers = new Headers(response.headers);
    headers.set('x-should-retry', 'false');
    return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
  };
}

/**
 * Retry-After is a number of seconds or a date (RFC 9110, section 10.2.3). Read as the openai package reads it, which takes the number that a text begins
 * with ("3600, 3600", as two proxies write it): what it would sleep is what counts.
 */
function waitMs(headers: Headers, now: () => number): number {
  const milliseconds = Number.parseFloat(headers.get('retry-after-ms') ?? '');
  if (milliseconds) return milliseconds;
  const value = headers.get('retry-after') ?? '';
  const seconds = Number.parseFloat(value);
  if (!Number.isNaN(seconds)) return seconds * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? 0 : date - now();
}
