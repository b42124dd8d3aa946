import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { LanguageModel } from '../../models/language-model.js';
import { withRun } from '../../runs/with-run.js';
import { instruct } from './draw-instructions.js';

const folder = mkdtempSync(join(tmpdir(), 'magpie-unlikely-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Every second text is one that the model itself finds unlikely; told token by token, or as a sum. */
function model(tells: 'tokens' | 'sum'): LanguageModel {
  let drawn = 0;
  return {
    name: `half-${tells}`,
    capabilities: { chat: true, raw: true, topLogProbabilities: 1, seed: true, tokenChoices: tells === 'tokens' },
    preQuery: () => '<u>',
    async *generate(requests) {
      for (const { id, sampling } of requests) {
        drawn += 1;
        const logProbability = drawn % 2 === 0 ? -5 : -1;
        const choice = { token: 'a', id: 1, logProbability, likeliest: [{ token: 'a', logProbability }] };
        const text = `Tom${drawn} has ${drawn} pens and buys ${drawn + 4} at shop ${drawn}. How many pens has he?`;
        const told = {
          ...(sampling.tokenChoices ? { tokenChoices: [choice, choice] } : {}),
          ...(tells === 'sum' ? { logProbability: 2 * logProbability } : {}),
        };
        yield { requestId: id, sample: 0, text, finishReason: 'stop', promptTokens: 1, completionTokens: 2, ...told };
      }
    },
    close: async () => undefined,
  };
}

describe('instruct() and what a model finds unlikely', () => {
  it.each(['tokens', 'sum'] as const)('leaves it out where the engine tells %s', async (tells) => {
    const directory = join(folder, tells);
    const { rows, rejected } = await withRun({ directory, stage: 'instruct', config: { seed: 1 } }, (run) =>
      instruct({ run, model: model(tells), count: 3 }),
    );
    expect(rows).toHaveLength(3);
    expect(rejected.unlikely).toBeGreaterThan(0);
  });

  it('takes it where a lower bound is asked for', async () => {
    const directory = join(folder, 'all');
    const { rejected } = await withRun({ directory, stage: 'instruct', config: { seed: 1 } }, (run) =>
      instruct({ run, model: model('tokens'), count: 3, leastLikelihood: -6 }),
    );
    expect(rejected.unlikely).toBeUndefined();
  });
});
