import { EventEmitter } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LanguageModel } from '../models/language-model.js';
import { openRun } from '../runs/open-run.js';
import { readManifest } from '../runs/read-manifest.js';
import type { StageProgress } from '../runs/track-progress.js';
import { createStopButton, type Interrupts } from '../stop-button.js';
import { runAndShow } from './run-and-show.js';

const progress = (update: Partial<StageProgress>): StageProgress => ({
  stage: 'a',
  done: 0,
  total: 10,
  tokens: 0,
  tokensPerSecond: 0,
  elapsedMs: 0,
  remainingMs: undefined,
  ...update,
});

async function show(work: (tell: (update: StageProgress) => void) => void) {
  const directory = mkdtempSync(join(tmpdir(), 'mathpie-show-'));
  const ends: (string | undefined)[] = [];
  const handle = { update: () => undefined, done: (text?: string) => void ends.push(text) };
  const shown = runAndShow(
    { title: 'Try', directory, stage: 'a', model: { name: 'none' } as LanguageModel },
    async ({ onProgress }) => work(onProgress),
    handle,
  );
  return { shown, directory, ends };
}

describe('runAndShow({ title, directory, stage, config }, work)', () => {
  it('is ended by the stop button, with the directory free for the same cell', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'mathpie-show-'));
    const interrupts = new EventEmitter() as unknown as Interrupts & EventEmitter;
    const button = createStopButton({ interrupts, isNotebook: () => true });
    const stage = { title: 'Try', directory, stage: 'a', model: { name: 'none' } as LanguageModel };
    const handle = { update: () => undefined, done: () => undefined };
    const again = runAndShow(
      stage,
      async ({ signal }) => {
        setTimeout(() => interrupts.emit('SIGINT'));
        return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
      },
      handle,
      button,
    );
    await expect(again).rejects.toThrow('Stopped; the same cell goes on from here');
    expect(await runAndShow(stage, async () => 'went on', handle, button)).toBe('went on');
  });

  it('adds up rounds that count from zero', async () => {
    const { shown, ends, directory } = await show((tell) => {
      tell(progress({ done: 4, tokens: 500, elapsedMs: 900 }));
      tell(progress({ done: 10, tokens: 1000, elapsedMs: 1000 }));
      tell(progress({ done: 2, total: 2, tokens: 200, elapsedMs: 500 }));
    });
    await shown;
    expect(ends).toEqual(['12 done, 1,200 tokens in 1.5 s, 800 tokens/s']);
    expect((await readManifest(directory)).finished).toHaveProperty('a');
  });

  it('tells no time on a clock that stands still, and keeps rounds apart', async () => {
    const { shown, ends } = await show((tell) => {
      tell(progress({ done: 10, tokens: 1000 }));
      tell(progress({ done: 0, tokens: 0 }));
      tell(progress({ done: 2, total: 2, tokens: 200 }));
    });
    await shown;
    expect(ends).toEqual(['12 done, 1,200 tokens']);
  });

  it('says that everything was there already', async () => {
    const { shown, ends } = await show((tell) => tell(progress({ done: 10 })));
    await shown;
    expect(ends).toEqual(['10 done, all from earlier']);
  });

  it('leaves the directory open for the next try when the work fails', async () => {
    const { shown, ends, directory } = await show(() => {
      throw new Error('no power');
    });
    await expect(shown).rejects.toThrow('no power');
    expect(ends).toEqual(['failed: no power']);
    await (await openRun({ directory, stage: 'a', config: { model: 'none' } })).close();
  });
});
