import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { CancelledError, ModelError } from '../errors.js';
import type { GenerationRequest, LanguageModel } from '../models/language-model.js';
import { openRun, type Run } from '../runs/open-run.js';
import { judge } from './compare/judge.js';
import { rank } from './compare/rank-candidates.js';
import { instruct } from './draw/draw-instructions.js';
import { nextRoundSize } from './draw/next-round-size.js';
import { candidates } from './solve/draw-candidates.js';
import { respond } from './solve/solve-instructions.js';

const directories: string[] = [];
afterEach(async () => {
  await Promise.all(directories.splice(0).map((directory) => rm(directory, { recursive: true, force: true })));
});

/**
 * Draws texts by seed: a third is no problem, some repeat. Solves `What is a + b?` right at sample 0, wrong at odd
 * samples; as a judge it likes what is right. `stopAfter` completions it is gone.
 */
function scriptedModel({ logs = 20, stopAfter = Number.POSITIVE_INFINITY, raw = true } = {}): LanguageModel {
  let made = 0;
  return {
    name: 'pocket',
    capabilities: { chat: true, raw, topLogProbabilities: logs, seed: true },
    preQuery: () => '<|user|>',
    async *generate(requests) {
      for (const request of [...requests].reverse()) {
        for (let sample = 0; sample < (request.samples ?? 1); sample++) {
          if (made >= stopAfter) throw new CancelledError('Stopped');
          made += 1;
          const { text, yes } = say(request, sample);
          const firstToken = [
            { token: 'yes', logProbability: Math.log(yes) },
            { token: 'no', logProbability: Math.log(1 - yes) },
          ];
          const common = { requestId: request.id, sample, promptTokens: 1, completionTokens: 3 };
          yield { ...common, text, finishReason: 'stop' as const, ...(logs > 0 ? { firstToken } : {}) };
        }
      }
    },
    close: async () => {},
  };
}

function say({ prompt, sampling }: GenerationRequest, sample: number): { text: string; yes: number } {
  if ('raw' in prompt) {
    const draw = (sampling.seed ?? 0) % 30;
    return { text: draw % 3 === 0 ? 'Rain falls on 3 hills.' : `What is ${draw} + ${draw * 2}?`, yes: 0.5 };
  }
  const content = prompt.messages[0]?.content ?? '';
  const [left = 0, right = 0] = (/What is (\d+) \+ (\d+)/.exec(content) ?? []).slice(1).map(Number);
  if (content.startsWith('Is this')) {
    const isRight = content.includes(`boxed{${left + right}}`);
    return { text: isRight ? 'yes' : 'no', yes: isRight ? 0.8 : 0.3 };
  }
  return { text: `Sum. The answer is \\boxed{${left + right + (sample % 2)}}.`, yes: 0.5 };
}

const effects = { now: () => new Date('2025-01-02T03:04:05Z') };

async function newDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'magpie-'));
  directories.push(directory);
  return directory;
}

async function inRun<Result>(directory: string, work: (run: Run) => Promise<Result>): Promise<Result> {
  const run = await openRun({ directory, stage: 'magpie', config: { seed: 3 }, effects });
  try {
    return await work(run);
  } finally {
    await run.close();
  }
}

async function allSteps(run: Run, model: LanguageModel) {
  const instructed = await instruct({ run, model, count: 12 });
  const responded = await respond({ instructions: instructed.rows, run, model });
  const sampled = await candidates({ instructions: responded.rows, run, model, k: 5, temperatures: [0.7, 1] });
  const judged = await judge({ rows: sampled.rows, run, model });
  return { instructed, responded, sampled, judged, ranked: await rank({ rows: judged.rows, run }) };
}

async function derivedFiles(directory: string): Promise<Record<string, string>> {
  const names = await readdir(directory);
  const derived = names.filter((name) => name !== 'records.jsonl' && name !== 'config.json').sort();
  return Object.fromEntries(
    await Promise.all(derived.map(async (name) => [name, await readFile(join(directory, name), 'utf8')])),
  );
}

