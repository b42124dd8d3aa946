// Reads JSON texts from stdin, a line each, and prints their token ids by the embedded engine: node tokenize_texts.mjs FILE.gguf
import { createInterface } from 'node:readline';
import { openEngine } from '../../dist/models/embedded/llama-engine.js';

const engine = await openEngine(process.argv[2]);
for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify([...engine.tokenize(JSON.parse(line), { special: true })])}\n`);
}
await engine.close();
