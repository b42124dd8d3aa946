/**
 * Until an endpoint has answered once, nobody knows whether a failure is the request's fault or the endpoint's. A call that
 * has failed waits here until another one is answered (its own fault), or until all that are under way have failed too.
 */
export function watchFirstAnswer(): {
  hasAnswered(): boolean;
  start(): void;
  end(): void;
  answer(): void;
  /** For a call that has failed and not ended: whether the endpoint answers others. */
  answersOthers(): Promise<boolean>;
} {
  let hasAnswered = false;
  let underWay = 0;
  let waiting: (() => void)[] = [];

  const release = (): void => {
    const released = waiting;
    waiting = [];
    for (const go of released) go();
  };
  const releaseWhenAll = (): void => {
    if (waiting.length > 0 && waiting.length === underWay) release();
  };

  return {
    hasAnswered: () => hasAnswered,
    start: () => {
      underWay++;
    },
    end: () => {
      underWay--;
      releaseWhenAll();
    },
    answer: () => {
      hasAnswered = true;
      release();
    },
    answersOthers: async () => {
      if (hasAnswered) return true;
      const decided = new Promise<void>((resolve) => waiting.push(resolve));
      releaseWhenAll();
      await decided;
      return hasAnswered;
    },
  };
}
