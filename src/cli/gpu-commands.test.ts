import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { GpuError } from '../errors.js';
import type { GpuEvent } from '../gpu/events.js';
import type { Command } from './declare/command.js';
import { runCommandLine } from './run-command-line.js';
import { describeGpuEvent } from './show/describe-gpu-event.js';
import { formatProgress } from './show/format-progress.js';

const folder = mkdtempSync(join(tmpdir(), 'mathpie-gpu-commands-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function run(words: readonly string[], commands?: readonly Command[]) {
  const text = { stdout: '', stderr: '' };
  const writer = (name: keyof typeof text) => ({ write: (part: string) => (text[name] += part) });
  const exitCode = await runCommandLine({
    words,
    stdout: writer('stdout'),
    stderr: writer('stderr'),
    signal: new AbortController().signal,
    ...(commands === undefined ? {} : { commands }),
  });
  return { exitCode, ...text };
}

describe('a command that starts a script of python-gpu', () => {
  const generate = ['generate', '--model', 'vllm:models/x', '--data', 'r.jsonl', '--run', join(folder, 'run')];

  it.each([
    [[...generate, '--set', 'modle=3'], 'Cannot start generate: there is no setting "modle" (nearest: model)'],
    [
      ['generate', '--model', 'vllm:models/x?modle=3', ...generate.slice(3)],
      'Cannot start generate: there is no setting "modle" (nearest: model)',
    ],
    [[...generate, '--set', 'seed'], 'Cannot set "seed": it has no value; write key=value'],
    [[...generate, '--set', 'engine=rai'], 'Cannot start generate: "engine" is "rai"; choose one of "vllm", "ray"'],
    [
      [...generate, '--recipe', join(folder, 'none.json')],
      `Cannot read recipe ${join(folder, 'none.json')}: it is no file, and no name in configs/recipes`,
    ],
    [
      ['generate', '--model', 'vllm:x'],
      'Cannot run mathpie generate: --data FILE is missing; see mathpie generate --help',
    ],
    [
      ['train', 'sft', '--data', 'x', '--run', 'y', '--gpus', '0'],
      'Cannot use --gpus "0": give a whole number from 1 to 1024',
    ],
    [
      ['train', 'sfd', '--data', 'x'],
      'Cannot run "train sfd": there is no such command (nearest: train sft); see mathpie --help',
    ],
  ])('%j is refused in one line', async (words, line) => {
    expect(await run(words)).toEqual({ exitCode: 2, stdout: '', stderr: expect.stringMatching(/^[^\n]+\n$/) });
    expect((await run(words)).stderr).toContain(line);
  });

  it.each(['generate', 'score', 'embed', 'train sft', 'train dpo'])('%s --help gives an example', async (name) => {
    const { exitCode, stdout } = await run([...name.split(' '), '--help']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(new RegExp(`Examples:\\n  mathpie ${name} `));
    expect(stdout).toMatch(/--set KEY=VALUE[\s\S]*--dry-run[\s\S]*--grace SECONDS/);
  });

  it('shows the last log lines under the line of a fault, and ends with 1', async () => {
    const fault = new GpuError('Cannot finish generate: it broke (its last event is plan); repeat with: python x', {
      command: 'python x',
      logLines: ['Traceback', 'ValueError: x'],
    });
    const breaks = async () => {
      throw fault;
    };
    const command = { name: 'break', summary: '', usage: '', options: {}, positionals: [], examples: [], run: breaks };
    expect(await run(['break'], [command])).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `${fault.message}\n  Traceback\n  ValueError: x\n`,
    });
  });
});

const time = '2026-01-01T00:00:00Z';

it.each<[GpuEvent, string | undefined]>([
  [{ event: 'run-start', time, script: 'embed', pid: 1, versions: {}, device: '2 x H200' }, 'Started on 2 x H200'],
  [
    { event: 'plan', time, items: 1000, tokens: 2e6, steps: 50, memoryGiB: 61.26, minutes: 90 },
    'To do: 1,000 items, 2,000,000 tokens, 50 steps, about 61.3 GiB of memory, about 1 h 30 min',
  ],
  [{ event: 'plan', time }, undefined],
  [
    { event: 'checkpoint-saved', time, step: 1200, path: 'runs/a/checkpoints/1200' },
    'Saved step 1,200 to runs/a/checkpoints/1200',
  ],
  [{ event: 'evaluation-end', time, step: 5, loss: 0.51234 }, 'Held-out loss at step 5: 0.5123'],
  [{ event: 'evaluation-end', time, step: 5 }, undefined],
  [{ event: 'warning', time, message: 'slow' }, 'Warning: slow'],
  [{ event: 'run-end', time, status: 'done' }, undefined],
])('describeGpuEvent() of %j', (event, line) => {
  expect(describeGpuEvent(event)).toBe(line);
});

it('the line of progress shows the loss of a step', () => {
  const state = { stage: 'train-sft', done: 3, total: 10, tokens: 4096, tokensPerSecond: 512, elapsedMs: 8000 };
  expect(formatProgress({ ...state, remainingMs: 19_000, text: 'loss 0.4321' })).toBe(
    'train-sft 3/10 (30 %), loss 0.4321, 4,096 tokens, 512 tokens/s, 19 s left',
  );
});
