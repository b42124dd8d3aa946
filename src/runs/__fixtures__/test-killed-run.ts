import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../answers/numbers/sample-points.js';
import type { RunRecord } from '../run-record.js';

/** What the killed process generates with: a model string, or `hashing` for a stand-in that needs no weights. */
const modelName = 'pocket';

const script = resolve(import.meta.dirname, 'killed-run.mjs');

type Phase = 'loading' | 'generating' | 'writing' | 'finished';
type Session = { readonly child: ChildProcess; readonly reached: Map<Phase, number>; readonly ended: Promise<unknown> };

/** How often the process is killed while it loads, generates, and writes the derived files. */
export type Kills = { readonly loading: number; readonly generating: number; readonly writing: number };

/** Kills a run so often, and compares what it leaves with what an undisturbed run leaves. `least` in each phase, or it shows little. */
export function testKilledRun(kills: Kills, { least }: { readonly least: number }): void {
  const killCount = kills.loading + kills.generating + kills.writing;
  const root = mkdtempSync(join(tmpdir(), 'mathpie-kill-'));
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  describe(`a run on ${modelName} that is killed ${killCount} times`, () => {
    it('ends with every record once and with the files of an undisturbed run', { timeout: 600_000 }, async () => {
      const undisturbed = join(root, 'undisturbed');
      const killed = join(root, 'killed');
      const times = await runToTheEnd(undisturbed);
      // The same moments in every run of the test, as far as a clock allows
      const random = seededRandom(20_240_229);
      const phases = listPhases(kills, random);
      const killsIn: Record<Phase, number> = { loading: 0, generating: 0, writing: 0, finished: 0 };

      for (let kill = 0, tries = 0; kill < killCount; tries += 1) {
        expect(tries).toBeLessThan(3 * killCount);
        const phase = phases[kill] ?? 'writing';
        const spread = { loading: times.loading, generating: times.generating / 12, writing: times.writing }[phase];
        const reached = await killSession(killed, { phase, delayMs: random() * spread });
        if (reached === 'finished') continue;
        killsIn[reached] += 1;
        kill += 1;
      }
      await runToTheEnd(killed);

      const [expected, found] = [readRecords(undisturbed), readRecords(killed)];
      expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
      expect(byId(found)).toEqual(byId(expected));
      const files = readdirSync(undisturbed).filter((name) => name.startsWith('rows-'));
      expect(files).toHaveLength(24);
      for (const name of files) {
        expect(readFileSync(join(killed, name)).equals(readFileSync(join(undisturbed, name))), name).toBe(true);
      }
      const [before, after] = [readManifest(undisturbed), readManifest(killed)];
      expect(after.files).toEqual(before.files);
      expect(after.stages).toEqual(before.stages);
      expect(readdirSync(killed).sort()).toEqual(readdirSync(undisturbed).sort());
      // The kills have to be spread, or the test shows little.
      expect(
        Math.min(killsIn.loading, killsIn.generating, killsIn.writing),
        JSON.stringify(killsIn),
      ).toBeGreaterThanOrEqual(least);
    });
  });
}

/** Loading comes at any time; the derived files are written when all is generated. */
function listPhases({ loading, generating, writing }: Kills, random: () => number): Exclude<Phase, 'finished'>[] {
  const phases: Exclude<Phase, 'finished'>[] = [
    ...Array<'generating'>(generating).fill('generating'),
    ...Array<'writing'>(writing).fill('writing'),
  ];
  for (let kill = 0; kill < loading; kill += 1) phases.splice(Math.floor(random() * phases.length), 0, 'loading');
  return phases;
}

/** Starts a session and kills it a while after it reached a phase; returns the phase in which it really was. */
async function killSession(directory: string, { phase, delayMs }: { phase: Phase; delayMs: number }): Promise<Phase> {
  const { child, reached, ended } = startSession(directory);
  while (!reached.has(phase) && child.exitCode === null) await Promise.race([ended, sleep(1)]);
  await Promise.race([ended, sleep(delayMs)]);
  child.kill('SIGKILL');
  await ended;
  if (child.signalCode !== 'SIGKILL') expect(child.exitCode).toBe(0);
  return child.signalCode === 'SIGKILL' ? ([...reached.keys()].at(-1) ?? 'loading') : 'finished';
}

/** Milliseconds that each phase took. */
async function runToTheEnd(directory: string): Promise<Record<'loading' | 'generating' | 'writing', number>> {
  const { child, reached, ended } = startSession(directory);
  await ended;
  expect(child.exitCode).toBe(0);
  const at = (phase: Phase): number => reached.get(phase) ?? Number.NaN;
  return {
    loading: at('generating') - at('loading'),
    generating: at('writing') - at('generating'),
    writing: at('finished') - at('writing'),
  };
}

function startSession(directory: string): Session {
  const child = spawn(process.execPath, [script, directory, modelName], { stdio: ['ignore', 'pipe', 'inherit'] });
  const reached = new Map<Phase, number>();
  createInterface({ input: child.stdout }).on('line', (line) => reached.set(line as Phase, performance.now()));
  return { child, reached, ended: once(child, 'close') };
}

function readRecords(directory: string): RunRecord[] {
  const lines = readFileSync(join(directory, 'records.jsonl'), 'utf8').split('\n');
  expect(lines.pop()).toBe('');
  return lines.map((line) => JSON.parse(line));
}

function byId(records: readonly RunRecord[]): RunRecord[] {
  return [...records].sort((left, right) => (left.id < right.id ? -1 : 1));
}

function readManifest(directory: string): { files: unknown; stages: unknown } {
  const file = join(directory, 'manifest.json');
  expect(existsSync(file)).toBe(true);
  return JSON.parse(readFileSync(file, 'utf8'));
}
