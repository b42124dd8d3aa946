// Loaded before tslab (see write-kernel-spec.mjs). zeromq 6 sends 512 messages at once and the 513th through the event
// loop; a further message in that moment throws EBUSY, which tslab does not await, and console.error swallows it: a cell
// then fails without a word. With a send timeout of 0 every message goes at once. A publisher never waits for anybody,
// so nothing is lost by that.
const { createRequire } = require('node:module');

const zeromq = createRequire(require.resolve('tslab/package.json'))('zeromq');

zeromq.Publisher = class extends zeromq.Publisher {
  constructor(options = {}) {
    super({ sendTimeout: 0, ...options });
  }
};
