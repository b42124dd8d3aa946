import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';

// The end of a test's name says when it runs: *.test.* in every check, *.slow.test.* (it starts models or processes, or takes
// seconds) in `npm test` too, *.nightly.test.* and *.engines.test.ts in configurations of their own.
const rare = ['**/*.nightly.test.*', '**/*.engines.test.ts'];
// On a busy machine a test can take a while, which is no failure.
const patience = { testTimeout: 60_000, hookTimeout: 120_000 };
const include = ['src/**/*.test.ts', 'scripts/**/*.test.mjs'];

export default defineConfig({
  test: {
    globalSetup: 'scripts/test/temporary-folder.mjs',
    maxWorkers: availableParallelism(),
    projects: [
      {
        test: {
          name: 'unit',
          include,
          exclude: [...configDefaults.exclude, ...rare, '**/*.slow.test.*'],
          // Tables of facts need no process of their own; to start one for each file takes longer than all tests.
          pool: 'threads',
          isolate: false,
          ...patience,
        },
      },
      {
        test: {
          name: 'slow',
          include: include.map((pattern) => pattern.replace('*.test.', '*.slow.test.')),
          ...patience,
        },
      },
    ],
  },
});
