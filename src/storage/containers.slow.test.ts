import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { packagePath } from '../package-root.js';

const directory = mkdtempSync(join(tmpdir(), 'mathpie-containers-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** A process namespace of its own, as a container has; the host name stays the same. */
const inside = ['unshare', '--pid', '--fork', '--mount-proc', '--kill-child'] as const;
const hasNamespaces = spawnSync(inside[0], [...inside.slice(1), 'true']).status === 0;
const holdInNode = `import('${packagePath('dist', 'storage', 'lock-directory.js')}').then(async ({ lockDirectory }) => {
  await lockDirectory({ directory: process.argv[1] });
  console.log('held');
  setInterval(() => {}, 1000);
}).catch((error) => { console.error(error.message); process.exit(2); })`;
const holdInPython = `import sys, time, pathlib
sys.path.insert(0, sys.argv[2])
from mathpie_gpu.run.errors import UserError
from mathpie_gpu.run.lock import lock_directory
try:
    lock = lock_directory(pathlib.Path(sys.argv[1]))
except UserError as error:
    sys.exit(str(error))
print("held", flush=True)
time.sleep(60)`;
const languages: Readonly<Record<string, readonly string[]>> = {
  TypeScript: [process.execPath, '-e', holdInNode, directory],
  Python: [process.env.PYTHON ?? 'python3', '-c', holdInPython, directory, packagePath('python-gpu')],
};
const hasPython = spawnSync(process.env.PYTHON ?? 'python3', ['--version']).status === 0;

describe.skipIf(!hasNamespaces || !hasPython)('a directory that a process in another container holds', () => {
  const names = Object.keys(languages);
  it.each(names.flatMap((first) => names.map((second) => [first, second] as const)))(
    '%s there, %s here: is refused, and free after SIGKILL',
    async (first, second) => {
      const [command = '', ...words] = [...inside, ...(languages[first] ?? [])];
      const holder = spawn(command, words, { stdio: ['ignore', 'pipe', 'inherit'] });
      await once(holder.stdout, 'data');
      const [other = '', ...otherWords] = [...inside, ...(languages[second] ?? [])];
      const refused = spawnSync(other, otherWords, { encoding: 'utf8', timeout: 20_000 });
      expect(refused.stderr).toMatch(
        /^Cannot open .*process 1 in another container holds it; wait for it to end, or stop it/,
      );
      holder.kill('SIGKILL');
      await once(holder, 'close');
      const taker = spawn(other, otherWords, { stdio: ['ignore', 'pipe', 'inherit'] });
      const [said] = await once(taker.stdout, 'data');
      expect(String(said)).toMatch(/^held/);
      taker.kill('SIGKILL');
      await once(taker, 'close');
    },
  );
});

const writeInNode = `import('${packagePath('dist', 'storage', 'open-atomic-writer.js')}').then(async ({ openAtomicWriter }) => {
  const writer = await openAtomicWriter(process.argv[1]);
  await writer.write(process.argv[2]);
  console.log('open');
  process.stdin.once('data', async () => { await writer.commit(); process.exit(0); });
}).catch((error) => { console.error(error.message); process.exit(2); })`;

describe.skipIf(!hasNamespaces)('a file that two containers write under one name', () => {
  it('is what the last of them wrote, and neither takes away what the other is at', async () => {
    const file = join(directory, 'graded.jsonl');
    const writers = [];
    for (const text of ['first', 'second']) {
      // Of another number in each: in the second nobody has that of the first
      const shell =
        text === 'first' ? ['sh', '-c', 'for each in $(seq 50); do /bin/true; done; "$@"; exit $?', 'sh'] : [];
      const [command = '', ...words] = [...inside, ...shell, process.execPath, '-e', writeInNode, file, text];
      const writer = spawn(command, words, { stdio: ['pipe', 'pipe', 'inherit'] });
      await once(writer.stdout, 'data');
      writers.push(writer);
    }
    for (const [place, writer] of writers.reverse().entries()) {
      writer.stdin.end('\n');
      expect(await once(writer, 'close')).toEqual([0, null]);
      expect(readFileSync(file, 'utf8')).toBe(['second', 'first'][place]);
    }
  });
});
