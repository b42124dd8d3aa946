import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * A path inside the installed package. Where `mathpie lab` was started beside an installed package, what notebooks make (`runs`, `datasets`) lies
 * where it was started: npm replaces the package's own folder.
 */
export const packagePath = (...parts: readonly string[]): string => {
  const { MATHPIE_FOLDER: folder } = process.env;
  const isMade = folder !== undefined && /^(?:runs|datasets)(?:[/\\]|$)/.test(parts[0] ?? '');
  return join(isMade ? folder : fileURLToPath(packageRoot), ...parts);
};

/** This file is one folder below the root, in src/ and in dist/ alike. */
const packageRoot = new URL('..', import.meta.url);
