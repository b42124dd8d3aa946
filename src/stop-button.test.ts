import { EventEmitter, getEventListeners } from 'node:events';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { CancelledError } from './errors.js';
import { createStopButton, type Interrupts } from './stop-button.js';

function notebook({ isNotebook = true } = {}) {
  const events = new EventEmitter();
  const heard: string[] = [];
  const kernel = (): void => void heard.push('kernel');
  events.on('SIGINT', kernel);
  const button = createStopButton({
    interrupts: events as unknown as Interrupts,
    isNotebook: () => isNotebook,
    patienceMs: 20,
  });
  return { button, heard, press: () => events.emit('SIGINT'), listeners: () => events.listenerCount('SIGINT') };
}

const untilAborted = (signal: AbortSignal | undefined) =>
  new Promise<never>((_, reject) => signal?.addEventListener('abort', () => reject(new Error('the library says'))));

describe('the stop button', () => {
  it('aborts the work, says one line without a stack, and keeps the kernel out of it', async () => {
    const { button, heard, press, listeners } = notebook();
    const before = listeners();
    const work = button.during(untilAborted);
    press();
    const error = await work.catch((reason) => reason);
    expect(error).toBeInstanceOf(CancelledError);
    expect(inspect(error)).toBe('Stopped; the same cell goes on from here');
    expect(heard).toEqual([]);
    expect(listeners()).toBe(before + 1);
    press();
    expect(heard).toEqual(['kernel']);
  });

  it('leaves work that does not listen to itself', async () => {
    const { button, press } = notebook();
    const work = button.during(() => new Promise<never>(() => undefined));
    press();
    await expect(work).rejects.toThrow('Stopped; the same cell goes on from here');
  });

  it('stops all work under way, and none that begins later', async () => {
    const { button, press } = notebook();
    const works = [button.during(untilAborted), button.during(untilAborted)];
    press();
    for (const work of works) await expect(work).rejects.toThrow('Stopped');
    expect(button.signal()?.aborted).toBe(false);
    expect(await button.during(async () => 7)).toBe(7);
  });

  it('leaves no listener behind, however many stages a notebook has', async () => {
    const { button } = notebook();
    for (let stage = 0; stage < 3; stage++) await button.during(async () => stage);
    expect(getEventListeners(button.signal() as AbortSignal, 'abort')).toEqual([]);
  });

  it('hands on an error that is not its own', async () => {
    const { button } = notebook();
    const work = button.during(async () => {
      throw new Error('disk full');
    });
    await expect(work).rejects.toThrow('disk full');
  });

  it('is not there outside of a notebook', async () => {
    const { button, listeners } = notebook({ isNotebook: false });
    expect(button.signal()).toBeUndefined();
    expect(await button.during(async (signal) => signal)).toBeUndefined();
    expect(listeners()).toBe(1);
  });
});
