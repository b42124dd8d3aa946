/**
 * Tells what is being done and for how long. Lines, not a redrawn screen: they read the same in a terminal and in a log,
 * and two steps may run side by side. A step that had nothing to do says nothing. A result may have its own words for "done"
 * in `told`.
 */
export function showSteps({
  write = (line) => process.stderr.write(`${line}\n`),
  now = Date.now,
  heartbeatMs = 10_000,
} = {}) {
  const running = new Map();
  let timer;

  const beat = () => {
    const parts = [...running].map(([title, startedAt]) => `${lowerFirst(title)} (${seconds(now() - startedAt)})`);
    write(`  … still ${parts.join(', ')}`);
  };

  return async function step(title, work) {
    const startedAt = now();
    const start = () => {
      running.set(title, startedAt);
      write(`  ${title} …`);
      if (timer === undefined) timer = setInterval(beat, heartbeatMs);
    };
    try {
      // The work calls `start` once it knows that there is something to do.
      const result = await work(start);
      if (running.has(title)) write(`  ${title}: ${result?.told ?? 'done'} in ${seconds(now() - startedAt)}`);
      return result;
    } finally {
      running.delete(title);
      if (running.size === 0) {
        clearInterval(timer);
        timer = undefined;
      }
    }
  };
}

const seconds = (ms) => `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;

const lowerFirst = (text) => text.charAt(0).toLowerCase() + text.slice(1);
