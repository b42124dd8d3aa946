import './prepare/check-node.mjs';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { keepRecording, writeShares } from './everyday/keep-recording.mjs';
import { inRoot } from './prepare/paths.mjs';
import { runMain, SetupError } from './prepare/setup-error.mjs';

const { values: options } = parseArgs({
  options: {
    // A model string; without one what is recorded is measured again, and nothing is asked
    model: { type: 'string' },
    // Beside the greedy answer, so many at temperature 0.7, for votes and pass@k; 0: none
    samples: { type: 'string', default: '0' },
  },
});

/**
 * `npm run record:everyday -- --model gguf:FILE`: asks a real model the thirty everyday problems of data/everyday, greedily, keeps
 * what it says in data/everyday/answers.jsonl (`replay:everyday`), and puts the shares that are right into the README beside it.
 */
runMain(async () => {
  const samples = Number(options.samples);
  if (!(Number.isInteger(samples) && samples >= 0)) {
    throw new SetupError(`Cannot record: --samples is "${options.samples}"; give a whole number from 0`);
  }
  const { evaluate, evaluationConfig, loadPromptSet, openModel, withRun } = await import('../dist/index.js');
  const { loadProblems } = await import('../dist/problems/load-problems.js');
  const { recordTo } = await import('../dist/models/replay/record-to.js');
  const folder = mkdtempSync(path.join(tmpdir(), 'mathpie-everyday-'));
  const promptSet = loadPromptSet('instruct');
  const problems = await loadProblems({ data: 'everyday', needsAnswer: true, split: 'test', onNote: () => undefined });
  const ask = async (model, repeat) => {
    // What `mathpie evaluate --model replay:everyday` asks for by itself
    const task = { model: { ...model, name: 'replay:everyday' }, problems, promptSet, samples: repeat };
    const place = {
      directory: path.join(folder, `${model.name.startsWith('replay:') ? 'read' : 'asked'}-${repeat}`),
      stage: 'evaluate',
    };
    const onProgress = ({ done, total }) => process.stderr.write(`\r${done} of ${total} answers `);
    const { summary } = await withRun({ ...place, config: evaluationConfig(task) }, (run) =>
      evaluate({ ...task, run, onProgress }),
    );
    process.stderr.write('\n');
    return summary;
  };
  const counts = samples > 1 ? [1, samples] : [1];
  try {
    if (options.model !== undefined) {
      const recording = path.join(folder, 'answers.jsonl');
      const model = await recordTo(await openModel(options.model), recording);
      for (const repeat of counts) await ask(model, repeat);
      await model.close();
      keepRecording({ from: recording, to: inRoot('data', 'everyday', 'answers.jsonl') });
    }
    const recorded = await openModel('replay:everyday');
    const summaries = [];
    for (const repeat of counts) summaries.push(await ask(recorded, repeat));
    await recorded.close();
    writeShares({ summaries, file: inRoot('data', 'everyday', 'README.md') });
    process.stdout.write(readFileSync(inRoot('data', 'everyday', 'README.md'), 'utf8'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return 0;
});
