import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isForGpu } from './trained-folder.js';

describe('isForGpu()', () => {
  it.each([
    ['trained from our student', { 'config.json': '{}', 'training.json': '{"base":"student"}' }, false],
    ['trained from another model', { 'config.json': '{}', 'training.json': '{"base":"OWNER/NAME"}' }, true],
    ['of unknown origin', { 'config.json': '{}' }, true],
    ['without a model', { 'training.json': '{"base":"OWNER/NAME"}' }, false],
  ])('a folder %s', (_, files, expected) => {
    const folder = mkdtempSync(join(tmpdir(), 'mathpie-'));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    expect(isForGpu(folder)).toBe(expected);
  });
});
