import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { hostileGgufs } from '../models/embedded/__fixtures__/hostile-ggufs.js';
import { packagePath } from '../package-root.js';
import { runCli } from './__fixtures__/run-cli.js';

const root = mkdtempSync(join(tmpdir(), 'mathpie-ggufs-'));
afterAll(() => rmSync(root, { recursive: true }));
/** So many of the files; 483 and more where there is time. */
const count = Number(process.env.MATHPIE_GGUFS ?? 60);
const pocket = packagePath('data', 'pocket', 'pocket.gguf');
const files = hostileGgufs(pocket, { count, seed: 15 });

describe(`mathpie on ${count} GGUF files whose headers were made to deceive`, () => {
  it('has so many different ones', () => {
    expect(new Set(files.map(({ name }) => name)).size).toBe(count);
  });

  it('ends by itself for each: an answer, or exit 2 and one clear line, and no process is left', {
    timeout: 7_200_000,
  }, async () => {
    const faults: string[] = [];
    const ends = new Map<number | null, number>();
    for (const [index, { name, make }] of files.entries()) {
      const file = join(root, `hostile-${index}.gguf`);
      const run = join(root, `run-${index}`);
      writeFileSync(file, make());
      const words = ['evaluate', '--model', `gguf:${file}`, '--data', 'pocket:1', '--run', run, '--max-tokens', '4'];
      const { exitCode, stderr } = await runCli(words, { environment: { MATHPIE_ANIMATE: '0' } });
      ends.set(exitCode, (ends.get(exitCode) ?? 0) + 1);
      const last = stderr.trim().split('\n').at(-1) ?? '';
      if (exitCode !== 0 && exitCode !== 1 && exitCode !== 2) faults.push(`${name}: ended by ${exitCode}: ${last}`);
      if (exitCode === 2 && !/^Cannot .+[^.]$/.test(last)) faults.push(`${name}: ${last}`);
      if (exitCode === 1 && !last.includes('failed')) faults.push(`${name}: exit 1: ${last}`);
      const left = processesOf(file);
      if (left.length > 0) faults.push(`${name}: left behind: ${left.join('; ')}`);
      rmSync(file);
      rmSync(run, { recursive: true, force: true });
    }
    process.stdout.write(`${count} files: ${[...ends].map(([code, times]) => `exit ${code}: ${times}`).join(', ')}\n`);
    expect(faults).toEqual([]);
  });
});

/** Command lines of living processes that name a file; Linux tells them. */
function processesOf(file: string): readonly string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return words.includes(file) ? [words] : [];
      } catch {
        return [];
      }
    });
}
