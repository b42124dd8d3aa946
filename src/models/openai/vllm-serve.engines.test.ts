import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { enginesEnvironment, enginesPython, writePocketCheckpoint } from '../../gpu/__fixtures__/engines.js';
import { killTree } from '../../gpu/process-tree.js';
import { testModel } from '../conformance.js';
import { openModel } from '../open-model.js';

// The server that `vllm serve` starts, not a stand-in for it; vLLM's CPU build has no command of that name.
const folder = mkdtempSync(join(tmpdir(), 'mathpie-vllm-serve-'));
const checkpoint = join(folder, 'pocket');
let url = '';
let stop: () => void = () => undefined;

beforeAll(async () => {
  writePocketCheckpoint(checkpoint);
  const port = await freePort();
  const flags = ['--served-model-name', 'pocket', '--host', '127.0.0.1', '--port', String(port)];
  // Whole prompts in one step: vLLM's CPU build cannot go on with a seeded request otherwise.
  const engine = ['--dtype', 'float32', '--enforce-eager', '--no-enable-chunked-prefill'];
  const words = ['-m', 'vllm.entrypoints.openai.api_server', '--model', checkpoint, ...flags, ...engine];
  const server = execa(enginesPython(), words, { env: enginesEnvironment(), reject: false, detached: true, all: true });
  stop = () => server.pid !== undefined && killTree(server.pid);
  url = `http://127.0.0.1:${port}`;
  const ended = server.then(({ all }) => {
    throw new Error(`vllm serve has ended: ${all.slice(-2000)}`);
  });
  await Promise.race([untilHealthy(url), ended]);
  ended.catch(() => undefined);
});

afterAll(() => {
  stop();
  rmSync(folder, { recursive: true });
});

testModel({ name: 'vllm serve', open: () => openModel(`${url}/v1#pocket`, { environment: {} }) });

it('tells how it opens a user turn, as the checkpoint’s own template has it', async () => {
  const [served, embedded] = await Promise.all([
    openModel(`${url}/v1#pocket`, { environment: {} }),
    openModel('pocket', { environment: {} }),
  ]);
  const opening = await served.askOpening?.();
  expect(opening?.preQuery()).toBe(embedded.preQuery?.());
  await Promise.all([served.close?.(), embedded.close?.()]);
});

async function untilHealthy(server: string): Promise<void> {
  for (;;) {
    const isHealthy = await fetch(`${server}/health`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isHealthy) return;
    await sleep(500);
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
