// Runs cells (a JSON list of texts on stdin) by tslab's own converter and executor, as its kernel does but without Jupyter: a
// row each on stdout, {isDone, output}. Started with --require mend-tslab.cjs, or without to see what is mended.
const { createRequire } = require('node:module');
const { readFileSync, writeSync } = require('node:fs');
const { format } = require('node:util');

const tslab = createRequire(require.resolve('tslab/package.json'));
const { createConverter } = tslab('./dist/converter.js');
const { createExecutor } = tslab('./dist/executor.js');

async function main() {
  const output = [];
  const say = (...given) => output.push(format(...given));
  // what cells print themselves
  process.stdout.write = (text) => output.push(String(text).replace(/\n$/, '')) > 0;
  const node = createConverter();
  const executor = createExecutor(process.cwd(), { node, close: () => node.close() }, { log: say, error: say });
  for (const cell of JSON.parse(readFileSync(0, 'utf8'))) {
    const isDone = await executor.execute(cell);
    writeSync(1, `${JSON.stringify({ isDone, output: output.splice(0).join('\n') })}\n`);
  }
  executor.close();
}

main();
