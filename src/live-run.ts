/** Work under way: its result as a promise, and what it tells meanwhile as an async iterable. */
export type LiveRun<Result, Event> = Promise<Result> & {
  /**
   * Each event as it comes, to the end of the work; then it ends, or throws what the work threw. Several readers each hear all of it, and
   * one that comes late hears the last 10,000 first. Leaving the loop stops nothing: the signal does.
   */
  readonly events: AsyncIterable<Event>;
};

/** What is kept for readers that come late. */
const mostKept = 10_000;

/** Starts work that tells events. Whoever reads the events hears of a failure there; the promise may then be left alone. */
export function liveRun<Result, Event>(
  work: (tell: (event: Event) => void) => Promise<Result>,
): LiveRun<Result, Event> {
  let kept: Event[] = [];
  let forgotten = 0;
  let hasEnded = false;
  let waiting: (() => void)[] = [];
  const wake = (): void => {
    const woken = waiting;
    waiting = [];
    for (const each of woken) each();
  };
  const tell = (event: Event): void => {
    kept.push(event);
    // Half at once, so that a long run does not move all of them at each event
    if (kept.length >= 2 * mostKept) {
      forgotten += kept.length - mostKept;
      kept = kept.slice(-mostKept);
    }
    wake();
  };
  const result = work(tell).finally(() => {
    hasEnded = true;
    wake();
  });
  async function* read(): AsyncGenerator<Event, void, undefined> {
    let place = Math.max(forgotten, forgotten + kept.length - mostKept);
    for (;;) {
      place = Math.max(place, forgotten);
      const event = kept[place - forgotten];
      if (event !== undefined) {
        place += 1;
        yield event;
      } else if (hasEnded) break;
      else await new Promise<void>((resolve) => waiting.push(resolve));
    }
    await result;
  }
  return Object.defineProperty(result, 'events', {
    get: () => {
      result.catch(() => undefined);
      return { [Symbol.asyncIterator]: read };
    },
  }) as LiveRun<Result, Event>;
}
