import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { InputError } from '../errors.js';
import type { GenerationRequest, LanguageModel } from '../models/language-model.js';
import { planRequests } from './plan-requests.js';

const folder = mkdtempSync(join(tmpdir(), 'mathpie-requests-'));
afterAll(() => rmSync(folder, { recursive: true }));

const message = { messages: [{ role: 'user', content: 'two words' }], sampling: { maxTokens: 100 } };

function write(...rows: object[]): string {
  const file = join(folder, 'requests.jsonl');
  writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  return file;
}

const plan = (file: string, more: Partial<Parameters<typeof planRequests>[0]> = {}) =>
  planRequests({ file, directory: join(folder, 'run'), model: 'vllm:x', ...more });

describe('planRequests()', () => {
  it('counts messages, raw text and token ids', async () => {
    const file = write(
      { ...message, id: 'a', samples: 3 },
      { id: 'b', prompt: 'three words here', sampling: { maxTokens: 1000 } },
      { id: 'c', promptTokenIds: [1, 2, 3, 4, 5], sampling: { maxTokens: 1000 } },
    );
    expect(await plan(file)).toMatchObject({
      requests: 3,
      completions: 5,
      // Two words and four tokens around the message, three words, five ids
      inputTokens: 6 + 3 + 5,
      outputTokens: 3 * 100 + 2 * 371,
      maxOutputTokens: 2300,
      elapsedMs: undefined,
    });
  });

  it('leaves out what the run directory holds, and takes its lengths', async () => {
    mkdirSync(join(folder, 'begun'));
    const done = Array.from({ length: 8 }, (_, sample) => ({ requestId: 'a', sample, completionTokens: 20 }));
    writeFileSync(join(folder, 'begun', 'completions.jsonl'), done.map((row) => `${JSON.stringify(row)}\n`).join(''));
    const file = write({ ...message, id: 'a', samples: 10 }, { ...message, id: 'b' });
    expect(await plan(file, { directory: join(folder, 'begun') })).toMatchObject({
      requests: 2,
      completions: 3,
      outputTokens: 60,
      outputSource: '8 records of this run',
    });
  });

  it('tells the time from a probe of the model, and closes it', async () => {
    let closed = 0;
    const model = fakeModel(() => {
      closed += 1;
    });
    const file = write(...Array.from({ length: 40 }, (_, id) => ({ ...message, id: `${id}`, samples: 2 })));
    const planned = await plan(file, { open: async () => model });
    expect(planned).toMatchObject({ completions: 80, outputTokens: 800, inputTokens: 40 * 9 });
    expect(planned.probe?.completions).toHaveLength(16);
    expect(planned.elapsedMs).toBeGreaterThan(0);
    expect(closed).toBe(1);
  });

  it.each<[object, RegExp]>([
    [{ ...message }, /requests\.jsonl:1: it has no id/],
    [{ id: 'a', sampling: { maxTokens: 9 } }, /:1: it holds neither messages nor prompt nor promptTokenIds/],
    [{ ...message, id: 'a', sampling: {} }, /:1: its sampling has no maxTokens/],
  ])('refuses %j with its line', async (row, message) => {
    await expect(plan(write(row))).rejects.toThrow(InputError);
    await expect(plan(write(row))).rejects.toThrow(message);
  });
});

/** Ten tokens an answer, and nine that it counts a prompt. */
function fakeModel(close: () => void): LanguageModel {
  return {
    name: 'vllm:x',
    capabilities: { chat: true, raw: true, topLogProbabilities: 0, seed: true },
    async *generate(requests: readonly GenerationRequest[]) {
      for (const { id } of requests) {
        await new Promise((done) => setTimeout(done, 1));
        const usage = { promptTokens: 9, completionTokens: 10 };
        yield { requestId: id, sample: 0, text: 'x', finishReason: 'stop', ...usage };
      }
    },
    close: async () => close(),
  };
}
