import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// What takes too long for each change: `npm run test:nightly -- kills`. One file after the other, because moments matter to them.
export default defineConfig({
  test: {
    globalSetup: 'scripts/test/temporary-folder.mjs',
    include: ['src/**/*.nightly.test.ts', 'scripts/**/*.nightly.test.mjs'],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    fileParallelism: false,
    // Of those in one file that say that they may run beside each other
    maxConcurrency: 2 * availableParallelism(),
  },
});
