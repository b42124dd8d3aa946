import { afterEach, describe, expect, it } from 'vitest';
import { openModel } from '../open-model.js';
import { sendJson, serve, type WireServer } from './__fixtures__/wire-server.js';

let server: WireServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

describe('how far a server looks back', () => {
  it.each([
    [
      'vLLM',
      {
        '/v1/models': {
          data: [
            { id: 'other', max_model_len: 1 },
            { id: 'a/b', max_model_len: 8192 },
          ],
        },
      },
      8192,
    ],
    ['one model by another name', { '/v1/models': { data: [{ id: 'served', max_model_len: 4096 }] } }, 4096],
    [
      'llama.cpp',
      { '/v1/models': { data: [{ id: 'a/b' }] }, '/props': { default_generation_settings: { n_ctx: 512 } } },
      512,
    ],
    [
      'a server that does not tell',
      { '/v1/models': 'no', '/props': { default_generation_settings: { n_ctx: -1 } } },
      undefined,
    ],
    ['a server that knows neither', {}, undefined],
  ])('%s', async (_, answers: Readonly<Record<string, unknown>>, expected) => {
    server = await serve((request, response) => {
      const answer = answers[request.url ?? ''];
      sendJson(response, answer === undefined ? 404 : 200, answer ?? {});
    });
    const model = await openModel(`${server.url}#a/b`);
    expect(await model.askContext?.()).toBe(expected);
    await model.close();
  });
});
