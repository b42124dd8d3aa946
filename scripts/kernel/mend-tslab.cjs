// Loaded before tslab, with which every kernel of ours starts (see write-kernel-spec.mjs): all that we mend in tslab 1.0.22.
require('./send-at-once.cjs');
require('./plain-interrupt.cjs');
require('./fixed-clock.cjs');
require('./stay-busy.cjs');
require('./mend-cells.cjs');
