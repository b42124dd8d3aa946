import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packagePath } from '../package-root.js';
import { exportPreference, exportSft } from './export-rows.js';
import { trainerBlocks } from './trainer-blocks.js';

/** TRL beside the Python that tests python-gpu: PyTorch and transformers are there, and it brings the rest into a folder of its own. */
const python = process.env.MATHPIE_PYTHON ?? packagePath('.venv-gpu', 'bin', 'python');
const library = packagePath('.cache', 'trl');
const wanted =
  'trl==1.16.0 datasets==5.2.0 pyarrow==26.0.1 pandas==3.1.1 dill==0.4.1 xxhash==4.1.0 multiprocess==0.70.19';
const below = 'python-dateutil==4.0.0 tzdata==2026.6 pytz==2026.6 six==1.17.0';

const folder = mkdtempSync(join(tmpdir(), 'mathpie-trl-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const files = { messages: join(folder, 'sft.jsonl'), preference: join(folder, 'pairs.jsonl') };
const model = join(folder, 'student');

const solved = (sum: number) => ({
  query: `What is 3 + ${sum}?`,
  response: `Sum: 3 + ${sum} = ${3 + sum}.\nThe answer is \\boxed{${3 + sum}}.`,
  type: 'GSM_AnsAug',
  original_question: `What is 3 + ${sum}?`,
});
const pair = (sum: number) => ({
  instruction: `What is 3 + ${sum}?`,
  preferred_response: `It is ${3 + sum}.`,
  rejected_response: `It is ${4 + sum}.`,
});
const numbers = Array.from({ length: 16 }, (_, at) => at);

/** The block as it stands on the card, with a small model in place of the one that is fetched, and two steps in place of three epochs. */
const short = (code: string): string =>
  code
    .replace('"Qwen/Qwen2.5-0.5B-Instruct"', JSON.stringify(model))
    .replace(
      /output_dir="out"/,
      'output_dir="out", max_steps=2, use_cpu=True, bf16=False, report_to=[], per_device_train_batch_size=2, logging_steps=1',
    );

describe.runIf(existsSync(python))('TRL’s trainers on what export wrote', () => {
  beforeAll(async () => {
    if (!existsSync(join(library, 'trl'))) {
      const words = [
        '-m',
        'pip',
        'install',
        '--quiet',
        '--disable-pip-version-check',
        '--no-deps',
        '--target',
        library,
      ];
      execFileSync(python, [...words, ...wanted.split(' '), ...below.split(' ')], {
        stdio: ['ignore', 'ignore', 'inherit'],
      });
    }
    const gguf = packagePath('data', 'student', 'student.gguf');
    execFileSync(python, [packagePath('python-gpu', 'import_gguf.py'), '--gguf', gguf, '--out', model]);
    await exportSft({ rows: numbers.map(solved), file: files.messages });
    await exportPreference({ rows: numbers.map(pair), file: files.preference });
  });

  it.each(
    (['messages', 'preference'] as const).flatMap((shape) =>
      trainerBlocks({ file: files[shape], shape }).filter(({ title }) => title.startsWith('TRL')),
    ),
  )('$title takes two steps', ({ code }) => {
    const path = [library, process.env.PYTHONPATH ?? ''].filter((part) => part !== '').join(delimiter);
    const { status, stdout, stderr } = spawnSync(python, ['-c', short(code)], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, PYTHONPATH: path, CUDA_VISIBLE_DEVICES: '', HF_HUB_OFFLINE: '1', OMP_NUM_THREADS: '1' },
    });
    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/'?loss'?: /);
  });
});
