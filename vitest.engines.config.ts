import { defineConfig } from 'vitest/config';

// Tests on the real engines (vLLM, torchrun) in Python: `npm run test:engines` sets their environment up and runs them.
// One file after the other, because each engine takes all processors.
export default defineConfig({
  test: {
    globalSetup: 'scripts/test/temporary-folder.mjs',
    include: ['src/**/*.engines.test.ts'],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    fileParallelism: false,
  },
});