describe('Magpie, all steps', () => {
  it('leaves exactly as many distinct problems as asked, solutions, candidates, scores and pairs', async () => {
    const directory = await newDirectory();
    const { instructed, responded, sampled, judged, ranked } = await inRun(directory, (run) =>
      allSteps(run, scriptedModel()),
    );
    expect(instructed.rows.map(({ id }) => id)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(new Set(instructed.rows.map(({ instruction }) => instruction)).size).toBe(12);
    expect(instructed.rejected['not-a-problem']).toBeGreaterThan(0);
    expect(instructed.rejected.duplicate).toBeGreaterThan(0);
    expect(instructed.rows[0]).toMatchObject({
      pre_query_template: '<|user|>',
      response: null,
      created: 1735787045,
      gen_input_configs: { temperature: 1, top_p: 1, input_generator: 'pocket', seed: 3 },
    });
    expect(responded.rows.every(({ response, extracted }) => response && extracted)).toBe(true);
    expect(sampled.rows[0]?.candidates.map(({ sample, temperature }) => [sample, temperature])).toEqual([
      [0, 0.7],
      [1, 1],
      [2, 0.7],
      [3, 1],
      [4, 0.7],
    ]);
    expect(judged).toMatchObject({ source: 'first-token', unscoredCount: 0 });
    expect(ranked.dropped).toEqual({});
    expect(ranked.pairs).toHaveLength(12);
    expect(ranked.pairs[0]).toMatchObject({ preferred_quality: 0.7, rejected_quality: 0.35, majority_share: 0.6 });
    expect(Object.keys(await derivedFiles(directory))).toEqual([
      'Magpie_pocket_12_1735787045_Align.json',
      'Magpie_pocket_12_1735787045_ins.json',
      'Magpie_pocket_12_1735787045_ins_5res.json',
      'Magpie_pocket_12_1735787045_ins_5res_judged.json',
      'Magpie_pocket_12_1735787045_ins_res.json',
      'instruct_candidates.jsonl',
      'ranked.jsonl',
    ]);
  });

  it('gives the same files when it is stopped again and again', async () => {
    const [straight, broken] = [await newDirectory(), await newDirectory()];
    await inRun(straight, (run) => allSteps(run, scriptedModel()));
    let stops = 0;
    for (let isDone = false; !isDone; ) {
      isDone = await inRun(broken, (run) => allSteps(run, scriptedModel({ stopAfter: 11 }))).then(
        () => true,
        () => false,
      );
      stops += isDone ? 0 : 1;
    }
    expect(stops).toBeGreaterThan(5);
    expect(await derivedFiles(broken)).toEqual(await derivedFiles(straight));
  });

  it('takes the share of yes where the judge gives no log-probabilities, and says so', async () => {
    const directory = await newDirectory();
    const { judged } = await inRun(directory, (run) => allSteps(run, scriptedModel({ logs: 0 })));
    expect(judged.source).toBe('sampled');
    expect(judged.rows[0]).toMatchObject({
      scores: [1, 1, 0, 0, 1],
      judge: { source: 'sampled' },
    });
  });
});

describe('instruct()', () => {
  it('refuses a model that takes chat messages only, before the first token', async () => {
    const work = inRun(await newDirectory(), (run) =>
      instruct({ run, model: scriptedModel({ raw: false, stopAfter: 0 }), count: 2 }),
    );
    await expect(work).rejects.toThrow(/raw text.*use pocket/);
  });

  it('gives each part of a mix exactly its share, and the row says which', async () => {
    const asked: string[] = [];
    const base = scriptedModel();
    const model: LanguageModel = {
      ...base,
      preQuery: (system = '') => `<|system|>${system}<|end|><|user|>`,
      generate: (requests) => {
        asked.push(...requests.map(({ prompt }) => ('raw' in prompt ? prompt.raw : '')));
        return base.generate(requests);
      },
    };
    const mix = [
      { domain: 'algebra', weight: 2 },
      { domain: 'geometry', language: 'ja' },
    ] as const;
    const { rows } = await inRun(await newDirectory(), (run) => instruct({ run, model, count: 9, mix }));
    expect(rows.map(({ gen_input_configs }) => gen_input_configs?.domain).sort()).toEqual([
      ...Array(6).fill('algebra'),
      ...Array(3).fill('geometry'),
    ]);
    const geometry = rows.find(({ gen_input_configs }) => gen_input_configs?.domain === 'geometry');
    expect(geometry?.gen_input_configs).toMatchObject({
      language: 'ja',
      weight: 1,
      system_prompt: expect.stringContaining('幾何'),
    });
    expect(asked).toContain(geometry?.pre_query_template);
    expect(new Set(rows.map(({ instruction }) => instruction)).size).toBe(9);
  });

  it('draws from a server that continues raw text by the template of configs/, its begin token left to the server', async () => {
    const { preQuery: _, ...rest } = scriptedModel();
    const model = { ...rest, name: 'http://localhost:1/v1#deepseek-ai/DeepSeek-R1-Distill-Qwen-7B' };
    const { rows } = await inRun(await newDirectory(), (run) => instruct({ run, model, count: 2 }));
    expect(rows[0]?.pre_query_template).toBe('<｜User｜>');
  });

  it('refuses to steer a model whose template leaves a system turn out', async () => {
    const work = inRun(await newDirectory(), (run) =>
      instruct({ run, model: scriptedModel(), count: 2, mix: [{ domain: 'algebra' }] }),
    );
    await expect(work).rejects.toThrow(/Cannot steer pocket by a system prompt/);
  });

  it('steers a model without a system turn by a text in front of the user’s, behind the token that begins a text', async () => {
    const model = {
      ...scriptedModel(),
      name: 'vllm:google/gemma-2-9b-it',
      preQuery: () => '<bos><start_of_turn>user\n',
    };
    const { rows } = await inRun(await newDirectory(), (run) =>
      instruct({ run, model, count: 2, mix: [{ domain: 'algebra' }] }),
    );
    expect(rows[0]?.pre_query_template).toMatch(/^<bos>[A-Z].*\n\n<start_of_turn>user\n$/s);
  });

  it('steers a model whose recorded template refuses a system turn in the same way', async () => {
    const { preQuery: _, ...rest } = scriptedModel();
    const model = { ...rest, name: 'http://localhost:1/v1#google/gemma-2-9b-it' };
    const { rows } = await inRun(await newDirectory(), (run) =>
      instruct({ run, model, count: 2, mix: [{ domain: 'algebra' }] }),
    );
    expect(rows[0]?.pre_query_template).toMatch(/^[A-Z].*algebra.*\n\n<start_of_turn>user\n$/s);
  });

  it('draws from any raw model by a text that is given, with the rarer settings of sampling', async () => {
    const asked: GenerationRequest[] = [];
    const { preQuery: _, ...rest } = scriptedModel();
    const model: LanguageModel = {
      ...rest,
      name: 'http://localhost:1/v1#nobody/knows-it',
      generate: (requests, options) => {
        asked.push(...requests);
        return rest.generate(requests, options);
      },
    };
    const given = { preQuery: '<|im_start|>user\n', minP: 0.05, repetitionPenalty: 1.1 };
    const { rows } = await inRun(await newDirectory(), (run) => instruct({ run, model, count: 2, ...given }));
    expect(rows[0]).toMatchObject({
      pre_query_template: given.preQuery,
      gen_input_configs: { min_p: 0.05, repetition_penalty: 1.1 },
    });
    expect(asked[0]).toMatchObject({
      prompt: { raw: given.preQuery },
      sampling: { minP: 0.05, repetitionPenalty: 1.1 },
    });
    const work = inRun(await newDirectory(), (run) => instruct({ run, model, count: 2 }));
    await expect(work).rejects.toThrow(/of your own mathpie\.models\.json, or give the text by preQuery/);
  });

  it('gives up after maxCandidates, leaves what was accepted, and says what was rejected', async () => {
    const directory = await newDirectory();
    const draw = (maxCandidates: number) =>
      inRun(directory, (run) => instruct({ run, model: scriptedModel(), count: 40, maxCandidates }));
    const work = draw(200);
    await expect(work).rejects.toThrow(ModelError);
    await expect(work).rejects.toThrow(/20 of 200 texts were accepted \(rejected: duplicate \d+, not-a-problem \d+\)/);
    const left = await readdir(directory);
    const file = left.find((name) => name.endsWith('_ins.json')) ?? '';
    expect(JSON.parse(await readFile(join(directory, file), 'utf8'))).toHaveLength(20);
    // With more the same texts come first
    await expect(draw(220)).rejects.toThrow(/20 of 220 texts were accepted .*; they are in Magpie_/);
  });
});

describe('nextRoundSize()', () => {
  it.each([
    [{ count: 10, accepted: 0, drawn: 0, maxCandidates: 130 }, 11],
    [{ count: 10, accepted: 5, drawn: 11, maxCandidates: 130 }, 13],
    [{ count: 10, accepted: 0, drawn: 11, maxCandidates: 130 }, 110],
    [{ count: 10, accepted: 0, drawn: 121, maxCandidates: 130 }, 9],
    [{ count: 10, accepted: 0, drawn: 130, maxCandidates: 130 }, 0],
  ])('of %j is %i', (state, size) => {
    expect(nextRoundSize(state)).toBe(size);
  });
});
