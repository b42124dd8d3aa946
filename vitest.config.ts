import { configDefaults, defineConfig } from 'vitest/config';

// What needs a real engine in Python has a run of its own: vitest.engines.config.ts.
const exclude = [...configDefaults.exclude, '**/*.engines.test.ts'];

// A test here waits for real models and processes; on a busy machine that can take a while and is no failure.
export default defineConfig({ test: { exclude, testTimeout: 60_000, hookTimeout: 120_000 } });
