// npm run bench:import [-- --rows 100000 --samples 1 --seed 1 --rounds 1 --keep DIR]
//
// `mathpie import` of that many synthetic rows in the shape and length of lm-evaluation-harness's samples: processor time and the peak
// of memory of the whole process. Some answers are written as the harness's own rule does not take them, as in real files.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeJsonl } from '../dist/storage/write-jsonl.js';
import { runMeasured } from './measured-command.mjs';
import { createWriter } from './synthetic-rows.mjs';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '100000' },
    samples: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '1' },
    keep: { type: 'string' },
  },
});
const [total, samples] = [Number(values.rows), Number(values.samples)];
const folder = values.keep ?? mkdtempSync(join(tmpdir(), 'mathpie-import-'));
try {
  console.log(
    `${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} processors, Node ${process.versions.node}, load ${loadavg()[0].toFixed(2)}`,
  );
  const files = Array.from({ length: samples }, (_, index) =>
    join(folder, `samples_synthetic_2026-01-01T00-00-${String(index).padStart(2, '0')}.000000.jsonl`),
  );
  for (const [index, file] of files.entries()) await writeJsonl({ file, rows: sampleRows(index) });
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
  console.log(`${total.toLocaleString('en-US')} rows, ${Math.round(bytes / 1e6)} MB`);
  for (let round = 1; round <= Number(values.rounds); round += 1) {
    const run = join(folder, `run-${round}`);
    const { seconds, userSeconds, peakMiB, stderr } = await runMeasured(['import', ...files, '--run', run]);
    if (round === 1) console.log(stderr.trimEnd());
    console.log(
      `round ${round}: ${userSeconds.toFixed(1)} s of processor time (${seconds.toFixed(1)} s), peak ${Math.round(peakMiB * 1.048576)} MB`,
    );
  }
} finally {
  if (values.keep === undefined) rmSync(folder, { recursive: true });
}

function* sampleRows(index) {
  // The same questions in every file: further samples of them
  const questions = createWriter(`questions-${values.seed}`);
  const answers = createWriter(`answers-${values.seed}-${index}`);
  for (let number = 0; number < total / samples; number += 1) {
    const gold = questions.random.integer(1, 50_000);
    const question = questions.text(questions.length(42, 0.42));
    const isRight = answers.random.chance(0.6);
    const said = isRight ? gold : gold + answers.random.integer(1, 9);
    const isPlain = answers.random.chance(0.9);
    const ending = isPlain ? `#### ${said}` : `So it is $\\boxed{${said.toLocaleString('en-US')}}$.`;
    yield {
      doc_id: number,
      doc: { question, answer: `${questions.text(30)}\n#### ${gold}` },
      target: `#### ${gold}`,
      arguments: { gen_args_0: { arg_0: `Question: ${question}\nAnswer:`, arg_1: { until: ['Question:'] } } },
      resps: [[`${answers.text(answers.length(72, 0.55))}\n${ending}`]],
      filtered_resps: [isPlain ? String(said) : '[invalid]'],
      filter: 'strict-match',
      metrics: ['exact_match'],
      exact_match: isRight && isPlain ? 1 : 0,
    };
  }
}
