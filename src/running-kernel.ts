import { createRequire } from 'node:module';

/**
 * The module of tslab that talks to the notebook, where this process is its kernel. Looked up among the modules already loaded, because to
 * require tslab in a plain Node process would load a TypeScript compiler, and anew each time, because tslab gives each cell its own output.
 */
export function runningKernel(): { readonly lastWriteDisplayData?: unknown } | undefined {
  const loaded = createRequire(import.meta.url).cache;
  const file = Object.keys(loaded).find((path) => /[\\/]tslab[\\/]dist[\\/]jupyter\.js$/.test(path));
  return file === undefined ? undefined : (loaded[file]?.exports as { lastWriteDisplayData?: unknown });
}
