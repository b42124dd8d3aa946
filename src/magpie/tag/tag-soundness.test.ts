import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { GenerationRequest, LanguageModel } from '../../models/language-model.js';
import { withRun } from '../../runs/with-run.js';
import { tagSoundness } from './tag-soundness.js';

const root = mkdtempSync(join(tmpdir(), 'mathpie-soundness-'));
afterAll(() => rmSync(root, { recursive: true }));

/** Says yes to what is sound; `tells` log-probabilities or not. */
function judge(tells: number, asked: GenerationRequest[]): LanguageModel {
  return {
    name: `judge-${tells}`,
    capabilities: { chat: true, raw: false, topLogProbabilities: tells, seed: true },
    async *generate(requests) {
      for (const request of requests) {
        asked.push(request);
        const question = 'messages' in request.prompt ? (request.prompt.messages.at(-1)?.content ?? '') : '';
        const isSilent = question.includes('silence');
        const yes = question.includes('sound') ? 0.75 : 0.25;
        for (let sample = 0; sample < (request.samples ?? 1); sample += 1)
          yield {
            ...{ requestId: request.id, sample, finishReason: 'stop', promptTokens: 9, completionTokens: 1 },
            text: isSilent ? 'Perhaps' : sample < 8 * yes ? 'Yes' : ' no.',
            ...(tells > 0 && {
              firstToken: isSilent
                ? [{ token: 'Perhaps', logProbability: 0 }]
                : [
                    { token: 'Yes', logProbability: Math.log(0.8 * yes) },
                    { token: ' No', logProbability: Math.log(0.8 * (1 - yes)) },
                    { token: 'Well', logProbability: Math.log(0.2) },
                  ],
            }),
          } as never;
      }
    },
    close: async () => undefined,
  };
}

const items = ['a sound problem', 'an odd one', 'silence'].map((instruction, place) => ({
  ...{ key: String(place), instruction, response: undefined },
}));

describe('tagSoundness()', () => {
  it.each<[string, number, number]>([
    ['P(yes) of the first token', 5, 1],
    ['the share of yes among eight verdicts where none is told', 0, 8],
  ])('gives %s', async (_, tells, samples) => {
    const asked: GenerationRequest[] = [];
    const model = judge(tells, asked);
    const work = () =>
      withRun({ directory: join(root, String(tells)), stage: 'tag', config: {} }, (run) =>
        tagSoundness({ items, run, model }),
      );
    const { tags, failed } = await work();
    expect([...tags]).toEqual([
      ['0', { soundness: 0.75, soundness_judge: model.name }],
      ['1', { soundness: 0.25, soundness_judge: model.name }],
    ]);
    expect([...failed]).toEqual([['2', 'no-verdict']]);
    expect(asked.map((request) => request.samples ?? 1)).toEqual([samples, samples, samples]);
    await work();
    expect(asked).toHaveLength(3);
  });
});
