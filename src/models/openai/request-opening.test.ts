import { afterEach, describe, expect, it } from 'vitest';
import { openModel } from '../open-model.js';
import { readJson, sendJson, serve, type WireServer } from './__fixtures__/wire-server.js';

let server: WireServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const template =
  '{{ bos_token }}{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}';

/** Tokens of the fake vLLM are the code points of its text. */
const codes = (text: string): number[] => [...text].map((letter) => letter.codePointAt(0) ?? 0);
const rendered = (messages: readonly { role: string; content: string }[]): string =>
  `<s>${messages.map(({ role, content }) => `[${role}]${content}[/]`).join('')}`;

const servers = {
  'llama.cpp': (path: string) =>
    path === '/props' ? { chat_template: template, bos_token: '<s>', eos_token: '<|im_end|>' } : undefined,
  vLLM: (path: string, body: { messages?: []; prompt?: string; tokens?: number[] }) => {
    if (path === '/tokenize')
      return { tokens: codes(body.messages === undefined ? `<s>${body.prompt}` : rendered(body.messages)) };
    return path === '/detokenize' ? { prompt: String.fromCodePoint(...(body.tokens ?? [])) } : undefined;
  },
  'another server': () => undefined,
};

async function openingOf(name: keyof typeof servers) {
  server = await serve(async (request, response) => {
    const body = request.method === 'POST' ? await readJson(request) : {};
    const reply = servers[name](request.url ?? '', body as never);
    return reply === undefined
      ? sendJson(response, 404, { error: { message: 'no such call' } })
      : sendJson(response, 200, reply);
  });
  const model = await openModel(`${server.url}#nobody/knows-it`);
  const opening = await model.askOpening?.();
  await model.close?.();
  return opening;
}

describe('how a server opens a user turn', () => {
  it('llama.cpp tells its template', async () => {
    const opening = await openingOf('llama.cpp');
    expect(opening?.preQuery()).toBe('<s><|im_start|>user\n');
    expect(opening?.preQuery('Ask about algebra.')).toBe(
      '<s><|im_start|>system\nAsk about algebra.<|im_end|>\n<|im_start|>user\n',
    );
    expect([opening?.begin, opening?.stop]).toEqual(['<s>', ['<|im_end|>']]);
  });

  it('vLLM renders a conversation', async () => {
    const opening = await openingOf('vLLM');
    expect(opening?.preQuery()).toBe('<s>[user]');
    expect(opening?.preQuery('Costs $& more.')).toBe('<s>[system]Costs $& more.[/][user]');
    expect(opening?.begin).toBe('<s>');
  });

  it('others say nothing', async () => {
    expect(await openingOf('another server')).toBeUndefined();
  });
});
