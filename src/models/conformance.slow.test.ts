import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { testModel } from './conformance.js';
import { openModel } from './open-model.js';
import { startWireServer } from './openai/__fixtures__/wire-server.js';
import { recordTo } from './replay/record-to.js';

const folder = mkdtempSync(join(tmpdir(), 'mathpie-conformance-'));
afterAll(() => rmSync(folder, { recursive: true }));
const recording = join(folder, 'recording.jsonl');

testModel({ name: 'pocket', open: () => openModel('pocket') });

testModel({ name: 'pocket, recorded', open: async () => recordTo(await openModel('pocket'), recording) });

// Plays back what the suite above has just recorded.
testModel({ name: 'replay', open: () => openModel(`replay:${recording}`) });

testModel({
  name: 'an OpenAI-compatible server',
  open: async () => {
    const pocket = await openModel('pocket');
    const server = await startWireServer(pocket);
    const model = await openModel(`${server.url}#pocket`, { environment: {} });
    let closing: Promise<void> | undefined;
    const close = async () => {
      await server.close();
      await pocket.close();
    };
    return {
      ...model,
      close: () => {
        closing ??= close();
        return closing;
      },
    };
  },
});
