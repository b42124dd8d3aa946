import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyNotebooks } from './copy-notebooks.mjs';

let folder;
const original = (text) => writeFileSync(path.join(folder, 'notebooks', 'a.ipynb'), text);
const copyOf = (name) => path.join(folder, 'runs', 'notebooks', name);
const copy = () => copyNotebooks({ from: path.join(folder, 'notebooks'), to: path.join(folder, 'runs', 'notebooks') });
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'copies-'));
  mkdirSync(path.join(folder, 'notebooks'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('copyNotebooks()', () => {
  it('makes copies whose links lead where they led, and leaves the originals alone', () => {
    original('see [docs](../docs/a.md), [that](b.ipynb), [paper](https://arxiv.org/abs/1), [above](#top)');
    expect(copy()).toBe(path.join(folder, 'runs', 'notebooks'));
    expect(readFileSync(copyOf('a.ipynb'), 'utf8')).toBe(
      'see [docs](../../notebooks/../docs/a.md), [that](../../notebooks/b.ipynb), [paper](https://arxiv.org/abs/1), [above](#top)',
    );
  });

  it.each([
    ['follows its original where nobody has touched it', undefined, 'new'],
    ['stays where somebody has run it', 'mine', 'mine'],
  ])('a copy %s', (_, touched, left) => {
    original('old');
    copy();
    if (touched !== undefined) writeFileSync(copyOf('a.ipynb'), touched);
    original('new');
    copy();
    expect(readFileSync(copyOf('a.ipynb'), 'utf8')).toBe(left);
  });
});
