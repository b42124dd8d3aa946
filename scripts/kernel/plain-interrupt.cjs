// Loaded before tslab (see write-kernel-spec.mjs). The stop button ends a cell of tslab with an error that is printed with its
// stack, lines of tslab alone. It is made once, when the executor is: there it becomes one word. Where our own stages are
// under way they end in good order first (src/stop-button.ts), and say so themselves.
const { createRequire } = require('node:module');
const { inspect } = require('node:util');

const executor = createRequire(require.resolve('tslab/package.json'))('./dist/executor.js');
const { createExecutor } = executor;

executor.createExecutor = (...given) => {
  const { Error: plain } = globalThis;
  globalThis.Error = class extends plain {
    [inspect.custom]() {
      return this.message === 'Interrupted asynchronously' ? 'Stopped' : (this.stack ?? this.message);
    }
  };
  try {
    return createExecutor(...given);
  } finally {
    globalThis.Error = plain;
  }
};
