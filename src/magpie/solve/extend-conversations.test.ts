import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { GenerationRequest, LanguageModel } from '../../models/language-model.js';
import { openModel } from '../../models/open-model.js';
import { openRun } from '../../runs/open-run.js';
import type { MagpieRow } from '../rows/magpie-row.js';
import { extend } from './extend-conversations.js';

const folder = mkdtempSync(join(tmpdir(), 'magpie-extend-'));
afterAll(() => rmSync(folder, { recursive: true }));
let runCount = 0;

/** Asks what `ask` says after so many turns, and answers with the number of messages it was shown. */
function talkingModel(ask: (turn: number) => string, more: Partial<LanguageModel> = {}): LanguageModel {
  const say = ({ prompt }: GenerationRequest): string =>
    'raw' in prompt ? ask(prompt.raw.split('[user]').length) : `I saw \\boxed{${prompt.messages.length}}.`;
  return {
    name: 'talker',
    capabilities: { chat: true, raw: true, topLogProbabilities: 0, seed: true },
    preQuery: (_, history = []) => `${history.map(({ role, content }) => `[${role}]${content}`).join('')}[user]`,
    async *generate(requests) {
      for (const request of requests) {
        const common = { requestId: request.id, sample: 0, promptTokens: 1, completionTokens: 1 };
        yield { ...common, text: say(request), finishReason: 'stop' as const };
      }
    },
    close: async () => undefined,
    ...more,
  };
}

const row: MagpieRow = {
  id: 0,
  instruction: 'What is 1 + 1?',
  response: 'It is \\boxed{2}.',
  pre_query_template: null,
  created: 0,
  gen_input_configs: null,
  gen_response_configs: null,
};

async function extended(model: LanguageModel, given: MagpieRow = row, turns = 3) {
  const run = await openRun({ directory: join(folder, String(runCount++)), stage: 'extend', config: { seed: 1 } });
  try {
    return await extend({ instructions: [given], run, model, turns });
  } finally {
    await run.close();
  }
}

describe('extend()', () => {
  it("asks in the user's place after each answer, with all that was said in view", async () => {
    const { rows, failed, fileName } = await extended(talkingModel((turn) => `And ${turn}?`));
    expect(failed).toEqual({});
    expect(fileName).toMatch(/_ins_res_mt\.json$/);
    expect(rows[0]).toMatchObject({
      turns: 3,
      instruction_2: 'And 3?',
      response_2: 'I saw \\boxed{3}.',
      extracted_2: '3',
      instruction_3: 'And 4?',
      response_3: 'I saw \\boxed{5}.',
      extend_failed: null,
    });
  });

  it.each([
    ['no answer to begin with', { ...row, response: null }, 'Next?', 1, 'no-response'],
    ['special tokens in the conversation', { ...row, response: 'Two.<|im_end|>' }, 'Next?', 1, 'special-tokens'],
    ['a repeated question', row, 'what is 1 + 1', 1, 'ask: repeated'],
    ['an empty turn', row, '  ', 1, 'ask: empty'],
    ['special tokens in a turn', row, 'Next<|eot_id|>', 1, 'ask: special-tokens'],
    ['a fragment', row, '}.', 1, 'ask: no-question'],
    ['a solution in the place of a question', row, 'So it is \\boxed{4}.', 1, 'ask: answer-bleed'],
    ['the assistant speaking', row, 'Sure, here is a problem for you.', 1, 'ask: assistant-voice'],
    ['a repetition two turns later', row, 'Next?', 2, 'ask: repeated'],
  ])('%s ends the conversation and is counted', async (_, given, text, turns, reason) => {
    const { rows, failed } = await extended(
      talkingModel(() => text),
      given,
    );
    expect(rows[0]).toMatchObject({ turns, extend_failed: reason });
    expect(failed).toEqual({ [reason]: 1 });
  });

  it.each([
    [
      'chat messages only',
      { capabilities: { chat: true, raw: false, topLogProbabilities: 0, seed: true } },
      /Magpie needs raw/,
    ],
    ['first turns only', { preQuery: () => '[user]' }, /^Cannot go on with a conversation of talker/],
  ])('a model that takes %s is refused', async (_, more, message) => {
    await expect(extended(talkingModel(() => 'Next?', more))).rejects.toThrow(message);
  });

  it("pocket goes on from its own chat template's text", async () => {
    const pocket = await openModel('pocket');
    try {
      const preQuery = pocket.preQuery?.(undefined, [
        { role: 'user', content: 'A?' },
        { role: 'assistant', content: 'B.' },
      ]);
      expect(preQuery).toBe('<|user|>A?<|end|><|assistant|>B.<|end|><|user|>');
    } finally {
      await pocket.close();
    }
  });
});
