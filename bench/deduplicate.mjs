// npm run bench:deduplicate [-- --rows 1000000 --seed 1 --rounds 1 --keep DIR]
//
// `mathpie magpie deduplicate` of that many synthetic rows of the length of Magpie's, word for word and by MinHash: processor time and the peak
// of memory of the whole process. One row in a hundred is said again, three in a hundred nearly.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeJsonl } from '../dist/storage/write-jsonl.js';
import { runMeasured } from './measured-command.mjs';
import { createWriter } from './synthetic-rows.mjs';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '1' },
    keep: { type: 'string' },
  },
});
const total = Number(values.rows);
const folder = values.keep ?? mkdtempSync(join(tmpdir(), 'mathpie-deduplicate-'));
try {
  console.log(
    `${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} processors, Node ${process.versions.node}, load ${loadavg()[0].toFixed(2)}`,
  );
  const file = join(folder, 'rows.jsonl');
  await writeJsonl({ file, rows: rows() });
  console.log(`${total.toLocaleString('en-US')} rows, ${Math.round(statSync(file).size / 1e6)} MB`);
  for (let round = 1; round <= Number(values.rounds); round += 1) {
    for (const [how, words] of [
      ['word for word', ['--exact-only']],
      ['by MinHash', []],
    ]) {
      const out = join(folder, 'distinct.jsonl');
      const asked = ['magpie', 'deduplicate', '--data', file, '--out', out, ...words];
      const { seconds, userSeconds, peakMiB, stderr } = await runMeasured(asked);
      const [kept] = stderr.split('\n');
      console.log(
        `round ${round}, ${how}: ${userSeconds.toFixed(1)} s of processor time (${seconds.toFixed(1)} s), peak ${Math.round(peakMiB * 1.048576)} MB; ${kept}`,
      );
    }
  }
} finally {
  if (values.keep === undefined) rmSync(folder, { recursive: true });
}

function* rows() {
  const writer = createWriter(`magpie-${values.seed}`);
  const earlier = [];
  for (let id = 0; id < total; id += 1) {
    const chance = writer.random.next();
    let instruction = writer.text(writer.length(42, 0.42));
    if (earlier.length > 0 && chance < 0.04) {
      const again = writer.random.pick(earlier);
      instruction = chance < 0.01 ? again.toUpperCase() : writer.vary(again, 20);
    } else if (earlier.length < 10_000) earlier.push(instruction);
    const response = `${writer.text(writer.length(72, 0.55))}\nThe answer is ${writer.random.integer(1, 900)}.`;
    yield { id, instruction, response, created: 1_767_323_045 };
  }
}
