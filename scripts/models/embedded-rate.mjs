// node scripts/models/embedded-rate.mjs MODEL: for each line {prompts, sampling} on standard input a line {tokens, seconds}
import { createInterface } from 'node:readline';
import { openModel } from '../../dist/models/open-model.js';

const model = await openModel(process.argv[2]);
for await (const line of createInterface({ input: process.stdin })) {
  const { prompts, sampling } = JSON.parse(line);
  const requests = prompts.map((content, index) => {
    return { id: String(index), prompt: { messages: [{ role: 'user', content }] }, sampling };
  });
  let tokens = 0;
  const started = performance.now();
  for await (const completion of model.generate(requests)) tokens += completion.completionTokens;
  process.stdout.write(`${JSON.stringify({ tokens, seconds: (performance.now() - started) / 1000 })}\n`);
}
await model.close();
