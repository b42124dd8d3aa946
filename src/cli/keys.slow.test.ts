import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packagePath } from '../package-root.js';
import { runCli } from './__fixtures__/run-cli.js';
import { type Endpoint, serveEndpoint } from './__fixtures__/serve-endpoint.js';

const root = mkdtempSync(join(tmpdir(), 'mathpie-keys-'));
const keys = {
  OPENAI_API_KEY: 'sk-test-openai-0123456789abcdef',
  MATHPIE_API_KEY: 'mp-test-own-0123456789abcdef',
  ANTHROPIC_API_KEY: 'sk-ant-test-0123456789abcdef',
  HF_TOKEN: 'hf_testtoken0123456789abcdef',
  WANDB_API_KEY: 'wandb-test-0123456789abcdef',
};
/** Stands in for a Python with all packages, and is alive for a while, so that its command line can be seen. */
const python = join(root, 'python');
let endpoint: Endpoint;

beforeAll(async () => {
  writeFileSync(python, '#!/bin/sh\n[ "$1" = -c ] && exit 0\nsleep 1\nexit 1\n');
  chmodSync(python, 0o755);
  writeFileSync(join(root, 'rows.jsonl'), '{"id":"1","question":"1+1?","answer":"2","response":"2","text":"x"}\n');
  endpoint = await serveEndpoint((response) => {
    setTimeout(() => {
      response.writeHead(200, { 'content-type': 'application/json' });
      // An endpoint that says the key back
      const content = `The answer is 2. ${keys.MATHPIE_API_KEY} ${keys.OPENAI_API_KEY}`;
      const choice = { index: 0, finish_reason: 'stop', message: { role: 'assistant', content } };
      response.end(JSON.stringify({ choices: [choice], usage: { prompt_tokens: 1, completion_tokens: 9 } }));
    }, 300);
  });
});
afterAll(async () => {
  await endpoint.close();
  rmSync(root, { recursive: true, force: true });
});

const data = join(root, 'rows.jsonl');
const run = (name: string): readonly string[] => ['--run', join(root, name)];

describe.skipIf(process.platform !== 'linux')('the keys of the environment', () => {
  it.each([
    ['evaluate on an endpoint', () => ['evaluate', '--model', endpoint.model, '--data', data, ...run('endpoint')]],
    ['evaluate on vLLM', () => ['evaluate', '--model', 'vllm:org/name', '--data', data, ...run('vllm')]],
    ['generate', () => ['generate', '--model', 'vllm:org/name', '--data', data, ...run('generate')]],
    ['score', () => ['score', '--model', 'org/name', '--data', data, ...run('score')]],
    ['embed', () => ['embed', '--model', 'org/name', '--data', data, ...run('embed')]],
    ['train sft', () => ['train', 'sft', '--model', 'org/name', '--data', data, ...run('sft')]],
    [
      'train sft on two GPUs',
      () => ['train', 'sft', '--model', 'org/name', '--data', data, '--gpus', '2', ...run('two')],
    ],
    [
      'a GGUF file of somebody else',
      () => ['evaluate', '--model', `gguf:${copyOfPocket()}`, '--data', 'pocket:1', ...run('gguf')],
    ],
    ['problems pocket', () => ['problems', 'pocket', '--count', '1', '--out', join(root, 'p.jsonl')]],
  ])('stand in no process argument and no file that it writes: %s', async (_, words) => {
    const seen = new Set<string>();
    const { stdout, stderr } = await runCli(words(), {
      environment: { ...keys, MATHPIE_PYTHON: python },
      whileRunning: async (child) => {
        while (child.exitCode === null && child.signalCode === null) {
          for (const line of commandLines(child.pid ?? 0)) seen.add(line);
          await sleep(5);
        }
      },
    });
    const written = readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
    expect([...seen].some((line) => line.includes('main.js'))).toBe(true);
    for (const key of Object.values(keys))
      for (const text of [...seen, stdout, stderr, ...written])
        expect(text.includes(key), text.slice(0, 300)).toBe(false);
  });

  it('the scripts of python-gpu were seen', async () => {
    const seen = new Set<string>();
    await runCli(['embed', '--model', 'org/name', '--data', data, ...run('seen')], {
      environment: { ...keys, MATHPIE_PYTHON: python },
      whileRunning: async (child) => {
        while (child.exitCode === null && child.signalCode === null) {
          for (const line of commandLines(child.pid ?? 0)) seen.add(line);
          await sleep(5);
        }
      },
    });
    expect([...seen].some((line) => line.includes('embed.py'))).toBe(true);
  });
});

function copyOfPocket(): string {
  const file = join(root, 'copy.gguf');
  writeFileSync(file, readFileSync(packagePath('data', 'pocket', 'pocket.gguf')));
  return file;
}

/** The command lines of a process and of all that it started. */
function commandLines(pid: number): readonly string[] {
  try {
    const own = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean),
    );
    return [own, ...children.flatMap((child) => commandLines(Number(child)))];
  } catch {
    return [];
  }
}
