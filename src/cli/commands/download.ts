import { join } from 'node:path';
import { formatCount } from '../../steps/format-count.js';
import { defineCommand } from '../declare/command.js';
import { text } from '../declare/option.js';

export const download = defineCommand({
  name: 'download',
  summary: 'Fetch a published data set, checked against its checksum and continued where it broke off',
  usage: 'gsm8k|gsm8k-backward|math|math500|metamathqa [--out DIR] [--mirror URL]',
  positionals: ['NAME'],
  options: {
    out: text({ valueName: 'DIR', description: 'the folder of the files; datasets/NAME when left out' }),
    mirror: text({
      valueName: 'URL',
      description: 'another host for the same paths; stands in place of the scheme and host of each address',
    }),
  },
  examples: [
    'mathpie download gsm8k',
    'mathpie download metamathqa --out /data/metamathqa --mirror https://mirror.example',
  ],
  run: async ({ values: { out, mirror }, positionals: [name = ''], terminal, signal }) => {
    const { downloadDataset, findDataset } = await import('../../problems/download/download-dataset.js');
    const dataset = findDataset(name);
    const folder = out ?? join('datasets', name);
    terminal.note(`${dataset.title}; licence: ${dataset.licence}`);
    const startedAt = performance.now();
    const onProgress = (progress: { name: string; bytes: number; total: number | undefined }): void => {
      const { bytes, total = bytes } = progress;
      const elapsedMs = performance.now() - startedAt;
      const counts = { done: Math.floor(bytes / 1000), total: Math.max(1, Math.floor(total / 1000)) };
      terminal.progress({
        stage: `${progress.name} (kB)`,
        ...counts,
        tokens: 0,
        tokensPerSecond: 0,
        elapsedMs,
        remainingMs: undefined,
      });
    };
    for await (const file of downloadDataset({ dataset, folder, mirror, signal, onProgress })) {
      const state = file.wasThere ? 'is there already' : `fetched, ${formatCount(file.bytes)} bytes`;
      const checked = file.isVerified
        ? 'checksum right'
        : `no checksum is known to compare with: compare this sha256 yourself: ${file.sha256}`;
      terminal.note(`${file.file}: ${state}; ${checked}`);
      const { name: fileName, file: path, bytes, sha256, isVerified, rows, wasThere, resumedBytes, retryCount } = file;
      terminal.row({ name: fileName, file: path, bytes, sha256, isVerified, rows, wasThere, resumedBytes, retryCount });
    }
  },
});
