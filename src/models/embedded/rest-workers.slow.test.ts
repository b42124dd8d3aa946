import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { isMainThread } from 'node:worker_threads';
import { afterEach, expect, test } from 'vitest';
import { packagePath } from '../../package-root.js';
import { needWorkers, type WorkerNeed, workersRest } from './rest-workers.js';

const owners = [{}, {}] as const;
const canRest =
  process.platform === 'linux' &&
  isMainThread &&
  process.env['UV_THREADPOOL_SIZE'] === undefined &&
  availableParallelism() <= 4;

afterEach(() => {
  for (const owner of owners) needWorkers(owner, 'none');
});

test.each<[steps: readonly [owner: 0 | 1, need: WorkerNeed][], rests: boolean]>([
  [[], false],
  [[[0, 'one']], true],
  [[[0, 'several']], false],
  [
    [
      [0, 'one'],
      [0, 'several'],
    ],
    false,
  ], // it draws by sorting its vocabulary now
  [
    [
      [0, 'one'],
      [0, 'none'],
    ],
    false,
  ],
  [
    [
      [0, 'one'],
      [1, 'one'],
    ],
    false,
  ], // two models compute at the same time
  [
    [
      [0, 'one'],
      [1, 'several'],
    ],
    false,
  ],
  [
    [
      [0, 'one'],
      [1, 'one'],
      [0, 'none'],
    ],
    true,
  ],
  [
    [
      [0, 'one'],
      [0, 'one'],
      [0, 'one'],
    ],
    true,
  ],
])('after %j workers rest: %s', async (steps, rests) => {
  for (const [owner, need] of steps) needWorkers(owners[owner], need);
  expect(workersRest()).toBe(rests && canRest);
  await expect(readFile('/dev/null', 'utf8')).resolves.toBe(''); // one is left for files
});

test.skipIf(!canRest)('rests again and again without running out of workers', async () => {
  for (let round = 0; round < 50; round++) {
    needWorkers(owners[0], 'one');
    needWorkers(owners[0], 'none');
  }
  needWorkers(owners[0], 'one');
  await expect(Promise.all([1, 2, 3].map(() => readFile('/dev/null', 'utf8')))).resolves.toHaveLength(3);
});

test.skipIf(!canRest).each(['process.exit(3)', 'throw new Error("x")', 'process.kill(process.pid)'])(
  'a process that ends by %s while workers rest ends at once',
  (ending) => {
    const code = `
    const { needWorkers, workersRest } = await import(${JSON.stringify(packagePath('dist', 'models', 'embedded', 'rest-workers.js'))});
    needWorkers({}, 'one');
    setTimeout(() => { console.log(workersRest()); ${ending}; }, 50);`;
    const done = spawnSync(process.execPath, ['--input-type=module', '--eval', code], {
      encoding: 'utf8',
      timeout: 20_000,
    });
    expect([done.stdout.trim(), done.error]).toEqual(['true', undefined]);
  },
);
