import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { inRoot } from '../prepare/paths.mjs';

const demo = (...words) => spawnSync(process.execPath, [inRoot('scripts', 'demo.mjs'), ...words], { encoding: 'utf8' });

describe('npm run demo', () => {
  it('helps without setting anything up', () => {
    const { status, stdout, stderr } = demo('--help');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^npm run demo\n[\s\S]*runs\/demo/);
  });

  it('refuses words that it does not know, in one line', () => {
    const { status, stderr } = demo('--fast');
    expect(status).not.toBe(0);
    expect(stderr).toContain('Cannot run the demo with "--fast"');
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});
