// npm run bench:client [-- --items 100000 --concurrency 256 --latency 1000]
//
// How near the client for endpoints comes to the ideal: items x latency / concurrency. The server is a process of its own
// that answers each call after a fixed time. Prints what was reached, and how busy the client's processor was.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const self = fileURLToPath(import.meta.url);
const question = 'A box holds 12 eggs. Ann has 5 boxes and gives 2 of them away. How many eggs has she left? '.repeat(
  3,
);
const solution =
  'She has 5 - 2 = 3 boxes left. In 3 boxes there are 3 * 12 = 36 eggs. The answer is \\boxed{36}. '.repeat(8);

if (process.send === undefined) await main();
else serve();

async function main() {
  const { values } = parseArgs({
    options: {
      items: { type: 'string', default: '100000' },
      concurrency: { type: 'string', default: '256' },
      latency: { type: 'string', default: '1000' },
    },
  });
  const [items, concurrency, latencyMs] = [values.items, values.concurrency, values.latency].map(Number);
  const { openModel } = await import('../dist/models/open-model.js');
  const child = fork(self, [String(latencyMs)]);
  const [port] = await once(child, 'message');
  const model = await openModel(`http://127.0.0.1:${port}/v1#bench`, { concurrency, environment: {} });
  console.log(`${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} processors, load ${load()}`);
  console.log(`${items} calls of ${latencyMs} ms, ${concurrency} under way at the same time`);
  try {
    // Connections are opened once; a run of hours does not notice it, a benchmark of minutes would.
    await ask(model, concurrency);
    const { elapsedMs, failed, busy } = await measure(() => ask(model, items));
    const idealMs = (items * latencyMs) / concurrency;
    console.log(
      `${(elapsedMs / 1000).toFixed(1)} s, ideal ${(idealMs / 1000).toFixed(1)} s, ${failed} failed, load now ${load()}`,
    );
    console.log(
      `client: processor ${(100 * busy).toFixed(0)} % busy, ${((1000 * busy * elapsedMs) / items).toFixed(0)} µs a call`,
    );
    console.log(`${((100 * idealMs) / elapsedMs).toFixed(1)} % of the ideal`);
  } finally {
    child.kill();
    await model.close();
  }
  // Idle connections would keep the process.
  process.exit(0);
}

async function ask(model, items) {
  const requests = Array.from({ length: items }, (_, index) => ({
    id: `item-${index}`,
    prompt: { messages: [{ role: 'user', content: `${question}${index}` }] },
    sampling: { temperature: 0.7, maxTokens: 1024, seed: index },
  }));
  let failed = 0;
  for await (const { finishReason } of model.generate(requests)) if (finishReason === 'error') failed++;
  return failed;
}

async function measure(work) {
  const startedAt = performance.now();
  const before = process.cpuUsage();
  const failed = await work();
  const { user, system } = process.cpuUsage(before);
  const elapsedMs = performance.now() - startedAt;
  return { elapsedMs, failed, busy: (user + system) / 1000 / elapsedMs };
}

function load() {
  return loadavg()
    .map((value) => value.toFixed(1))
    .join(' ');
}

function serve() {
  const latencyMs = Number(process.argv[2]);
  const body = JSON.stringify({
    choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: solution } }],
    usage: { prompt_tokens: 90, completion_tokens: 280 },
  });
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  const server = createServer((request, response) => {
    request.resume();
    setTimeout(() => response.writeHead(200, headers).end(body), latencyMs);
  });
  server.keepAliveTimeout = 120_000;
  server.listen(0, '127.0.0.1', () => process.send(server.address().port));
  process.on('disconnect', () => process.exit());
}
