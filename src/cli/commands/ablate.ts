import { waitAfterStopMs } from '../../gpu/wait-after-stop.js';
import { formatCount } from '../../steps/format-count.js';
import { recipeNames } from '../../storage/recipe-files.js';
import { defineCommand } from '../declare/command.js';
import { integer, requiredText, text } from '../declare/option.js';
import { gpuOptions, trainOptions } from '../options/gpu-options.js';
import { runOption } from '../options/shared-options.js';
import { formatPlan } from '../show/format-ablation-plan.js';

const { 'dry-run': dryRun, grace } = gpuOptions;
const { gpus } = trainOptions;

export const ablateCommand = defineCommand({
  name: 'ablate',
  summary: 'Train a student on sets that differ in one technique or check, and tell which made it better',
  usage: '--recipe NAME --run DIR [--seeds N] [--teacher MODEL] [--student MODEL] [--gpus N] [--at-once N] [--dry-run]',
  options: {
    recipe: {
      ...requiredText({
        valueName: 'NAME',
        description: 'an ablation: a JSON file, or a name in configs/recipes/ablation; docs/ablation.md',
      }),
      offers: () => recipeNames(['ablation']),
    },
    run: runOption,
    seeds: integer({
      description: 'so many times with problems, answers and order drawn anew; the recipe’s when left out',
      fallback: undefined,
      minimum: 1,
      maximum: 20,
    }),
    teacher: text({ valueName: 'MODEL', description: 'rephrases and answers; the recipe’s when left out' }),
    student: text({
      valueName: 'MODEL',
      description: 'is trained: a folder, or vllm:FOLDER; the recipe’s when left out',
    }),
    'dry-run': dryRun,
    grace: {
      ...grace,
      description:
        'time to end its step and save after Ctrl-C; a training that takes longer goes on from its last checkpoint, at most 25 steps before',
      fallback: waitAfterStopMs.arm / 1000,
    },
    gpus,
    'at-once': integer({
      description:
        'arms trained and asked at the same time, each in a process of its own (and on a GPU of its own where there are several); one for each two processors, or for each GPU where an engine is asked, when left out',
      fallback: undefined,
      minimum: 1,
      maximum: 1024,
    }),
  },
  examples: [
    'mathpie ablate --recipe pocket-smallest --run runs/smallest',
    'mathpie ablate --recipe pocket --run runs/ablation --dry-run',
    'mathpie ablate --recipe pocket --run runs/ablation --seeds 3',
    'mathpie ablate --recipe gsm8k-smollm2 --run runs/gsm8k --teacher http://localhost:8000/v1#qwen',
  ],
  run: async ({ values, terminal, signal, extendGrace }) => {
    const { recipe, seeds, teacher, student, gpus, run: directory } = values;
    const asked = { recipe, seeds, teacher, student, gpus, atOnce: values['at-once'] };
    const { ablate, planOfAblation } = await import('../../ablation/run-ablation.js');
    if (values['dry-run']) {
      const plan = await planOfAblation({ ...asked, signal });
      for (const line of formatPlan(plan)) terminal.note(line);
      terminal.row(plan);
      return;
    }
    const { formatAblation, writeAblationReport } = await import('../../ablation/write-ablation-report.js');
    const graceMs = 1000 * values.grace;
    // The training is ended by force first
    extendGrace(graceMs + 900);
    const summary = await ablate({
      ...{ ...asked, directory, signal, graceMs },
      onProgress: terminal.progress,
      onEvent: (event) => {
        if (event.event === 'measure-start')
          terminal.note(`Measuring how fast this machine is: a few answers, and a training on ${event.rows} rows`);
        if (event.event === 'plan') for (const line of formatPlan(event.plan)) terminal.note(line);
        if (event.event === 'part-end')
          terminal.note(
            `seed ${event.seed}, ${event.arm}, ${event.part}: ${event.text}${event.isKept ? ' (kept from before)' : ''}`,
          );
      },
    });
    for (const line of formatAblation(summary)) terminal.note(line);
    for (const line of summary.sentences) terminal.note(line);
    const { discordance } = summary.measured;
    terminal.note(
      `Two arms differ on ${(100 * discordance).toFixed(1)} % of ${formatCount(summary.questions.forward)} problems. Graded by ${summary.grader}; intervals are not corrected for their number${summary.seeds > 1 ? '' : ', and one seed says nothing of another drawing of problems and answers'}`,
    );
    const files = await writeAblationReport(summary, directory);
    terminal.note(`Wrote ${files.join(' and ')}, table.json and summary.json beside them`);
    for (const row of summary.arms) terminal.row(row);
  },
});
