import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { InputError, ModelError } from '../../errors.js';
import { testModel } from '../conformance.js';
import type { Completion, GenerationRequest, LanguageModel } from '../language-model.js';
import { openModel } from '../open-model.js';
import { parseVllmName } from './parse-vllm-name.js';
import { openVllmModel } from './vllm-model.js';

// A real Python process that speaks as the session of vLLM does; the real engine has its own test beside this one.
const folder = join(import.meta.dirname, '__fixtures__', 'python-gpu');
const open = (name = 'vllm:owner/name', environment: Record<string, string> = {}): Promise<LanguageModel> =>
  openVllmModel(name, { python: 'python3', folder, environment: { ...process.env, ...environment } });

testModel({ name: 'a session in Python', open });

const opened: LanguageModel[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((model) => model.close()));
});

const ask = (id: string, maxTokens: number): GenerationRequest => ({
  id,
  prompt: { raw: '<|user|>' },
  sampling: { temperature: 1, maxTokens },
});

async function collect(model: LanguageModel, requests: GenerationRequest[]): Promise<Completion[]> {
  const completions: Completion[] = [];
  for await (const completion of model.generate(requests)) completions.push(completion);
  return completions;
}

describe('vllm:MODEL', () => {
  it('knows the pre-query text of the model', async () => {
    const model = await open();
    opened.push(model);
    expect(model.preQuery?.()).toBe('<|user|>');
    expect(model.preQuery?.('Be brief.')).toBe('<|system|>Be brief.<|end|><|user|>');
  });

  it('options of the chat template go to it, and those that it has not are refused', async () => {
    expect(parseVllmName('vllm:a/b?thinking=off&maxModelLength=99&template.level=3')).toMatchObject({
      settings: { maxModelLength: 99, templateVariables: { enable_thinking: false, thinking: false, level: 3 } },
    });
    await expect(open('vllm:owner/name?thinking=off')).rejects.toThrow(/its chat template has no switch for it/);
  });

  it('what the engine refuses is a ModelError with its line', async () => {
    const opening = open('vllm:x', { FAKE_SESSION: 'refuse' });
    await expect(opening).rejects.toThrow(ModelError);
    await expect(opening).rejects.toThrow(/^Cannot open the model x: there is no such folder; check the path$/);
  });

  it('a fault while it loads is a ModelError', async () => {
    await expect(open('vllm:x', { FAKE_SESSION: 'crash' })).rejects.toThrow(
      /^The engine of vllm:x is gone: Cannot finish generate: RuntimeError: no memory; [^\n]+; open it again$/,
    );
  });

  it('an engine that dies ends every call, and says so again', async () => {
    const model = await open('vllm:x', { FAKE_SESSION: 'die' });
    opened.push(model);
    const gone = /^The engine of vllm:x is gone: .*; open it again$/;
    const calls = [collect(model, [ask('a', 9)]), collect(model, [ask('b', 9)])];
    for (const call of calls) await expect(call).rejects.toThrow(gone);
    await expect(collect(model, [ask('c', 9)])).rejects.toThrow(gone);
  });

  it('closing ends what is generated', async () => {
    const model = await open();
    const call = collect(model, [ask('a', 400)]);
    await Promise.all([expect(call).rejects.toThrow(/was closed while it was generating/), model.close()]);
    await expect(collect(model, [ask('a', 1)])).rejects.toThrow('Cannot generate with vllm:owner/name: it is closed');
  });

  it('leaves no process behind', async () => {
    const before = process.getActiveResourcesInfo().filter((name) => name === 'ProcessWrap').length;
    const model = await open();
    await collect(model, [ask('a', 3)]);
    await model.close();
    expect(process.getActiveResourcesInfo().filter((name) => name === 'ProcessWrap')).toHaveLength(before);
  });

  it.each([
    ['vllm:a/b?tensorParalel=2', 'there is no setting "tensorParalel" (nearest: tensorParallel)'],
    ['vllm:a/b?tensorParallel', 'Cannot set "tensorParallel": it has no value'],
    ['vllm:?a=1', 'Cannot open model "vllm:?a=1": no model after vllm:'],
  ])('%s is refused before anything is started', async (name, reason) => {
    const opening = openModel(name, { environment: { MATHPIE_PYTHON: '/nowhere/python' } });
    await expect(opening).rejects.toThrow(InputError);
    await expect(opening).rejects.toThrow(reason);
  });

  it('says what to install when there is no Python with vLLM', async () => {
    await expect(openModel('vllm:a/b', { environment: { MATHPIE_PYTHON: '/nowhere/python' } })).rejects.toThrow(
      /^Cannot run generate\.py: MATHPIE_PYTHON \/nowhere\/python cannot be started; type "[^"]+" \(docs/,
    );
  });
});

it.each([
  ['vllm:owner/name', { model: 'owner/name', settings: {} }],
  ['vllm:./models/a b', { model: './models/a b', settings: {} }],
  ['vllm:a/b?tensorParallel=2&dtype=float16', { model: 'a/b', settings: { tensorParallel: 2, dtype: 'float16' } }],
  ['vllm:a/b?speculation.tokens=4', { model: 'a/b', settings: { speculation: { tokens: 4 } } }],
])('parseVllmName(%j)', (name, parsed) => {
  expect(parseVllmName(name)).toEqual({ ...parsed, template: {} });
});
