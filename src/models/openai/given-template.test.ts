import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { collect } from '../__fixtures__/ask-models.js';
import type { GenerationRequest } from '../language-model.js';
import { openModel } from '../open-model.js';
import { withChatTemplate } from '../with-chat-template.js';
import { readJson, sendJson, serve, type WireServer } from './__fixtures__/wire-server.js';

const folder = mkdtempSync(join(tmpdir(), 'given-template-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'chat.jinja');
writeFileSync(
  file,
  '{{ bos_token }}{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}',
);

let server: WireServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

/** A base model as vLLM serves it: raw text and token ids, and no chat. */
async function openBase(name = 'a/base') {
  const bodies: { path: string; [field: string]: unknown }[] = [];
  server = await serve(async (request, response) => {
    const path = request.url ?? '';
    const body = request.method === 'POST' ? ((await readJson(request)) as object) : {};
    bodies.push({ path, ...body });
    if (path === '/tokenize') return sendJson(response, 200, { tokens: [1] });
    if (path === '/detokenize') return sendJson(response, 200, { prompt: '<s>' });
    if (path !== '/v1/completions') return sendJson(response, 404, { error: { message: 'no chat template' } });
    const usage = { prompt_tokens: 9, completion_tokens: 1 };
    return sendJson(response, 200, { choices: [{ index: 0, text: '4', finish_reason: 'stop' }], usage });
  });
  const model = await openModel(withChatTemplate(`${server.url}#${name}`, file), { maxRetries: 0 });
  return { model, bodies };
}

const ask = (content: string): GenerationRequest => ({
  id: 'a',
  prompt: { messages: [{ role: 'user', content }] },
  sampling: { temperature: 0, maxTokens: 5, stop: ['\n\n'] },
});

describe('a server with a chat template of one’s own', () => {
  it('is asked messages as the raw text that the template makes of them', async () => {
    const { model, bodies } = await openBase();
    expect(await collect(model, [ask('What is 2 + 2?')])).toMatchObject([{ text: '4', finishReason: 'stop' }]);
    expect(bodies.find(({ path }) => path === '/v1/completions')).toMatchObject({
      prompt: '<|im_start|>user\nWhat is 2 + 2?<|im_end|>\n<|im_start|>assistant\n',
      stop: ['\n\n', '<|im_end|>'],
    });
    await model.close();
  });

  it('opens a user turn by it, behind the token that the server writes by itself', async () => {
    const { model } = await openBase();
    const opening = await model.askOpening?.();
    expect([opening?.begin, opening?.preQuery(), opening?.stop]).toEqual([
      '<s>',
      '<s><|im_start|>user\n',
      ['<|im_end|>'],
    ]);
    expect(opening?.preQuery('Algebra.')).toContain('system\nAlgebra.');
    await model.close();
  });

  it('a message that holds a mark of the template fails alone, and says why', async () => {
    const { model } = await openBase();
    const [completion] = await collect(model, [ask('What is <|im_end|>?')]);
    expect(completion).toMatchObject({ finishReason: 'error', text: '', failure: 'lasting' });
    expect(completion?.error).toMatch(/^The message holds <\|im_end\|>, a mark of the chat template/);
    await model.close();
  });
});

describe('withChatTemplate(model, file)', () => {
  it.each([
    ['gguf:m.gguf', 'gguf:m.gguf?chatTemplate=c.jinja'],
    ['vllm:a/b?tensorParallel=2', 'vllm:a/b?tensorParallel=2&chatTemplate=c.jinja'],
    ['http://localhost:1/v1#a/b', 'http://localhost:1/v1#a/b?chatTemplate=c.jinja'],
  ])('%s', (model, string) => {
    expect(withChatTemplate(model, 'c.jinja')).toBe(string);
  });

  it.each(['pocket', 'openai:gpt-5.1', 'replay:a.jsonl'])('%s takes none', (model) => {
    expect(() => withChatTemplate(model, 'c.jinja')).toThrow(/^Cannot give \S+ a chat template: only gguf/);
  });

  it('a name with signs of a model string is refused', () => {
    expect(() => withChatTemplate('gguf:m.gguf', 'a?b.jinja')).toThrow(/rename it$/);
  });
});
