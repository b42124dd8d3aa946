// Loaded before tslab (see write-kernel-spec.mjs). The stop button ends a cell of tslab with an error that is printed with its
// stack, lines of tslab and node:vm alone: here it becomes one word. Where our own stages are under way they end in good order
// first (src/stop-button.ts), and say so themselves.
const { createRequire } = require('node:module');
const { inspect } = require('node:util');
const vm = require('node:vm');

const said = 'Stopped';

// A cell that waits: tslab makes the error once, when it makes its executor.
const executor = createRequire(require.resolve('tslab/package.json'))('./dist/executor.js');
const { createExecutor } = executor;

executor.createExecutor = (...given) => {
  const { Error: plain } = globalThis;
  globalThis.Error = class extends plain {
    [inspect.custom]() {
      return this.message === 'Interrupted asynchronously' ? said : (this.stack ?? this.message);
    }
  };
  try {
    return createExecutor(...given);
  } finally {
    globalThis.Error = plain;
  }
};

// A cell that computes without a pause.
const { runInThisContext } = vm;

vm.runInThisContext = (...given) => {
  try {
    return runInThisContext(...given);
  } catch (error) {
    if (error?.code === 'ERR_SCRIPT_EXECUTION_INTERRUPTED') error[inspect.custom] = () => said;
    throw error;
  }
};
