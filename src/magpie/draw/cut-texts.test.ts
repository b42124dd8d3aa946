import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { LanguageModel } from '../../models/language-model.js';
import { withRun } from '../../runs/with-run.js';
import { instruct } from './draw-instructions.js';

const folder = mkdtempSync(join(tmpdir(), 'magpie-cut-'));
afterAll(() => rmSync(folder, { recursive: true }));

const question = (drawn: number): string =>
  `Tom${drawn} has ${drawn} pens and buys ${drawn + 4}. How many pens has he?`;

/** Writes a problem and, every second time, its answer, of which it is less sure than of the problem. */
const model: LanguageModel = {
  name: 'answers',
  capabilities: { chat: true, raw: true, topLogProbabilities: 1, seed: true, tokenChoices: true },
  preQuery: () => '<u>',
  async *generate(requests) {
    for (const [index, { id }] of requests.entries()) {
      const problem = question(index + 1);
      const answer = index % 2 === 0 ? '' : ' To solve this problem, we add.';
      const choices = [...problem, ...answer].map((token, at) => {
        const logProbability = at < problem.length ? -1 : -29;
        return { token, id: 1, logProbability, likeliest: [{ token, logProbability }] };
      });
      yield {
        requestId: id,
        sample: 0,
        text: `${problem}${answer}`,
        finishReason: 'stop',
        promptTokens: 1,
        completionTokens: choices.length,
        tokenChoices: choices,
      };
    }
  },
  close: async () => undefined,
};

const draw = (name: string, options: { readonly noCut?: boolean }) => {
  const directory = join(folder, name);
  return withRun({ directory, stage: 'instruct', config: { seed: 1 } }, (run) =>
    instruct({ run, model, count: 4, ...options }),
  );
};

describe('instruct() and a model that answers itself', () => {
  it('cuts the texts in front of their answers, says so in the rows, and keeps what was cut', async () => {
    const { rows, rejected } = await draw('cut', {});
    expect(rejected).toEqual({});
    expect(rows.map(({ instruction }) => instruction)).toEqual([1, 2, 3, 4].map(question));
    expect(rows.map(({ gen_input_configs: configs }) => configs?.answer_cut)).toEqual([
      undefined,
      true,
      undefined,
      true,
    ]);
    const [, second] = readFileSync(join(folder, 'cut', 'instruct_candidates.jsonl'), 'utf8').split('\n');
    expect(JSON.parse(second ?? '')).toMatchObject({ instruction: question(2), cut: 'To solve this problem, we add.' });
  });

  it('refuses them where that is asked for', async () => {
    const { rows, rejected } = await draw('refused', { noCut: true });
    expect(rows.every(({ gen_input_configs: configs }) => configs?.answer_cut === undefined)).toBe(true);
    expect(rejected['answer-bleed']).toBeGreaterThan(0);
  });
});
