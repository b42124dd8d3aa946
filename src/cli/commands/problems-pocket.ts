import { defineCommand } from '../declare/command.js';
import { choice, integer } from '../declare/option.js';
import { outOption, seedOption } from '../options/shared-options.js';
import { untilStopped } from '../until-stopped.js';
import { writeRows } from '../write-rows.js';

export const problemsPocket = defineCommand({
  name: 'problems pocket',
  summary: 'Write word problems with exact answers from the pocket grammar',
  usage: '--count N [--seed S] [--split train|test] [--out FILE]',
  options: {
    count: integer({ description: 'how many problems', fallback: 100, minimum: 1, maximum: 10_000_000 }),
    seed: seedOption,
    split: choice({
      description: 'train and test share no problem',
      words: ['train', 'test'],
      fallback: 'train',
    }),
    out: outOption,
  },
  examples: ['mathpie problems pocket --count 200 --seed 7 --split test --out problems.jsonl'],
  run: async ({ values: { count, seed, split, out }, terminal, signal }) => {
    const { eachPocketProblem } = await import('../../problems/pocket/generate.js');
    await writeRows({ rows: untilStopped(eachPocketProblem({ count, seed, split }), signal), out, terminal });
  },
});
