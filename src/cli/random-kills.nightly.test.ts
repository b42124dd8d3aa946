import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../answers/numbers/sample-points.js';
import { packagePath } from '../package-root.js';
import { isProcessAlive } from '../storage/living-process.js';
import {
  beginRun,
  describeRun,
  differences,
  disturbedCommands,
  serveBySeed,
} from './__fixtures__/disturbed-commands.js';
import { pythonWords, writePythonData } from './__fixtures__/python-commands.js';
import type { Endpoint } from './__fixtures__/serve-endpoint.js';

const root = mkdtempSync(join(tmpdir(), 'mathpie-random-kills-'));
/** SIGKILLs of each command; fewer of those that take long to start, see `startCost`. 98 make a thousand. */
const kills = Number(process.env.MATHPIE_KILLS ?? 8);
const only = process.env.MATHPIE_KILLS_COMMAND?.split(',');
let endpoint: Endpoint;
let stateless: Readonly<Record<string, (run: string) => readonly string[]>> = {};

beforeAll(async () => {
  endpoint = await serveBySeed();
  const known = disturbedCommands(root, endpoint);
  const data = join(root, 'answers.jsonl');
  const row = (id: number) =>
    `${JSON.stringify({ id: `${id}`, gold: `${id % 50}`, response: `It is ${id % 49}. The answer is: ${id % 49}` })}\n`;
  writeFileSync(data, Array.from({ length: 6_000 }, (_, id) => row(id)).join(''));
  if (chosen.some((name) => startCost(name) > 1)) writePythonData(root);
  stateless = {
    ...Object.fromEntries(known.map(({ name, words }) => [name, words])),
    'evaluate on pocket': (run) => ['evaluate', '--model', 'pocket', '--data', 'pocket:8', '--run', run],
    'magpie instruct on pocket': (run) => [
      'magpie',
      'instruct',
      '--model',
      'pocket',
      '--count',
      '6',
      '--seed',
      '4',
      '--run',
      run,
    ],
    grade: (run) => ['grade', data, '--out', join(run, 'graded.jsonl')],
    'problems pocket': (run) => [
      'problems',
      'pocket',
      '--count',
      '6000',
      '--seed',
      '2',
      '--out',
      join(run, 'problems.jsonl'),
    ],
    import: (run) => ['import', data, '--question', 'id', '--gold', 'gold', '--response', 'response', '--run', run],
    ...pythonWords(root),
  };
}, 600_000);
afterAll(async () => {
  await endpoint.close();
  rmSync(root, { recursive: true, force: true });
});

const ofEndpoint = ['magpie run', 'run-recipe', 'evaluate', 'augment'];
const ofModels = ['evaluate on pocket', 'magpie instruct on pocket', 'grade', 'problems pocket', 'import'];
const ofPython = ['train sft', 'train dpo', 'score', 'embed'];
const ofEngines = ['ablate', 'generate'];
/** The longest first, so that none is left alone at the end. */
const chosen = [...ofEngines, ...ofPython, ...ofEndpoint, ...ofModels].filter(
  (name) => only === undefined || only.includes(name),
);

/** Libraries of Python take seconds to load each time, an engine ten. */
function startCost(name: string): number {
  if (ofEngines.includes(name)) return 8;
  return ofPython.includes(name) ? 4 : 1;
}

// Several commands at a time: they wait for the disk, for the endpoint and for each other's leftovers
describe.concurrent.each(chosen.map((name) => ({ name, count: Math.ceil(kills / startCost(name)) })))(
  'mathpie $name',
  ({ name, count }) => {
    it(`ends as undisturbed after ${count} SIGKILLs at random moments`, { timeout: 7_200_000 }, async () => {
      const directory = join(root, name.replaceAll(' ', '-'), 'run');
      const words = () => stateless[name]?.(directory) ?? [];
      const begin = (): void => {
        rmSync(directory, { recursive: true, force: true });
        mkdirSync(directory, { recursive: true });
        // The same moment in each, which file names tell
        if (ofEndpoint.includes(name) || name === 'magpie instruct on pocket') beginRun(directory);
      };
      const random = seededRandom(count * 7919 + name.length);
      begin();
      const startedAt = performance.now();
      const whole = await session(words());
      expect(whole).toMatchObject({ exitCode: 0 });
      let wholeMs = whole.elapsedMs;
      const undisturbed = describeResult(directory);
      const faults: string[] = [];
      let [killed, tries, isFresh] = [0, 0, true];
      begin();
      while (killed < count && tries++ < 6 * count + 6) {
        // The whole tree at times, and at times its parent alone, as the kernel's own killer does
        const killing = { killAfterMs: random() * wholeMs, isTree: random() < 0.5 };
        const { signal, exitCode, stderr, elapsedMs } = await session(words(), killing);
        // How long it takes depends on what else the machine does: moments are spread over what it takes now
        if (exitCode === 0) wholeMs = isFresh ? elapsedMs : Math.max(wholeMs, elapsedMs);
        isFresh = false;
        if (signal === 'SIGKILL') killed += 1;
        else if (exitCode !== 0) faults.push(`after ${killed} kills it ended by ${exitCode}: ${stderr}`);
        if (exitCode !== 0 && killed < count) continue;
        const last = exitCode === 0 ? { exitCode, stderr, elapsedMs } : await session(words());
        wholeMs = Math.max(wholeMs, last.elapsedMs);
        if (last.exitCode !== 0)
          faults.push(`continued after ${killed} kills, it ended by ${last.exitCode}: ${last.stderr}`);
        else
          faults.push(
            ...differences(undisturbed, describeResult(directory)).map((each) => `after ${killed} kills: ${each}`),
          );
        begin();
        isFresh = true;
      }
      const minutes = ((performance.now() - startedAt) / 60_000).toFixed(1);
      process.stdout.write(
        `${name}: ${killed} kills of ${(wholeMs / 1000).toFixed(1)} s, ${faults.length} wrong; ${minutes} minutes\n`,
      );
      expect(faults).toEqual([]);
      expect(killed).toBe(count);
    });
  },
);

