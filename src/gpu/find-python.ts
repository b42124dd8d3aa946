import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Environment } from '../environment.js';
import { CancelledError, InputError } from '../errors.js';
import { packagePath } from '../package-root.js';

/** The packages that a script imports, and what installs them. */
export type Needs = {
  readonly script: string;
  readonly modules: readonly string[];
  /** Which of python-gpu's requirement files has them. */
  readonly platform: 'cpu' | 'cuda' | 'engines';
  /** Environments that are looked for in the current folder and in this package, best first. */
  readonly environments: readonly string[];
};

export type FindPythonEffects = {
  readonly environment: Environment;
  /** The modules that a Python lacks; undefined when it cannot be started. */
  readonly missingModules: (python: string, modules: readonly string[]) => Promise<readonly string[] | undefined>;
  readonly exists: (file: string) => boolean;
};

const defaultEffects: FindPythonEffects = { environment: process.env, missingModules, exists: existsSync };

/**
 * The Python that runs a script: MATHPIE_PYTHON alone where it is set; else the first of the known environments, an
 * active one (VIRTUAL_ENV) and `python3` that has the packages. Throws `InputError` that says what each one lacks and how
 * to install it.
 */
export async function findPython(needs: Needs, effects: Partial<FindPythonEffects> = {}): Promise<string> {
  const { environment, missingModules: look, exists } = { ...defaultEffects, ...effects };
  const chosen = environment.MATHPIE_PYTHON;
  const candidates = chosen
    ? [chosen]
    : listCandidates(needs, environment).filter((file) => exists(file) || !file.includes('/'));
  const lacks: string[] = [];
  for (const python of candidates) {
    const missing = await look(python, needs.modules);
    if (missing?.length === 0) return python;
    lacks.push(`${shorten(python)} ${missing === undefined ? 'cannot be started' : `has no ${missing.join(', ')}`}`);
  }
  const from = chosen ? 'MATHPIE_PYTHON ' : '';
  throw new InputError(
    `Cannot run ${needs.script}: ${from}${lacks.join(', ')}; type "${installCommand(needs, chosen)}" (docs/gpu.md says more), or name another Python in MATHPIE_PYTHON`,
  );
}

/** The shell command that makes the best environment, or completes the Python that was chosen. */
export function installCommand({ platform, environments }: Needs, chosen: string | undefined): string {
  const [environment = '.venv-gpu'] = environments;
  const file = (name: string) => shorten(packagePath('python-gpu', `requirements-${platform}${name}.txt`));
  const make = chosen ? '' : `python3 -m venv ${environment} && `;
  const pip = chosen ? `${chosen} -m pip` : `${environment}/bin/pip`;
  // vLLM's build for CPUs names packages that have none and that text does not need.
  const bare = platform === 'engines' ? ` && ${pip} install --no-deps -r ${file('.no-deps')}` : '';
  return `${make}${pip} install -r ${file('')}${bare}`;
}

function listCandidates({ environments }: Needs, environment: Environment): string[] {
  const executable = process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python'];
  const active = environment.VIRTUAL_ENV ? [environment.VIRTUAL_ENV] : [];
  const folders = [...active, ...environments.flatMap((name) => [resolve(name), packagePath(name)])];
  const files = folders.map((folder) => join(folder, ...executable));
  return [...new Set([...files, ...(process.platform === 'win32' ? ['python'] : ['python3'])])];
}

async function missingModules(python: string, modules: readonly string[]): Promise<readonly string[] | undefined> {
  const { execa } = await import('execa');
  // Looks for them without importing them: torch alone takes seconds.
  const code = 'import sys, importlib.util as u; print(*[m for m in sys.argv[1:] if u.find_spec(m) is None])';
  const asked = await execa(python, ['-c', code, ...modules], { reject: false, timeout: 60_000 });
  const { exitCode, stdout, signal, timedOut } = asked;
  // Ctrl-C reaches it too, as it is of our group
  if (signal === 'SIGINT' || (signal === 'SIGTERM' && !timedOut))
    throw new CancelledError('Stopped while looking for Python');
  if (exitCode !== 0) return undefined;
  return String(stdout)
    .split(/\s+/)
    .filter((name) => name !== '');
}

/** Relative to the current folder where it lies below it. */
function shorten(file: string): string {
  const folder = `${resolve('.')}/`;
  return file.startsWith(folder) ? file.slice(folder.length) : file;
}
