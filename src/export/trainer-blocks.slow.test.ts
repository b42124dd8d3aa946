import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { packagePath } from '../package-root.js';
import { exportPreference, exportSft } from './export-rows.js';
import { trainerBlocks } from './trainer-blocks.js';

/** A Python that has Hugging Face's `datasets`: named by MATHPIE_DATASETS_PYTHON, or one of the clone's environments. */
const python = [
  process.env.MATHPIE_DATASETS_PYTHON ?? '',
  packagePath('.venv-engines', 'bin', 'python'),
  packagePath('.venv-gpu', 'bin', 'python'),
].find((file) => existsSync(file) && spawnSync(file, ['-c', 'import datasets']).status === 0);
const isTrlThere = python !== undefined && spawnSync(python, ['-c', 'import trl']).status === 0;

const folder = mkdtempSync(join(tmpdir(), 'blocks-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const grown = { query: 'What is 3 + 4?', response: '3 + 4 = 7.\nIt is 7.', type: 'GSM_SV', original_question: 'Sum?' };
const pair = { instruction: 'What is 3 + 4?', preferred_response: 'It is 7.', rejected_response: 'It is 8.' };
const files = {
  messages: join(folder, 'sft.jsonl'),
  metamathqa: join(folder, 'metamath.jsonl'),
  preference: join(folder, 'pairs.jsonl'),
};

/** What reads or rewrites the rows of a block runs as it stands; of a trainer all but the training of a model that is fetched. */
const blocks = Object.entries(files).flatMap(([shape, file]) =>
  trainerBlocks({ file, shape })
    .filter(({ language, title }) => language === 'python' && title !== 'unsloth')
    .filter(({ title }) => isTrlThere || !title.startsWith('TRL'))
    .map((block) => ({ shape, ...block })),
);

describe.runIf(python !== undefined)('blocks of a card, run', () => {
  it.each(blocks)(
    '$title on $shape',
    async ({ code }) => {
      await exportSft({ rows: [grown, grown], file: files.messages });
      await exportSft({ rows: [grown, grown], file: files.metamathqa, shape: 'metamathqa' });
      await exportPreference({ rows: [pair, pair], file: files.preference });
      const readable = code.replace(/^(?:SFT|DPO)Trainer\(.*$/m, 'print(rows[0])');
      const { status, stdout, stderr } = spawnSync(python ?? '', ['-c', readable], { cwd: folder, encoding: 'utf8' });
      expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
      if (code.includes('to_json'))
        expect(JSON.parse(readFileSync(join(folder, 'pairs.texts.jsonl'), 'utf8').split('\n')[0] ?? '')).toEqual({
          prompt: 'What is 3 + 4?',
          chosen: 'It is 7.',
          rejected: 'It is 8.',
        });
      else if (!code.includes('to_parquet')) expect(stdout).toContain('It is 7.');
    },
    60_000,
  );
});
