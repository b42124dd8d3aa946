import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ggufOfFolder, isModelFolder } from './trained-folder.js';

const place = mkdtempSync(join(tmpdir(), 'mathpie-folder-'));
afterAll(() => rmSync(place, { recursive: true, force: true }));

describe('ggufOfFolder()', () => {
  it('makes the file once, and anew when the folder or the file has changed', async () => {
    const folder = join(place, 'model');
    await mkdir(folder);
    expect(isModelFolder(folder)).toBe(false);
    for (const name of ['config.json', 'model.safetensors', 'notes.txt']) writeFileSync(join(folder, name), name);
    expect(isModelFolder(folder)).toBe(true);
    let made = 0;
    const make = async ({ out }: { out: string }): Promise<string> => {
      made++;
      writeFileSync(out, `made of ${folder}`);
      return '';
    };
    const open = () => ggufOfFolder(folder, { environment: {}, make });
    expect(await open()).toBe(`${folder}.q8_0.gguf`);
    await open();
    expect(made).toBe(1);
    writeFileSync(join(folder, 'notes.txt'), 'other notes');
    await open();
    expect(made).toBe(1);
    writeFileSync(join(folder, 'model.safetensors'), 'other weights');
    await open();
    expect(made).toBe(2);
    writeFileSync(`${folder}.q8_0.gguf`, 'damaged');
    await open();
    expect(made).toBe(3);
    writeFileSync(`${folder}.q8_0.gguf.json`, '{');
    await open();
    expect(made).toBe(4);
  });
});
