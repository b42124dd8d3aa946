import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const tokens = 96;
const sampling = { temperature: 0, maxTokens: tokens };
/** Processors that both sides get. */
export const threads = 2;

/**
 * Tokens per second of the embedded engine beside llama.cpp's own server: the same file, the same questions in its chat template, greedy, in turns, so that
 * whatever else the machine does hits both; the sums over all rounds are compared. Without `server` ours alone.
 */
export async function measureSpeed({ model, prompts, rounds, atOnce, server }) {
  const ours = await startEmbedded(model);
  const theirs = server === undefined ? undefined : await startServer({ command: server, model, atOnce });
  const measured = { ours: [], theirs: [] };
  try {
    const warmUp = prompts.slice(0, 2);
    await ours.measure(warmUp);
    await theirs?.measure(warmUp);
    for (let round = 1; round <= rounds; round++) {
      for (const [side, engine] of Object.entries({ ours, theirs })) {
        if (engine === undefined) continue;
        const result = await engine.measure(prompts);
        measured[side].push(result);
        process.stderr.write(`  round ${round}, ${side}: ${(result.tokens / result.seconds).toFixed(1)} tokens/s\n`);
      }
    }
    return {
      prompts: prompts.length,
      rounds,
      atOnce,
      embedded: { rate: rateOf(measured.ours), peakBytes: ours.peakBytes() },
      server: theirs && { rate: rateOf(measured.theirs), peakBytes: theirs.peakBytes() },
      ratio: theirs ? rateOf(measured.ours) / rateOf(measured.theirs) : null,
    };
  } finally {
    await ours.close();
    await theirs?.close();
  }
}

const rateOf = (results) => {
  const total = (field) => results.reduce((sum, result) => sum + result[field], 0);
  return total('tokens') / total('seconds');
};

/** A process of its own, whose memory is its own, that answers a line with a line. */
async function startEmbedded(model) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'embedded-rate.mjs'), model.string], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    measure: async (prompts) => {
      child.stdin.write(`${JSON.stringify({ prompts, sampling })}\n`);
      const { value, done } = await answers.next();
      if (done) throw new Error('The embedded engine ended early');
      return JSON.parse(value);
    },
    peakBytes: () => peakBytes(child.pid),
    close: () => ended(child, () => child.stdin.end()),
  };
}

async function startServer({ command, model, atOnce }) {
  const port = await freePort();
  const context = atOnce * 512;
  const words = [
    '-m',
    model.path,
    '-t',
    threads,
    '-tb',
    threads,
    '-np',
    atOnce,
    '-c',
    context,
    '-fa',
    'on',
    '--no-webui',
    '--host',
    '127.0.0.1',
    '--port',
    port,
  ];
  const child = spawn(command, words.map(String), { stdio: 'ignore' });
  let failure;
  child.on('error', (error) => {
    failure = error;
  });
  const url = `http://127.0.0.1:${port}`;
  for (let waited = 0; ; waited++) {
    if (failure !== undefined || child.exitCode !== null || waited > 240) {
      throw new Error(`Cannot start ${command}: ${failure?.message ?? `exit code ${child.exitCode}`}`);
    }
    if (
      await fetch(`${url}/health`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      break;
    await sleep(500);
  }
  const ask = async (prompt) => {
    const messages = [{ role: 'user', content: prompt }];
    const body = JSON.stringify({ messages, max_tokens: tokens, temperature: 0, cache_prompt: false });
    const reply = await fetch(`${url}/v1/chat/completions`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    });
    return (await reply.json()).usage.completion_tokens;
  };
  return {
    measure: async (prompts) => {
      const started = performance.now();
      const left = [...prompts];
      let drawn = 0;
      const work = async () => {
        for (let prompt = left.shift(); prompt !== undefined; prompt = left.shift()) {
          const answered = await ask(prompt); // not behind `+=`, which reads the sum before it waits
          drawn += answered;
        }
      };
      await Promise.all(Array.from({ length: atOnce }, work));
      return { tokens: drawn, seconds: (performance.now() - started) / 1000 };
    },
    peakBytes: () => peakBytes(child.pid),
    close: () => ended(child, () => child.kill()),
  };
}

const ended = (child, stop) =>
  new Promise((resolve) => {
    if (child.exitCode !== null) return resolve();
    child.once('exit', resolve);
    stop();
  });

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** The most memory that a process has held, where the system tells it (Linux). */
function peakBytes(pid) {
  try {
    return 1024 * Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  } catch {
    return null;
  }
}
