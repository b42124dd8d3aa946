import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { packagePath } from '../package-root.js';
import { runCli } from './__fixtures__/run-cli.js';

const root = mkdtempSync(join(tmpdir(), 'mathpie-hostile-model-'));
afterAll(() => rmSync(root, { recursive: true }));

describe('mathpie evaluate with a GGUF file whose header lies', () => {
  it('ends with one line and exit code 2', async () => {
    const bytes = readFileSync(packagePath('data', 'pocket', 'pocket.gguf'));
    const key = 'llama.attention.head_count';
    bytes.writeUInt32LE(0, bytes.indexOf(key) + key.length + 4);
    const [file, data] = [join(root, 'model.gguf'), join(root, 'problems.jsonl')];
    writeFileSync(file, bytes);
    writeFileSync(data, '{"id": "a", "question": "What is 1 + 1?", "answer": "2"}\n');
    const words = ['evaluate', '--model', `gguf:${file}`, '--data', data, '--run', join(root, 'run')];
    const { exitCode, stderr } = await runCli(words);
    expect(stderr).toMatch(/^Cannot open model .*\n$/);
    expect(exitCode).toBe(2);
  });
});
