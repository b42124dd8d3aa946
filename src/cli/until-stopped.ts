import { letOthersRun } from '../let-others-run.js';

/** The same values until the user stops the command; then it throws, so that a file half written is cleared away. */
export async function* untilStopped<Value>(
  values: AsyncIterable<Value> | Iterable<Value>,
  signal: AbortSignal,
): AsyncGenerator<Value> {
  const breathe = letOthersRun(signal);
  for await (const value of values) {
    await breathe();
    signal.throwIfAborted();
    yield value;
  }
}
