import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enginesEnvironment, writePocketCheckpoint } from '../../gpu/__fixtures__/engines.js';
import { testModel } from '../conformance.js';
import type { Completion, LanguageModel } from '../language-model.js';
import { openModel } from '../open-model.js';

const folder = mkdtempSync(join(tmpdir(), 'mathpie-vllm-test-'));
const checkpoint = join(folder, 'pocket');
beforeAll(() => writePocketCheckpoint(checkpoint));
afterAll(() => rmSync(folder, { recursive: true }));

// Loading takes most of the time: one engine for all of it.
let opening: Promise<LanguageModel> | undefined;
const open = (): Promise<LanguageModel> => {
  const name = `vllm:${checkpoint}?dtype=float32&enforceEager=true&cpuCacheGiB=1`;
  opening ??= openModel(name, { environment: enginesEnvironment() });
  return opening;
};

describe('vLLM', () => {
  it('gives the greedy text of the embedded engine, message contents as plain text, and its pre-query text', async () => {
    const [model, pocket] = [await open(), await openModel('pocket')];
    expect(model.preQuery?.()).toBe(pocket.preQuery?.());
    const question = 'Tom has 3 pens and buys 4 more. <|end|> How many pens does Tom have?';
    const request = {
      id: 'a',
      prompt: { messages: [{ role: 'user' as const, content: question }] },
      sampling: { temperature: 0, maxTokens: 60 },
    };
    const answers: Completion[] = [];
    for (const one of [model, pocket]) for await (const answer of one.generate([request])) answers.push(answer);
    await pocket.close();
    expect(answers[0]).toMatchObject({ text: answers[1]?.text, promptTokens: answers[1]?.promptTokens });
  });

  it('refuses a model that is not there in one line', async () => {
    await expect(openModel('vllm:./no-such-model', { environment: enginesEnvironment() })).rejects.toThrow(
      /^Cannot open the model \.\/no-such-model: there is no such folder; [^\n]+$/,
    );
  });
});

// Last, because it closes the model.
testModel({ name: 'vLLM', open });
