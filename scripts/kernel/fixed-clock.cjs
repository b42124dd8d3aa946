// Loaded before tslab (see write-kernel-spec.mjs). Where MATHPIE_CLOCK holds an ISO time, it is always that time in this
// process: a notebook made from a recording then shows no duration, rate or date that the next run would show otherwise.
// Timers go on as ever.
const fixed = Date.parse(process.env.MATHPIE_CLOCK ?? '');

if (!Number.isNaN(fixed)) {
  const RealDate = Date;
  globalThis.Date = class extends RealDate {
    constructor(...parts) {
      super(...(parts.length === 0 ? [fixed] : parts));
    }

    static now() {
      return fixed;
    }
  };
  performance.now = () => 0;
}
