// npm run fuzz:answers -- [--count N] [--seed S] [--from PLACE]: generated and hostile answers against the grader; exit 1 on any failure. With --hostile all of
// them are made to be as much work as their length allows, and the longest judgements are listed with their processor time; --from begins at a later
// one, so that a million can be done in parts.
import { parseArgs } from 'node:util';
import { gradeResponse } from '../dist/answers/grade/grade-response.js';
import { attackGrader } from '../dist/answers/samples/attack-grader.js';
import { fuzzAnswers } from '../dist/answers/samples/fuzz-answers.js';
import { hostileAnswers } from '../dist/answers/samples/hostile-answers.js';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    hostile: { type: 'boolean', default: false },
  },
});
const [count, seed, from] = [Number(values.count), Number(values.seed), Number(values.from)];
if (![count, seed, from].every(Number.isInteger)) {
  console.error(
    `Cannot fuzz with --count ${values.count} --seed ${values.seed} --from ${values.from}: they must be whole numbers`,
  );
  process.exit(2);
}
const limitMs = 1000;

if (values.hostile) {
  const onProgress = (done, slowestMs) =>
    done % 50_000 === 0 && console.error(`${done} of ${count}, slowest ${slowestMs.toFixed(0)} ms`);
  const { failures, slowest, meanMs } = attackGrader({ count, seed, from, limitMs }, { onProgress });
  for (const failure of failures.slice(0, 40)) console.log(JSON.stringify(failure));
  for (const { ms, role, index, text } of slowest)
    console.log(`${ms.toFixed(0)} ms, ${role}, number ${index}: ${JSON.stringify(text.slice(0, 100))}`);
  console.log(
    `${count} hostile texts from number ${from} on, seed ${seed}: ${failures.length} over ${limitMs} ms or thrown; processor time: slowest ` +
      `${slowest[0]?.ms.toFixed(0)} ms, mean ${meanMs.toFixed(2)} ms; ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB`,
  );
  process.exit(failures.length > 0 ? 1 : 0);
}

let failed = 0;
for (const { name, make } of hostileAnswers) {
  const text = make();
  const start = performance.now();
  gradeResponse({ gold: text, answer: text });
  gradeResponse({ gold: '12', answer: text });
  gradeResponse({ gold: text, answer: '12' });
  gradeResponse({ gold: '12', response: text });
  const ms = performance.now() - start;
  if (ms > limitMs) {
    failed++;
    console.log(`slow: ${name}: ${ms.toFixed(0)} ms`);
  }
}

const start = performance.now();
const report = fuzzAnswers({ count, seed });
const seconds = (performance.now() - start) / 1000;
for (const failure of report.failures.slice(0, 40)) console.log(JSON.stringify(failure));
console.log(
  `${count} answers, seed ${seed}: ${report.failures.length} failures, ${report.parsedCount} read as mathematics, ` +
    `${seconds.toFixed(1)} s, slowest ${report.slowestMs.toFixed(1)} ms, ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB`,
);
console.log(`slowest: ${report.slowest}`);
process.exitCode = failed > 0 || report.failures.length > 0 || report.slowestMs > limitMs ? 1 : 0;
