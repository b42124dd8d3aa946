import { InputError } from '../../errors.js';
import { formatCount } from '../../steps/format-count.js';
import { defineCommand } from '../declare/command.js';
import { decimal, texts } from '../declare/option.js';
import { outOption } from '../options/shared-options.js';
import { writeRows } from '../write-rows.js';

export const plan = defineCommand({
  name: 'plan',
  summary: 'Say how many questions and answers two runs need before a difference can be told from chance',
  usage: '--detect POINTS [--from RUN [--from RUN]] [--out FILE]',
  options: {
    detect: decimal({
      valueName: 'POINTS',
      description: 'the smallest difference to be found, in percentage points, with 80 % power at p < 0.05',
      fallback: 2,
      minimum: 0.05,
      maximum: 100,
    }),
    from: texts({
      valueName: 'RUN',
      description:
        'earlier runs: two on the same questions, or one with several answers a question; published ones when left out',
    }),
    out: outOption,
  },
  examples: ['mathpie plan --detect 2', 'mathpie plan --detect 2 --from runs/before --from runs/after'],
  isReading: true,
  run: async ({ values: { detect, from, out }, terminal }) => {
    if (from.length > 2) throw new InputError('Cannot plan: --from takes one run or two');
    const { planRuns } = await import('../../evaluation/plan-runs.js');
    const { discordance, available, designs } = await planRuns({ detect: detect / 100, from });
    const share = (100 * discordance.share).toFixed(1);
    terminal.note(`Two answers differ in their verdict on ${share} % of the questions: ${discordance.from}`);
    if (from.length === 1 && discordance.within === undefined) {
      terminal.note(
        `${from[0]} has one answer a question, which tells nothing of two runs: name two, or one with several`,
      );
    } else if (from.length === 1) {
      terminal.note(
        'Two models differ on more questions than two draws of one: name two runs where you compare models',
      );
    }
    const [chosen, ...others] = designs;
    for (const { questions, samples, power, tokens, costUsd, minutes } of designs) {
      const cost = costUsd === null ? '' : `, $${costUsd.toFixed(2)}`;
      const time = minutes === null ? '' : `, ${formatCount(Math.ceil(minutes))} minutes`;
      const asks = tokens === null ? '' : `; ${formatCount(tokens)} tokens for both runs${cost}${time}`;
      const is = samples === 1 ? 'one answer each' : `${samples} answers each`;
      terminal.note(`  ${formatCount(questions)} questions, ${is}: power ${(100 * power).toFixed(0)} %${asks}`);
    }
    if (chosen !== undefined && available !== undefined && chosen.questions > available && others.length === 0) {
      terminal.note(`The runs have ${formatCount(available)} questions: take more, or several answers each`);
    }
    await writeRows({ rows: chosen === undefined ? [] : [chosen], out, terminal });
  },
});
