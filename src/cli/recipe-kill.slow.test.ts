import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { eachChange } from '../__fixtures__/extent.js';
import { packagePath } from '../package-root.js';

const root = mkdtempSync(join(tmpdir(), 'mathpie-recipe-kill-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Where a session is killed: when the step has so many records. */
const kills = [
  ...eachChange([], [{ step: 'instruct', records: 3 }] as const),
  { step: 'respond', records: 2 },
  ...eachChange([], [{ step: 'candidates', records: 5 }] as const),
  { step: 'judge', records: 3 },
] as const;
const size = eachChange(1, 2);

/** Of their own in every run: when it was, and in which order records were made. */
const clocks = ['manifest.json', 'records.jsonl', 'spending.jsonl', 'config.json'];

describe('a recipe on pocket whose process is killed in the middle of its steps', () => {
  it('leaves the files of an undisturbed run, and asks for nothing twice', { timeout: 600_000 }, async () => {
    const [undisturbed, killed] = [startDirectory('undisturbed'), startDirectory('killed')];
    expect(await toTheEnd(undisturbed)).toBe(0);
    for (const kill of kills) await killSession(killed, kill);
    expect(await toTheEnd(killed)).toBe(0);

    expect(readdirSync(killed).sort()).toEqual(readdirSync(undisturbed).sort());
    const derived = readdirSync(undisturbed).filter((name) => !clocks.includes(name));
    expect(derived).toEqual(expect.arrayContaining(['dpo.jsonl', 'recipe.json', 'sft.jsonl', 'ranked.jsonl']));
    for (const name of derived) {
      expect(readFileSync(join(killed, name)).equals(readFileSync(join(undisturbed, name))), name).toBe(true);
    }
    const [before, after] = [undisturbed, killed].map((directory) => readJson(directory, 'manifest.json'));
    expect(after.files).toEqual(before.files);
    expect(after.stages).toEqual(before.stages);
    const ids = readRecords(killed).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.sort()).toEqual(
      readRecords(undisturbed)
        .map(({ id }) => id)
        .sort(),
    );
  });
});

/** Both begin in the same second, as the original's file names and rows say when that was. */
function startDirectory(name: string): string {
  // The card names the run by its folder
  const directory = join(root, name, 'run');
  mkdirSync(directory, { recursive: true });
  const start = { mathpie: '0', node: '0', startedAt: '2026-01-02T03:04:05.000Z', seed: 7, stages: {} };
  writeFileSync(join(directory, 'config.json'), JSON.stringify(start));
  return directory;
}

function startSession(directory: string): ChildProcess {
  const words = [
    'magpie',
    'run',
    '--recipe',
    'magpie-pocket',
    '--count',
    String(6 * size),
    '--run',
    directory,
    '--quiet',
  ];
  return spawn(process.execPath, [packagePath('dist', 'cli', 'main.js'), ...words], { stdio: 'ignore' });
}

async function toTheEnd(directory: string): Promise<number | null> {
  const [code] = await once(startSession(directory), 'close');
  return code;
}

async function killSession(directory: string, { step, records }: (typeof kills)[number]): Promise<void> {
  const child = startSession(directory);
  const closed = once(child, 'close');
  const reached = (): boolean =>
    readRecords(directory).filter(({ stage }) => stage.startsWith(step)).length >= records * size;
  while (!reached() && child.exitCode === null) await sleep(5);
  expect(child.exitCode, `${step} was over before it was killed`).toBeNull();
  child.kill('SIGKILL');
  await closed;
}

type Line = { readonly id: string; readonly stage: string };

/** A line that is being written does not count. */
function readRecords(directory: string): Line[] {
  const file = join(directory, 'records.jsonl');
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  return lines.flatMap((line): Line[] => {
    try {
      return [JSON.parse(line)];
    } catch {
      return [];
    }
  });
}

function readJson(directory: string, name: string) {
  return JSON.parse(readFileSync(join(directory, name), 'utf8'));
}
