// Loaded before tslab (see mend-tslab.cjs). tslab says "busy" for every cell as soon as it is asked for, and "idle" when one
// has ended, while others still wait; what a frontend asks meanwhile (completions, kernel info) ends with "idle" too. A
// frontend shows the last that was said, so that Run All seems over after the first cell. Here a cell is busy from its start
// to its end, and what is answered beside a running cell leaves the kernel busy.
const { createRequire } = require('node:module');

const { JupyterHandlerImpl, ZmqServer } = createRequire(require.resolve('tslab/package.json'))('./dist/jupyter.js');
const { publishStatus } = ZmqServer.prototype;
const { handleExecuteImpl } = JupyterHandlerImpl.prototype;

/** Cells that wait for their turn, by the content of their request. */
const waiting = new WeakMap();
/** Says that the running cell is busy; undefined while none runs. */
let sayBusy;

ZmqServer.prototype.publishStatus = function (status, parent) {
  const isCell = parent.header.msg_type === 'execute_request';
  const say = (state) => publishStatus.call(this, state, parent);
  if (isCell && status === 'busy') {
    waiting.set(parent.content, () => say('busy'));
    return;
  }
  // A cell that was dropped because one before it failed begins and ends at once
  if (isCell && waiting.delete(parent.content)) say('busy');
  say(status);
  if (status === 'idle') sayBusy?.();
};

JupyterHandlerImpl.prototype.handleExecuteImpl = async function (request, ...given) {
  sayBusy = waiting.get(request);
  waiting.delete(request);
  sayBusy?.();
  try {
    return await handleExecuteImpl.call(this, request, ...given);
  } finally {
    sayBusy = undefined;
  }
};
