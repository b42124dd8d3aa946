import { fitModel, loadHardware, type Machine, type ModelShape } from './fit-model.js';

/**
 * Which model fits which machine, as rows of cells with a head: `2 × 1: 310` are two copies on one GPU each, which together hold 310
 * sequences of `sequenceTokens` at a time. The table of docs/hardware.md.
 */
export function hardwareTable({
  models,
  machines,
  sequenceTokens = 4096,
}: {
  readonly models?: readonly ModelShape[];
  readonly machines?: readonly Machine[];
  readonly sequenceTokens?: number;
} = {}): readonly (readonly string[])[] {
  const known = loadHardware();
  const columns = machines ?? known.machines;
  const rows = (models ?? known.models).map((shape) => {
    const fits = columns.map((machine) => fitModel(shape, { machine, sequenceTokens }));
    const cells = fits.map(({ gpusPerCopy, copies, cacheTokens }) => {
      if (gpusPerCopy === undefined) return 'no';
      return `${copies} × ${gpusPerCopy}: ${Math.floor(cacheTokens / sequenceTokens).toLocaleString('en-US')}`;
    });
    const weights = `${Math.round(fits[0]?.weightGigabytes ?? 0)} GB`;
    return [shape.model.replace(/^.*\//, ''), weights, ...cells];
  });
  return [['model', 'weights', ...columns.map(({ name }) => name)], ...rows];
}
