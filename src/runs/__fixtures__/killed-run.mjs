// The process that kill.slow.test.ts kills: one stage of generation, then derived files, then the manifest.
// node killed-run.mjs DIRECTORY MODEL, on the built package. Tells its phases on stdout.
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { openRun } from '../../../dist/runs/open-run.js';
import { runStage } from '../../../dist/runs/run-stage.js';

const samples = 4;
const fileCount = 24;

const [directory, modelName] = process.argv.slice(2);
const say = (phase) => process.stdout.write(`${phase}\n`);

say('loading');
const model = modelName === 'hashing' ? hashingModel() : await openEmbedded(modelName);
const items = await makeItems();
const config = { model: modelName, items: items.length, samples, temperature: 0.7, seed: 11 };
const run = await openRun({ directory, stage: 'solve', config });

say('generating');
const records = await runStage({
  run,
  stage: 'solve',
  model,
  items,
  request: ({ question }) => ({
    prompt: { messages: [{ role: 'user', content: question }] },
    samples,
    sampling: { temperature: 0.7, maxTokens: 120 },
  }),
  record: (_, { text }) => ({ response: text }),
});

say('writing');
for (let index = 0; index < fileCount; index += 1) {
  const rows = records.filter((_, place) => place % fileCount === index);
  await run.writeFile(`rows-${index}.jsonl`, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
}
await run.finish({ records: records.length });
await run.close();
await model.close();
say('finished');
process.exit(0);

async function openEmbedded(name) {
  const { openModel } = await import('../../../dist/models/open-model.js');
  return openModel(name);
}

async function makeItems() {
  if (modelName === 'hashing')
    return Array.from({ length: 100 }, (_, index) => ({ id: `item-${index}`, question: `${index}` }));
  const { pocketProblems } = await import('../../../dist/problems/pocket/generate.js');
  return pocketProblems({ count: 40, seed: 5, split: 'test' });
}

/** A stand-in with the embedded engine's habits: texts by seed and sample, several in flight, finished in any order. */
function hashingModel() {
  return {
    name: 'hashing',
    capabilities: { chat: true, raw: true, topLogProbabilities: 0, seed: true },
    async *generate(requests) {
      const jobs = requests.flatMap(({ id, samples: wanted, sampling }) =>
        Array.from({ length: wanted }, (_, sample) => ({ id, sample, seed: sampling.seed })),
      );
      while (jobs.length > 0) {
        await sleep(20);
        for (const { id, sample, seed } of jobs.splice(0, 8).reverse()) {
          const text = createHash('sha512').update(`${seed} ${sample}`).digest('hex').repeat(4);
          const usage = { promptTokens: 9, completionTokens: text.length };
          yield { requestId: id, sample, text, finishReason: 'stop', ...usage };
        }
      }
    },
    close: async () => undefined,
  };
}
