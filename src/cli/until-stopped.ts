/** The same values until the user stops the command; then it throws, so that a file half written is cleared away. */
export async function* untilStopped<Value>(values: AsyncIterable<Value>, signal: AbortSignal): AsyncGenerator<Value> {
  for await (const value of values) {
    signal.throwIfAborted();
    yield value;
  }
}
