import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where completions are kept across runs: MATHPIE_CACHE, else where the system keeps what programs could make again
 * (`~/.cache/mathpie`, `~/Library/Caches/mathpie`, `%LOCALAPPDATA%\mathpie`).
 */
export function cacheDirectory({
  environment = process.env,
  platform = process.platform,
  home = homedir(),
}: {
  readonly environment?: NodeJS.ProcessEnv;
  readonly platform?: NodeJS.Platform;
  readonly home?: string;
} = {}): string {
  if (environment.MATHPIE_CACHE) return environment.MATHPIE_CACHE;
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'mathpie');
  if (platform === 'win32') return join(environment.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'mathpie');
  return join(environment.XDG_CACHE_HOME || join(home, '.cache'), 'mathpie');
}
