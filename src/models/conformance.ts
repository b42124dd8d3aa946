import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CancelledError } from '../errors.js';
import { ask, collect, texts, tokenize } from './__fixtures__/ask-models.js';
import type { Completion, LanguageModel, Sampling } from './language-model.js';

/** What every `LanguageModel` must do, whatever is behind it. Called from a test file for each back end. */
export function testModel({
  name,
  open,
}: {
  readonly name: string;
  readonly open: () => Promise<LanguageModel>;
}): void {
  // The time limit is for machines that do much else; a busy one has been seen to take ten times as long.
  describe(`${name} is a LanguageModel`, { timeout: 120_000 }, () => {
    let model: LanguageModel;
    beforeAll(async () => {
      model = await open();
    });
    afterAll(async () => {
      await model.close();
      await model.close(); // closing twice does nothing
    });

    it('yields every sample of every request once', async () => {
      const requests = [ask('a', { samples: 3 }), ask('b'), ask('c', { samples: 2 })];
      const completions = await collect(model, requests);
      const keys = completions.map(({ requestId, sample }) => `${requestId}${sample}`);
      expect(keys.sort()).toEqual(['a0', 'a1', 'a2', 'b0', 'c0', 'c1']);
    });

    it('yields nothing for no request', async () => {
      expect(await collect(model, [])).toEqual([]);
    });

    it('counts the tokens of prompt and completion', async () => {
      const [completion] = await collect(model, [ask('counts')]);
      expect(completion?.promptTokens).toBeGreaterThan(0);
      expect(completion?.completionTokens).toBeGreaterThan(0);
    });

    it('ends with "length" at maxTokens', async () => {
      const [completion] = await collect(model, [ask('short', { sampling: { maxTokens: 3 } })]);
      expect(completion).toMatchObject({ finishReason: 'length', completionTokens: 3 });
    });

    it('cuts the text before the first stop string', async () => {
      const greedy = { temperature: 0, maxTokens: 24 };
      const [whole] = await collect(model, [ask('stop', { sampling: greedy })]);
      const text = whole?.text ?? '';
      const stop = text.slice(text.length / 2, text.length / 2 + 2);
      const [cut] = await collect(model, [ask('stop', { sampling: { ...greedy, stop: [stop, '\u0000never'] } })]);
      expect(cut).toMatchObject({ finishReason: 'stop', text: text.slice(0, text.indexOf(stop)) });
    });

    it('gives the same text twice at temperature 0', async () => {
      const [first, second] = await collect(
        model,
        ['x', 'y'].map((id) => ask(id, { sampling: { temperature: 0 } })),
      );
      expect(first?.text).toBe(second?.text);
      expect(first?.finishReason).not.toBe('error');
    });

    it('gives the same text for the same seed, whatever the order and the batch', async (context) => {
      if (!model.capabilities.seed) context.skip();
      const requests = Array.from({ length: 12 }, (_, index) =>
        ask(`seed${index}`, {
          samples: 2,
          question: `What is ${index} + 4?`,
          sampling: { temperature: 1, seed: index },
        }),
      );
      const together = texts(await collect(model, requests));
      const reversed = texts(await collect(model, [...requests].reverse()));
      const alone = texts((await Promise.all(requests.slice(0, 3).map((one) => collect(model, [one])))).flat());
      expect(reversed).toEqual(together);
      expect(together).toMatchObject(alone);
      expect(new Set(Object.values(together)).size).toBeGreaterThan(12);
    });

    it('gives different texts for different seeds and samples', async () => {
      // A task with many right answers: a model may be quite sure of the next word of a solution.
      const question = 'Say this problem in other words.\nTom has 3 pens and buys 4 more. How many pens does Tom have?';
      const sampling = { temperature: 1.5, maxTokens: 30 };
      const requests = [1, 2].map((seed) =>
        ask(`seed ${seed}`, { question, samples: 3, sampling: { ...sampling, seed } }),
      );
      const completions = await collect(model, requests);
      expect(new Set(completions.map((completion) => completion.text)).size).toBeGreaterThan(3);
    });

    it('gives the log-probabilities of the first token, best first', async (context) => {
      if (model.capabilities.topLogProbabilities === 0) context.skip();
      const sampling = { temperature: 0, maxTokens: 2, topLogProbabilities: 5 };
      const [completion] = await collect(model, [ask('first', { sampling })]);
      const logProbabilities = completion?.firstToken?.map((token) => token.logProbability) ?? [];
      expect(logProbabilities).toHaveLength(5);
      expect(logProbabilities).toEqual([...logProbabilities].sort((a, b) => b - a));
      const total = logProbabilities.reduce((sum, value) => sum + Math.exp(value), 0);
      expect(total).toBeGreaterThan(0);
      expect(total).toBeLessThan(1.0001);
    });

    it('gives them at temperature 1 whatever the temperature', async (context) => {
      if (model.capabilities.topLogProbabilities === 0) context.skip();
      const requests = [0, 0.3, 1.5].map((temperature) =>
        ask(`t${temperature}`, { sampling: { temperature, seed: 1, maxTokens: 1, topLogProbabilities: 3 } }),
      );
      const [first, ...others] = (await collect(model, requests)).map((completion) => completion.firstToken);
      for (const other of others) expect(other).toEqual(first);
    });

    it('gives them after raw text as well', async (context) => {
      if (model.capabilities.topLogProbabilities === 0 || !model.capabilities.raw) context.skip();
      const sampling: Sampling = { temperature: 0, maxTokens: 1, topLogProbabilities: 4 };
      const [completion] = await collect(model, [{ id: 'next', prompt: { raw: 'Tom has 3 pens.' }, sampling }]);
      expect(completion?.firstToken).toHaveLength(4);
      expect(completion?.firstToken?.[0]?.token).not.toBe('');
    });

    it('gives each token with its log-probability and the likeliest in its place, the end token included', async (context) => {
      if (model.capabilities.tokenChoices !== true) context.skip();
      const sampling = { temperature: 0.7, topLogProbabilities: 3, tokenChoices: true, maxTokens: 200 };
      const [warm, greedy] = await collect(model, [
        ask('warm', { sampling: { ...sampling, temperature: 1.5 } }),
        ask('greedy', { sampling: { ...sampling, temperature: 0 } }),
      ]).then((all) => all.sort((a, b) => (a.requestId < b.requestId ? 1 : -1)));
      for (const completion of [warm, greedy]) {
        const choices = completion?.tokenChoices ?? [];
        expect(choices).toHaveLength(completion?.completionTokens ?? 0);
        expect(choices.map(({ token }) => token).join('')).toContain(completion?.text.trim());
        expect(choices[0]?.likeliest).toEqual(completion?.firstToken);
        for (const { logProbability, likeliest } of choices) {
          expect(likeliest).toHaveLength(3);
          expect(logProbability).toBeLessThanOrEqual((likeliest[0]?.logProbability ?? 0) + 1e-6);
        }
      }
      for (const { token, likeliest } of greedy?.tokenChoices ?? []) expect(token).toBe(likeliest[0]?.token);
    });

    it('tells the tokens of a raw prompt, where it tells any', async () => {
      const raw = `${model.preQuery?.() ?? ''}Tom has 3 pens.`;
      const tokens = model.promptTokens?.(raw);
      if (tokens === undefined) return;
      expect(tokens.map(({ token }) => token).join('')).toContain('Tom has 3 pens.');
      const [completion] = await collect(model, [
        { id: 'raw', prompt: { raw }, sampling: { temperature: 0, maxTokens: 1 } },
      ]);
      expect(tokens).toHaveLength(completion?.promptTokens ?? 0);
    });

    it('continues raw text, or says before the first token what can', async () => {
      const run = collect(model, [{ ...ask('raw'), prompt: { raw: '<|user|>' } }]);
      if (model.capabilities.raw) {
        expect((await run)[0]?.completionTokens).toBeGreaterThan(0);
      } else {
        await expect(run).rejects.toThrow(
          /^Cannot continue raw text .*pocket, gguf:FILE or a vLLM or llama.cpp server/,
        );
      }
    });

    it('continues the token ids of a raw prompt as it continues the text', async (context) => {
      if (!model.capabilities.tokenIds || model.tokenize === undefined) context.skip();
      const [text, other] = ['<|user|>', 'Tom has'];
      const [tokens, others] = [await tokenize(model, text), await tokenize(model, other)];
      const greedy = { temperature: 0 };
      const [fromText, fromTokens, fromOthers] = await Promise.all(
        [{ raw: text }, { raw: text, tokens }, { raw: text, tokens: others }].map(async (prompt, index) => {
          const request = { ...ask(`ids${index}`, { sampling: greedy }), prompt };
          return (await collect(model, [request]))[0];
        }),
      );
      expect(fromTokens).toMatchObject({ text: fromText?.text, promptTokens: tokens.length });
      // What it reads are the ids and not the text
      expect(fromOthers?.promptTokens).toBe(others.length);
      expect(fromOthers?.text).not.toBe(fromText?.text);
    });

    it('never draws forbidden tokens, or says before the first token what can', async (context) => {
      const { forbiddenTokens, topLogProbabilities } = model.capabilities;
      const asked = (sampling: Partial<Sampling>) =>
        collect(model, [ask('forbidden', { sampling: { temperature: 0, maxTokens: 8, ...sampling } })]);
      if (forbiddenTokens === undefined) {
        await expect(asked({ forbiddenTokens: [1] })).rejects.toThrow(/^Cannot forbid tokens with .*use pocket/);
        return;
      }
      if (model.tokenize === undefined || topLogProbabilities === 0) context.skip();
      const [free] = await asked({ topLogProbabilities: 1 });
      const first = free?.firstToken?.[0]?.token ?? '';
      const [id = -1, ...more] = await tokenize(model, first, { isPrompt: false });
      expect(more).toEqual([]);
      const [masked] = await asked({ forbiddenTokens: [id] });
      expect(masked?.finishReason).not.toBe('error');
      expect(masked?.text).not.toContain(first);
      if (forbiddenTokens === 'whole') {
        await expect(asked({ forbiddenFirstTokens: [id] })).rejects.toThrow(/^Cannot forbid tokens at the beginning/);
        return;
      }
      const [moved] = await asked({ forbiddenFirstTokens: [id] });
      expect(moved?.finishReason).not.toBe('error');
      expect(moved?.text.startsWith(first)).toBe(false);
    });

    it('draws the first token at a temperature of its own, or says before it what can', async () => {
      // vLLM refuses temperatures above 2
      const warm = ask('warm', { samples: 64, sampling: { temperature: 0, firstTemperature: 2, maxTokens: 8 } });
      if (!model.capabilities.firstTemperature) {
        await expect(collect(model, [warm])).rejects.toThrow(/^Cannot draw the first token .*use pocket/);
        return;
      }
      const completions = await collect(model, [warm]);
      expect(new Set(completions.map(({ text }) => text)).size).toBeGreaterThan(1);
      expect(completions.every(({ completionTokens }) => completionTokens <= 8)).toBe(true);
    });

    it('a prompt that does not fit fails alone and says why', async () => {
      const completions = await collect(model, [ask('long', { question: '7 '.repeat(3000) }), ask('short')]);
      const failed = completions.find((completion) => completion.requestId === 'long');
      expect(failed).toMatchObject({ finishReason: 'error', text: '' });
      expect(failed?.error).toMatch(/^[A-Z][^\n]+$/);
      expect(completions.find((completion) => completion.requestId === 'short')?.finishReason).not.toBe('error');
    });

    it('reports progress up to the total', async () => {
      const seen: number[] = [];
      const onProgress = ({ done, total }: { done: number; total: number }) => seen.push(done / total);
      for await (const _ of model.generate([ask('p', { samples: 4 })], { onProgress }));
      expect(seen).toEqual([0.25, 0.5, 0.75, 1]);
    });

    it('throws CancelledError when the signal is aborted already', async () => {
      const run = collect(model, [ask('cancelled')], AbortSignal.abort());
      await expect(run).rejects.toThrow(CancelledError);
    });

    it('throws CancelledError when the signal aborts midway, and can be used again', async () => {
      const controller = new AbortController();
      const requests = Array.from({ length: 40 }, (_, index) => ask(`midway${index}`, { sampling: { seed: index } }));
      const seen: Completion[] = [];
      const run = (async () => {
        for await (const completion of model.generate(requests, { signal: controller.signal })) {
          seen.push(completion);
          controller.abort();
        }
      })();
      // A back end that has everything at hand may be done before it can be stopped.
      await run.catch((error: unknown) => expect(error).toBeInstanceOf(CancelledError));
      expect(seen.length).toBeGreaterThan(0);
      expect(await collect(model, [ask('a', { samples: 3 })])).toHaveLength(3);
    });

    it('can be left in the middle and used again', async () => {
      for await (const _ of model.generate([ask('a', { samples: 3 }), ask('b')])) break;
      expect(await collect(model, [ask('b')])).toHaveLength(1);
    });

    it('answers two callers at the same time', async () => {
      const [first, second] = await Promise.all([
        collect(model, [ask('a', { samples: 3 })]),
        collect(model, [ask('b')]),
      ]);
      expect([first?.length, second?.length]).toEqual([3, 1]);
    });

    it('derives a pre-query text only where it can continue it', () => {
      if (model.preQuery === undefined) return;
      expect(model.capabilities.raw).toBe(true);
      expect(model.preQuery()).not.toBe('');
      expect(model.preQuery('Be brief.')).toContain('Be brief.');
    });

    it('its name holds no key', () => {
      expect(model.name).not.toMatch(/sk-|secret/);
    });
  });
}
