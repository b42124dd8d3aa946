/**
 * Runs steps, `atOnce` at a time, in the order of the list, but each only when what it waits for is there (`after`, a promise).
 * Resolves to their results in the order of the list. What a step cannot start without, and the rest, are none of its business:
 * a rejected `after` is a failure of that step, a `run` that throws ends everything.
 */
export function runAtOnce(steps, { atOnce }) {
  const results = steps.map(() => undefined);
  const ready = new Set();
  const started = new Set();
  let running = 0;
  return new Promise((resolve, reject) => {
    const end = (at, result) => {
      results[at] = result;
      if (results.every((one) => one !== undefined)) resolve(results);
    };
    const pump = () => {
      for (const at of steps.keys()) {
        if (running >= atOnce) return;
        if (!ready.has(at) || started.has(at)) continue;
        started.add(at);
        running += 1;
        steps[at].run().then((result) => {
          running -= 1;
          end(at, result);
          pump();
        }, reject);
      }
    };
    for (const [at, { title, after }] of steps.entries()) {
      Promise.resolve(after).then(
        () => {
          ready.add(at);
          pump();
        },
        (error) => end(at, { title, passed: 0, failed: 1, error }),
      );
    }
  });
}