type Ended = {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
  readonly elapsedMs: number;
};
type Killing = { readonly killAfterMs?: number; readonly isTree?: boolean };

/** What killed parents left running, by command. */
const leftRunning = new Map<string, readonly number[]>();

/** One start of the command; one that finds the directory still held by what a killed parent left waits for it. */
async function session(words: readonly string[], killing: Killing = {}): Promise<Ended> {
  for (;;) {
    const ended = await start(words, killing);
    if (!/in use|is held|is locked|another process/i.test(ended.stderr) || ended.exitCode === 0) return ended;
    do await sleep(100);
    while (leftRunning.get(words.join(' '))?.some(isProcessAlive));
  }
}

async function start(words: readonly string[], { killAfterMs, isTree = true }: Killing): Promise<Ended> {
  const { OPENAI_API_KEY: _, MATHPIE_API_KEY: __, ...environment } = process.env;
  const startedAt = performance.now();
  const child: ChildProcess = spawn(process.execPath, [packagePath('dist', 'cli', 'main.js'), ...words], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...environment, HF_HUB_OFFLINE: '1', TOKENIZERS_PARALLELISM: 'false', OMP_NUM_THREADS: '1' },
    detached: true,
  });
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (part: string) => (stderr = (stderr + part).slice(-2000)));
  const timer =
    killAfterMs === undefined
      ? undefined
      : setTimeout(() => {
          const tree = descendants(child.pid ?? 0);
          child.kill('SIGKILL');
          if (isTree) for (const pid of tree) kill(pid);
          leftRunning.set(words.join(' '), tree);
        }, killAfterMs);
  const [exitCode, signal] = await once(child, 'exit');
  clearTimeout(timer);
  const elapsedMs = performance.now() - startedAt;
  return { exitCode, signal, stderr: stderr.trim().split('\n').at(-1) ?? '', elapsedMs };
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself
  }
}

function descendants(pid: number): readonly number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
    return children.flatMap((child) => [child, ...descendants(child)]);
  } catch {
    return [];
  }
}

/** How fast and how long, and a checksum that the time of a data file is part of, in JSON and in JSON that is a text in JSON. */
const clocks = /\\*"(tokensPerSecond|seconds|key)\\*": ?("?[\w.]+"?|\\"\w+\\")/g;

/** What a finished directory holds, without clocks: of python-gpu's runs their results. */
function describeResult(directory: string): { readonly [file: string]: unknown } {
  const found = Object.entries(describeRun(directory)).filter(
    ([name]) => !/(^|\/)(events\.jsonl|run\.log)$|checkpoints\//.test(name),
  );
  const isPython = existsSync(join(directory, 'events.jsonl'));
  return Object.fromEntries(
    found.flatMap(([name, value]): [string, unknown][] => {
      if (isPython && (name === 'config.json' || name === 'manifest.json')) return [];
      // What an ablation measured of this machine, and the manifests of the trainings in it
      if (name === 'rates.json' || /\/(train|generate)\/(config|manifest)\.json$/.test(name)) return [];
      if (typeof value === 'string' && /(completions|scores|ids)\.jsonl$/.test(name))
        return [[name, value.split('\n').sort()]];
      // How long each row took is another in each run
      if (name === 'graded.jsonl') return [[name, String(value).replaceAll(/"ms":[\d.e+-]+/g, '')]];
      return [[name, typeof value === 'string' ? value.replaceAll(clocks, '') : value]];
    }),
  );
}
