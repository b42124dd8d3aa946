import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { inRoot } from './prepare/paths.mjs';
import { setAddress } from './set-colab-address.mjs';

const where = { repository: 'somebody/mathpie', notebook: 'demo_colab.ipynb' };
const page = 'https://colab.research.google.com/github/somebody/mathpie/blob/main/notebooks/demo_colab.ipynb';

it('setAddress(text, where) fills in badge and first cell, and renews them', () => {
  const notebook = readFileSync(inRoot('notebooks', 'demo_colab.ipynb'), 'utf8');
  const filled = setAddress(notebook, where);
  const { cells } = JSON.parse(filled);
  expect(cells[0].source.join('')).toContain(`colab-badge.svg)](${page})`);
  expect(cells[1].source[0]).toBe(
    '0 // 1; address = "https://github.com/somebody/mathpie"  # the address that you clone Mathpie from; in a clone it may stay empty\n',
  );
  expect(setAddress(setAddress(notebook, { ...where, repository: 'a/b' }), where)).toBe(filled);
});

it('the badge of README.md leads to the notebook', () => {
  expect(setAddress(readFileSync(inRoot('README.md'), 'utf8'), where)).toContain(`colab-badge.svg)](${page})`);
});
