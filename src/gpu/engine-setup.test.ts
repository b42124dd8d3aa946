import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readEngineSetup, waitForEngine } from './engine-setup.js';

const root = mkdtempSync(join(tmpdir(), 'mathpie-engine-'));
afterAll(() => rmSync(root, { recursive: true }));
const write = (state: object | string): void =>
  writeFileSync(join(root, 'state.json'), typeof state === 'string' ? state : JSON.stringify(state));
const says = 'vLLM for CUDA 12';

describe('readEngineSetup(folder)', () => {
  it.each([
    [
      'installing',
      { state: 'installing', says, pid: process.pid, startedAt: 100, minutes: '5 to 10' },
      { seconds: 60 },
    ],
    ['failed', { state: 'installing', says, pid: 2 ** 30, startedAt: 100 }, { says: `${says}: its process is gone` }],
    ['failed', { state: 'failed', says, reason: 'no network' }, { says: `${says}: no network` }],
    ['ready', { state: 'ready', says }, { says }],
    ['none', { state: 'none', says: 'there is no GPU here' }, {}],
    ['failed', '{', {}],
  ])('says %s of %j', async (state, content, more) => {
    write(content);
    expect(await readEngineSetup(root, 160_000)).toMatchObject({ state, ...more });
  });

  it('says absent where nobody started one', async () => {
    expect(await readEngineSetup(join(root, 'nowhere'))).toMatchObject({ state: 'absent' });
  });
});

describe('waitForEngine(options)', () => {
  it('waits until the installation has ended', async () => {
    write({ state: 'installing', says, pid: process.pid, startedAt: 0, minutes: '5 to 10' });
    const seen: string[] = [];
    const onProgress = ({ state }: { state: string }): void => {
      seen.push(state);
      write({ state: 'ready', says });
    };
    expect(await waitForEngine({ folder: root, pauseMs: 1, onProgress })).toEqual({ state: 'ready', says });
    expect(seen).toEqual(['installing']);
  });

  it.each([
    [{ state: 'none', says: 'there is no GPU here; pocket works' }, /^Cannot use vLLM here: there is no GPU/],
    [{ state: 'failed', says, reason: 'no space' }, /failed \(vLLM for CUDA 12: no space\): read the end of/],
  ])('throws on %j', async (state, message) => {
    write(state);
    await expect(waitForEngine({ folder: root })).rejects.toThrow(message);
  });
});
