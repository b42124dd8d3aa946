import { describe, expect, it } from 'vitest';
import { showSteps } from './show-steps.mjs';

describe('showSteps()', () => {
  it('says nothing of a step that had nothing to do', async () => {
    const lines = [];
    const step = showSteps({ write: (line) => lines.push(line) });
    await step('Installing', async () => {});
    expect(lines).toEqual([]);
  });

  it('says when a step begins and how long it took', async () => {
    const lines = [];
    let time = 0;
    const step = showSteps({ write: (line) => lines.push(line), now: () => time });
    await step('Installing', async (start) => {
      start();
      time = 2345;
    });
    expect(lines).toEqual(['  Installing …', '  Installing: done in 2.3 s']);
  });

  it('takes the words of the result for how it ended', async () => {
    const lines = [];
    const step = showSteps({ write: (line) => lines.push(line), now: () => 0 });
    await step('Types', async (start) => {
      start();
      return { told: '1 passed' };
    });
    expect(lines).toEqual(['  Types …', '  Types: 1 passed in 0.0 s']);
  });

  it('does not call a failed step done', async () => {
    const lines = [];
    const step = showSteps({ write: (line) => lines.push(line) });
    const failing = step('Installing', async (start) => {
      start();
      throw new Error('no network');
    });
    await expect(failing).rejects.toThrow('no network');
    expect(lines).toEqual(['  Installing …']);
  });
});
