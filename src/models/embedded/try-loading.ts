import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { CancelledError, ModelError } from '../../errors.js';
import { packagePath } from '../../package-root.js';
import { openEngine } from './llama-engine.js';

/** Far longer than any file takes, whose weights are read once, from a slow disk too. In milliseconds. */
const patienceMs = (bytes: number): number => 120_000 + Math.ceil(bytes / 20_000);
/** Files that were loaded in a process of their own already, with size and time. */
const loaded = new Set<string>();

/**
 * Loads a GGUF file of a stranger in a process of its own first, and draws two tokens there: a header that is made for it ends the process inside of
 * llama.cpp, as it is loaded or at the first token, or keeps it for ever, and that shall not be this one. The models of this package, and files that were tried before, are not tried. Throws
 * `ModelError`; no process is left behind.
 */
export async function tryLoading(file: string): Promise<void> {
  const { size, mtimeMs } = statSync(file);
  const key = `${resolve(file)} ${size} ${mtimeMs}`;
  if (loaded.has(key) || resolve(file).startsWith(packagePath('data'))) return;
  const patience = patienceMs(size);
  const words = [
    '--input-type=module',
    '-e',
    script,
    packagePath('dist', 'models', 'embedded', 'try-loading.js'),
    file,
  ];
  const child = spawn(process.execPath, words, {
    stdio: ['ignore', 'ignore', 'pipe'],
    // Where it breaks, ggml would call a debugger to print a backtrace, which takes seconds
    env: { ...process.env, GGML_NO_BACKTRACE: '1' },
    timeout: patience,
    killSignal: 'SIGKILL',
  });
  // Whoever ends this process ends the other
  const end = (): boolean => child.kill('SIGKILL');
  process.once('exit', end);
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    said = (said + part).slice(-4000);
  });
  const startedAt = performance.now();
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((done) => {
    child.on('close', (code, signal) => done([code, signal]));
    child.on('error', () => done([null, null]));
  });
  process.off('exit', end);
  if (code === 0) {
    loaded.add(key);
    return;
  }
  // Ctrl-C reaches it too, as it is of our group: that says nothing of the file
  if (signal === 'SIGINT' || signal === 'SIGTERM') throw new CancelledError(`Stopped while opening ${file}`);
  if (code === 2) throw new ModelError(said.trim().split('\n').at(-1) ?? '');
  const isLong = signal === 'SIGKILL' && performance.now() - startedAt >= patience;
  const how = isLong
    ? `llama.cpp does not end loading it within ${(patience / 1000).toFixed(0)} s`
    : `llama.cpp breaks on it (${signal ?? `code ${code}`})`;
  throw new ModelError(`Cannot open model ${file}: ${how}, the file is damaged or was made for that; try another GGUF`);
}

const script =
  'const [module, file] = process.argv.slice(1); import(module).then(({ loadOnce }) => loadOnce(file)).then(() => process.exit(0), (error) => { console.error(error.message); process.exit(error.name === "ModelError" ? 2 : 3); })';

/** All that looks at a header: the weights' table, the vocabulary, the room for two texts, and the work of two tokens. For the process that tries. */
export async function loadOnce(file: string): Promise<void> {
  const engine = await openEngine(file);
  const tokens = engine.tokenize('1 + 1 = 2 é 数', { special: true });
  engine.detokenize([...tokens], { special: true });
  const context = await engine.openContext({ sequences: 2, tokensPerSequence: 64, batchTokens: 64, threads: 1 });
  const sampler = engine.openSampler({ temperature: 1, topP: 0.9, minP: 0, seed: 1, forbidden: [] });
  let next = tokens.length > 0 ? tokens.subarray(0, 4) : Uint32Array.of(0);
  let position = 0;
  for (let drawn = 0; drawn < 2; drawn++) {
    const feeds = [0, 1].map((sequence) => ({ sequence, position, tokens: next }));
    const [row = 0] = await context.decode(feeds, { wantsLogits: true });
    position += next.length;
    next = Uint32Array.of(await context.sample(row, sampler));
    engine.detokenize([...next], { special: true });
  }
  sampler.close();
  await context.close();
  await engine.close();
}
