import http from 'node:http';
import https from 'node:https';
import type { Reply, Transport } from './read-whole-reply.js';

/**
 * Carries many small JSON calls at once over node:http. Node's own fetch costs several times the processor time a call,
 * and gives up on an answer that takes longer than five minutes, as a long completion may. A body that is no text (the
 * upload of a file) goes through Node's own. `close` closes the connections.
 */
export function carryOverHttp(): { readonly carry: Transport; readonly close: () => void } {
  const agents = {
    'http:': new http.Agent({ keepAlive: true }),
    'https:': new https.Agent({ keepAlive: true }),
  };
  return {
    carry: async (input, init) => {
      const url = new URL(String(input));
      const agent = agents[url.protocol as keyof typeof agents];
      if (agent === undefined || (init.body !== undefined && typeof init.body !== 'string')) {
        return globalThis.fetch(input, init);
      }
      return send(url, { agent, init, body: init.body });
    },
    close: () => {
      for (const agent of Object.values(agents)) agent.destroy();
    },
  };
}

function send(
  url: URL,
  { agent, init, body = '' }: { agent: http.Agent; init: RequestInit; body: string | undefined },
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const headers: Record<string, string | number> = { ...Object.fromEntries(new Headers(init.headers)) };
    if (body !== '') headers['content-length'] = Buffer.byteLength(body);
    const { request } = url.protocol === 'https:' ? https : http;
    const signal = init.signal ?? undefined;
    const outgoing = request(url, { method: init.method ?? 'GET', headers, agent, ...(signal && { signal }) });
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      // The server closed an idle connection in the moment that it was taken for this call: it never saw the call.
      if (outgoing.reusedSocket && error.code === 'ECONNRESET') resolve(send(url, { agent, init, body }));
      else reject(error);
    });
    outgoing.on('response', (incoming) => {
      const status = incoming.statusCode ?? 500;
      resolve({ ok: status >= 200 && status < 300, status, headers: toHeaders(incoming), body: incoming });
    });
    outgoing.end(body);
  });
}

function toHeaders(incoming: http.IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers.set(name, String(value));
  }
  return headers;
}
