/**
 * `npm run simulate:scaling [-- --gpus 10,100,1000 --requests 1000000000 --drivers 1 --price 3 --arrivals N --seed 1 --hardware FILE]`: what so many GPUs
 * give, what it costs and what breaks first (docs/scaling.md). With several drivers each has its share of the GPUs and of the requests, as
 * runs of their own have. Prints a table in Markdown.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { seededRandom } from '../dist/answers/numbers/sample-points.js';
import { inRoot } from './prepare/paths.mjs';
import { simulate } from './scaling/simulate.mjs';

const { values } = parseArgs({
  options: {
    gpus: { type: 'string', default: '10,100,1000' },
    requests: { type: 'string', default: '1000000000' },
    drivers: { type: 'string', default: '1' },
    price: { type: 'string', default: '3' },
    arrivals: { type: 'string' },
    seed: { type: 'string', default: '1' },
    hardware: { type: 'string', default: inRoot('configs', 'scaling.json') },
  },
});
const numbers = (text) => text.split(',').map(Number);
const [requests, price, seed] = [values.requests, values.price, values.seed].map(Number);
const counts = [...numbers(values.gpus), ...numbers(values.drivers), requests, price, seed];
if (counts.some((count) => !(count > 0))) {
  process.stderr.write(
    'Cannot simulate: each of --gpus, --requests, --drivers, --price and --seed wants numbers above 0\n',
  );
  process.exit(2);
}
const hardware = JSON.parse(readFileSync(values.hardware, 'utf8'));
const arrivalsPerSecond = values.arrivals === undefined ? undefined : Number(values.arrivals);
const percent = (share) => `${(100 * share).toFixed(share < 0.01 ? 4 : 1)} %`;
const head =
  'GPUs|drivers|requests/s|hours|of it reading|GPUs busy|driver busy|engines lost|repeated|tail, s|GPU-hours|cost';
const columns = head.split('|');
process.stdout.write(`| ${columns.join(' | ')} |\n|${columns.map(() => '---').join('|')}|\n`);
for (const gpus of numbers(values.gpus)) {
  for (const drivers of numbers(values.drivers)) {
    if (drivers > gpus) continue;
    const share = simulate({
      ...{ gpus: Math.round(gpus / drivers), requests: requests / drivers, hardware },
      random: seededRandom(seed),
      ...(arrivalsPerSecond === undefined ? {} : { arrivalsPerSecond: arrivalsPerSecond / drivers }),
    });
    const gpuHours = share.gpuHours * drivers;
    const cells = [
      ...[gpus, drivers, Math.round(share.requestsPerSecond * drivers).toLocaleString('en-US'), share.hours.toFixed(1)],
      ...[share.scanHours.toFixed(1), percent(share.gpuBusy), percent(share.driverBusy), share.lost * drivers],
      ...[percent(share.repeatedShare), Math.round(share.tailSeconds), Math.round(gpuHours).toLocaleString('en-US')],
      `$${Math.round(gpuHours * price).toLocaleString('en-US')}`,
    ];
    process.stdout.write(`| ${cells.join(' | ')} |\n`);
  }
}
