import { defineConfig } from 'vitest/config';

// A test here waits for real models and processes; on a busy machine that can take a while and is no failure.
export default defineConfig({ test: { testTimeout: 60_000, hookTimeout: 120_000 } });
