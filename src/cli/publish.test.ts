import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { allSteps } from '../all-steps.js';
import { type HubServer, startHubServer } from '../export/__fixtures__/hub-server.js';
import { describeCommands } from '../export/describe-commands.js';
import { exportSft } from '../export/export-rows.js';
import { commandWords } from '../steps/command-words.js';
import { settle } from '../steps/setting.js';
import type { ModelNames } from '../steps/step.js';
import { commands } from './commands.js';
import { parseOptions } from './declare/parse-options.js';
import { findCommand } from './find-command.js';
import { runCommandLine } from './run-command-line.js';

const token = 'hf_not_a_real_token_of_anybody';
let directory = '';
let hub: HubServer;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'publish-command-'));
  hub = await startHubServer({ token });
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await hub.close();
  await rm(directory, { recursive: true, force: true });
});

async function run(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const code = await runCommandLine({
    words,
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    signal: new AbortController().signal,
  });
  return { code, out, err };
}

describe('mathpie publish', () => {
  const publish = async (...more: string[]) => {
    const file = join(directory, 'sft.jsonl');
    await exportSft({ rows: [{ query: 'What is 3 + 4?', response: 'It is 7.', type: 'GSM_AnsAug' }], file });
    return run('publish', '--data', file, '--repo', 'me/sums', '--hub-url', hub.url, ...more);
  };

  it('sends nothing without --yes, token or not', async () => {
    vi.stubEnv('HF_TOKEN', token);
    const { code, out, err } = await publish();
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ repo: 'me/sums', visibility: 'private', rows: 1, sent: false });
    expect(err).toContain('Nothing was sent; pass --yes to send it');
    expect(hub.requests).toEqual([]);
  });

  it('sends with --yes and says where', async () => {
    vi.stubEnv('HF_TOKEN', token);
    const { code, out, err } = await publish('--yes');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ sent: true, commit: 'c0ffee', uploaded: ['README.md', 'sft.jsonl'] });
    expect(out + err).not.toContain(token);
  });

  it.each([
    ['', 'Cannot publish: HF_TOKEN is not set; set it to a token with write access'],
    ['hf_another_token_of_nobody', 'the hub does not know the token of HF_TOKEN'],
  ])('with the token %j ends with exit code 2 and one line', async (given, message) => {
    vi.stubEnv('HF_TOKEN', given);
    const { code, err } = await publish('--yes', '--quiet');
    expect(code).toBe(2);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(err).toContain(message);
    if (given !== '') expect(err).not.toContain(given);
  });

  it('says the same in Japanese, and the same row', async () => {
    const { out, err } = await publish('--language', 'ja');
    expect(err).toContain('まだ何も送っていない');
    expect(JSON.parse(out)).toMatchObject({ visibility: 'private', sent: false });
  });
});

describe('the commands on a card', () => {
  it('are commands that one can type, with the settings that were given', () => {
    const given: readonly [string, ModelNames, object][] = [
      ['instruct', { model: 'pocket' }, { count: 12, forbid: ['a', 'b'] }],
      ['respond', { model: 'vllm:a/b' }, { preset: 'deepseek-r1', maxTokens: 100 }],
      ['candidates', { model: 'pocket' }, { repeat: 3, temperatures: [0.6, 0.8] }],
      ['rank', {}, { by: ['reward', 'judge'], lowerMargin: 0.2 }],
      ['deduplicate', {}, { tests: ['/a/b/test.jsonl'], exactOnly: true }],
    ];
    const stages = given.map(([name, models, values]) => {
      const step = allSteps.find((each) => each.name === name);
      if (step === undefined) throw new Error(`${name} is no step`);
      const command = commandWords({ step, models, values: settle(step.settings, { ...values }) }, { seed: 3 });
      return { name, settings: {}, counts: undefined, summary: { command } };
    });
    const lines = describeCommands(stages, { directory: 'run' });
    expect(lines).toHaveLength(5);
    for (const line of lines) {
      expect(line).not.toContain('/a/b');
      const found = findCommand(commands, line.split(' ').slice(1));
      if ('group' in found) throw new Error(`${line} is no command`);
      expect(parseOptions(found.command, found.rest).values).toMatchObject({ run: 'run' });
    }
    expect(lines[2]).toBe(
      'mathpie magpie candidates --model pocket --repeat 3 --temperature 0.6,0.8 --seed 3 --run run',
    );
  });
});
