import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { listTree } from '../gpu/process-tree.js';
import type { AblationEvent, Work } from './ablate-options.js';
import { doPartsAtOnce } from './do-parts-at-once.js';
import { openModels } from './open-models.js';
import { testFileOf } from './prepare-seed.js';
import { ablationSchema } from './recipe.js';

const root = mkdtempSync(join(tmpdir(), 'mathpie-parts-'));
afterAll(() => rmSync(root, { recursive: true }));

const recipeOf = (more: object) =>
  ablationSchema.parse({
    ...{ name: 'test', version: 1, description: 'a test', problems: 10, rows: 16, seeds: 2, test: { problems: 10 } },
    arms: [
      { name: 'none', of: {} },
      { name: 'once more', of: {} },
    ],
    ...more,
  });

/** A run directory as `ablate` leaves it before its parts, and what is told. */
function given(name: string, signal?: AbortSignal): { work: Work; events: AblationEvent[] } {
  const directory = join(root, name);
  mkdirSync(directory);
  writeFileSync(testFileOf(directory), '');
  const events: AblationEvent[] = [];
  const onEvent = (event: AblationEvent): void => void events.push(event);
  return { work: { recipe: 'test', directory, models: openModels({}), signal, onEvent }, events };
}

const isLeft = (): boolean => listTree(process.pid).some(({ command }) => command.includes('part-process'));

it('does arms side by side, each once, and tells what happens in them', async () => {
  const { work, events } = given('side-by-side');
  await doPartsAtOnce(recipeOf({}), { work, atOnce: 2, devices: [] });
  const ends = events.flatMap((event) => (event.event === 'part-end' ? [[event.part, event.arm, event.seed]] : []));
  expect(ends.sort()).toEqual([
    ['evaluate', 'none', 1],
    ['evaluate', 'once more', 1],
  ]);
  for (const folder of ['none', 'once-more'])
    expect(existsSync(join(work.directory, folder, 'evaluated.json'))).toBe(true);
  expect(isLeft()).toBe(false);
});

it('throws the error of a part as it would be thrown here, and leaves no process', async () => {
  const { work } = given('no-teacher');
  const recipe = recipeOf({
    teacher: join(root, 'absent.gguf'),
    arms: [
      { name: 'none', of: {} },
      { name: 'AnsAug', of: { answers: 1 } },
    ],
  });
  await expect(doPartsAtOnce(recipe, { work, atOnce: 2, devices: [] })).rejects.toMatchObject({
    name: 'InputError',
    message: expect.stringContaining('absent.gguf'),
  });
  expect(isLeft()).toBe(false);
});

it('ends the training of a process that was killed, so that the same command can go on with it', async () => {
  const python = join(root, 'python');
  const started = join(root, 'pid');
  // A training that notices nothing, not even that it is to stop
  writeFileSync(
    python,
    `#!/bin/sh\ncase "$*" in *train_sft*) trap '' TERM; echo $$ > ${started}; while :; do sleep 1; done;; esac\n`,
  );
  chmodSync(python, 0o755);
  vi.stubEnv('MATHPIE_PYTHON', python);
  try {
    const { work } = given('killed');
    writeFileSync(testFileOf(work.directory), '{"id":"1","question":"What is 1 + 1?","answer":"2"}\n');
    const arms = [
      { name: 'none', of: {} },
      { name: 'originals', of: { originals: 1 } },
    ];
    const doing = doPartsAtOnce(recipeOf({ arms, seeds: 1 }), { work, atOnce: 2, devices: [] });
    const failure = doing.catch((error: Error) => error.message);
    const pid = async (): Promise<number> => {
      for (;;) {
        const text = existsSync(started) ? readFileSync(started, 'utf8').trim() : '';
        if (text !== '') return Number(text);
        await new Promise((wake) => setTimeout(wake, 50));
      }
    };
    const training = await Promise.race([pid(), failure.then((text) => Promise.reject(new Error(String(text))))]);
    const part = listTree(process.pid).find(({ command }) => command.includes('part-process'));
    process.kill(part?.pid ?? 0, 'SIGKILL');
    expect(await failure).toBe(
      'Cannot do seed 1, originals: its process ended by SIGKILL; the same command goes on with what is missing',
    );
    expect(listTree(training).filter(({ command }) => command.includes('train_sft'))).toEqual([]);
  } finally {
    vi.unstubAllEnvs();
  }
}, 60_000);

it('stops all of them within two seconds', async () => {
  const stop = new AbortController();
  const { work } = given('stopped', stop.signal);
  const running = doPartsAtOnce(recipeOf({ test: { problems: 5000 } }), {
    work: { ...work, onProgress: () => stop.abort() },
    ...{ atOnce: 2, devices: [] },
  });
  let stoppedAt = 0;
  stop.signal.addEventListener('abort', () => (stoppedAt = performance.now()));
  await expect(running).rejects.toMatchObject({ name: 'CancelledError', message: expect.stringContaining('Stopped;') });
  expect(performance.now() - stoppedAt).toBeLessThan(2000);
  expect(isLeft()).toBe(false);
});
