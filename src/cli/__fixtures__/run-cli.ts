import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const main = resolve(import.meta.dirname, '..', '..', '..', 'dist', 'cli', 'main.js');

export type CliResult = { readonly exitCode: number | null; readonly stdout: string; readonly stderr: string };

/** Runs the built command line as a process of its own. `whileRunning` may watch or stop it. */
export async function runCli(
  words: readonly string[],
  {
    environment = {},
    whileRunning = async () => undefined,
  }: {
    environment?: Readonly<Record<string, string>>;
    whileRunning?: (child: ChildProcess) => Promise<void>;
  } = {},
): Promise<CliResult> {
  if (!existsSync(main)) throw new Error('Cannot test the command line: dist/ is absent; run npm run build first');
  const { OPENAI_API_KEY: _, MATHPIE_API_KEY: __, ...inherited } = process.env;
  const child = spawn(process.execPath, [main, ...words], {
    env: { ...inherited, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const text = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (part: string) => (text.stdout += part));
  child.stderr.setEncoding('utf8').on('data', (part: string) => (text.stderr += part));
  const ended = new Promise<number | null>((done) => child.on('close', done));
  await whileRunning(child);
  return { exitCode: await ended, ...text };
}
