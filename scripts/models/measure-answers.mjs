import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runMathpie } from './run-mathpie.mjs';

/** Accuracy on the first `questions` of GSM8K's test set, zero-shot and greedy, with the share of answers that were cut and the rules. */
export async function measureGsm8k({ model, file, questions, maxTokens, folder }) {
  const run = join(folder, model.name, `gsm8k-${questions}-${maxTokens}`);
  const words = ['--data', file, '--dataset', 'gsm8k', '--limit', `${questions}`, '--temperature', '0'];
  const { code } = await runMathpie([
    'evaluate',
    '--model',
    model.string,
    ...words,
    '--max-tokens',
    `${maxTokens}`,
    '--run',
    run,
  ]);
  if (code !== 0) throw new Error(`mathpie evaluate ended with exit code ${code}`);
  const { n, correct, accuracy, interval, truncated, unanswered, rules, completionTokens, grader } = JSON.parse(
    readFileSync(join(run, 'summary.json'), 'utf8'),
  );
  return { n, correct, accuracy, interval, truncated, unanswered, rules, completionTokens, grader };
}

/** What each of MetaMath's techniques makes of the first `questions` of GSM8K's training set. */
export async function measureMetamath({ model, file, questions, folder }) {
  const run = join(folder, model.name, `metamath-${questions}`);
  const words = ['--technique', 'all', '--data', file, '--dataset', 'gsm8k', '--limit', `${questions}`];
  const limits = ['--max-tokens', '320', '--max-backward', '2'];
  const { code, output } = await runMathpie(['augment', '--model', model.string, ...words, ...limits, '--run', run]);
  const techniques = output.split('\n').filter((line) => line.startsWith('{'));
  // A model of which nothing is kept ends it with 1, and has its figures all the same.
  if (techniques.length === 0) throw new Error(`mathpie augment ended with exit code ${code}`);
  return techniques
    .map((line) => JSON.parse(line))
    .map(({ technique, asked, generated, kept, wrong, duplicate, failed }) => ({
      technique,
      asked,
      generated,
      kept,
      wrong,
      duplicate,
      failed,
    }));
}
