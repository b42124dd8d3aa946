import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ModelError } from '../../errors.js';
import { openModel } from '../open-model.js';

const root = mkdtempSync(join(tmpdir(), 'mathpie-trained-in-recording-'));
afterAll(() => rmSync(root, { recursive: true }));
const folder = join(root, 'model');
const recording = join(root, 'recording.jsonl');
mkdirSync(folder);
writeFileSync(join(folder, 'training.json'), '{"base": "student"}');
writeFileSync(recording, '');

describe('a model that was trained in a recording', () => {
  const request = { id: 'a', prompt: { raw: '1 + 1?' }, sampling: { temperature: 0, maxTokens: 9 } };

  it('is refused where nothing is replayed: it has no weights', async () => {
    await expect(openModel(folder, { environment: {} })).rejects.toThrow(
      /its training was taken from a recording, which keeps no weights; train it here/,
    );
  });

  it.each([{}, { MATHPIE_REPLAY_MISSING: 'ask' }])('never lets its base answer for it: %j', async (more) => {
    const model = await openModel(folder, {
      environment: { MATHPIE_REPLAY: recording, ...more },
    });
    const asking = (async () => {
      for await (const _ of model.generate([request])) expect.fail('it answered');
    })();
    await expect(asking).rejects.toThrow(ModelError);
    await model.close();
  });
});
