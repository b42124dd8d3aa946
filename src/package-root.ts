import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A path inside the installed package. This file is one folder below the root, in src/ and in dist/ alike. */
export const packagePath = (...parts: readonly string[]): string =>
  join(fileURLToPath(new URL('..', import.meta.url)), ...parts);
