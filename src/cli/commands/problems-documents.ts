import { InputError } from '../../errors.js';
import { named } from '../../name-setting.js';
import { type Level, levels } from '../../problems/pocket/link.js';
import { defineCommand } from '../declare/command.js';
import { decimal, flag, integer } from '../declare/option.js';
import { outOption, seedOption } from '../options/shared-options.js';
import { writeRows } from '../write-rows.js';

export const problemsDocuments = defineCommand({
  name: 'problems documents',
  summary: 'Write the documents that the embedded model pocket is trained on',
  usage: '--count N [--first I] [--seed S] [--hardest LEVEL] [--bare-share S] [--judge-lessons] [--out FILE]',
  options: {
    count: integer({ description: 'how many documents', fallback: 1000, minimum: 1, maximum: 100_000_000 }),
    first: integer({
      description: 'index of the first one: shards put together are the whole',
      fallback: 0,
      minimum: 0,
    }),
    seed: seedOption,
    hardest: integer({ description: 'highest level of the problems', fallback: 5, minimum: 1, maximum: 5 }),
    'bare-share': decimal({
      description: 'share of the solutions above level 1 that are the answer alone',
      fallback: 0,
      minimum: 0,
      maximum: 1,
    }),
    'judge-lessons': flag({
      description: 'write problems whose solutions pocket writes itself, to learn to judge them',
    }),
    out: outOption,
  },
  examples: [
    'mathpie problems documents --count 2000000 --seed 1 --out documents.jsonl',
    'mathpie problems documents --count 65536 --seed 2 --judge-lessons --out lessons.jsonl',
  ],
  run: async ({
    values: { count, first, seed, hardest, 'bare-share': bareShare, out, 'judge-lessons': forJudge },
    terminal,
  }) => {
    if (forJudge && (hardest < levels.length || bareShare > 0)) {
      throw new InputError(
        `Cannot choose the levels or replies of judge lessons: the model writes them itself; leave ${named('hardest')} and ${named('bareShare')} out`,
      );
    }
    const { pocketDocuments } = await import('../../problems/pocket/documents.js');
    const { judgeLessons } = await import('../../problems/pocket/judge-lessons.js');
    const { loadPromptSet } = await import('../../prompts/prompt-set.js');
    const { renderPrompt } = await import('../../prompts/render-prompt.js');
    const prompts = loadPromptSet('pocket');
    const wanted: Parameters<typeof pocketDocuments>[0] = {
      first,
      count,
      seed,
      hardest: hardest as Level,
      bareShare,
      prompt: (task, values) => renderPrompt(prompts[task], { name: task, values }),
    };
    await writeRows({ rows: forJudge ? judgeLessons(wanted) : pocketDocuments(wanted), out, terminal });
  },
});
