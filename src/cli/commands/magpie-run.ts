import { defineCommand } from '../declare/command.js';
import { integer, requiredText, text, texts } from '../declare/option.js';
import { runOption } from '../options/shared-options.js';
import { checkSpending, readBudget, readCacheUse, spendingOptions } from '../options/spending-options.js';
import { formatOutcome, formatSummary } from '../show/format-recipe.js';
import { reportRecipePlan } from '../show/report-recipe-plan.js';

export const magpieRun = defineCommand({
  name: 'magpie run',
  summary: 'Do all steps of a recipe, from problems to training sets, in one run directory',
  usage: '--recipe FILE --run DIR [options]',
  options: {
    recipe: requiredText({
      valueName: 'FILE',
      description: 'a recipe, or the name of one in configs/recipes such as magpie-pocket; docs/magpie.md',
    }),
    run: runOption,
    model: text({
      valueName: 'MODEL',
      description: 'for problems, solutions and judgements alike, instead of the recipe’s',
    }),
    count: integer({ description: 'problems, instead of the recipe’s', fallback: undefined, minimum: 1 }),
    seed: integer({ valueName: 'S', description: 'instead of the recipe’s', fallback: undefined, minimum: 0 }),
    set: texts({
      valueName: 'KEY=VALUE',
      description: 'any setting of the recipe, such as respond.maxTokens=2048; may be given again',
    }),
    ...spendingOptions,
  },
  examples: [
    'mathpie magpie run --recipe configs/recipes/magpie-pocket.json --run runs/pocket',
    'mathpie magpie run --recipe magpie-qwen2.5-math-72b --count 1000 --run runs/math --dry-run',
    'mathpie magpie run --recipe magpie-deepseek-r1 --set models.solutions=http://localhost:8000/v1#deepseek-ai/DeepSeek-R1 --budget-minutes 600 --run runs/r1',
  ],
  run: async ({ values, terminal, signal }) => {
    checkSpending(values);
    const { recipe, run: directory, model, count, seed, set, prices, concurrency } = values;
    const cache = readCacheUse(values);
    const asked = { recipe, directory, model, count, seed, set, prices, isBatch: values.batch, cache, concurrency };
    const { loadMagpieRecipe } = await import('../../recipes/load-recipe.js');
    for (const field of loadMagpieRecipe(recipe, asked).overridden) terminal.note(`Instead of the recipe's: ${field}`);
    const tools = { signal, onNote: terminal.note };
    if (values['dry-run']) {
      const { planMagpieRecipe } = await import('../../recipes/plan-magpie-recipe.js');
      return reportRecipePlan(await planMagpieRecipe({ ...asked, ...tools, isProbing: values.probe }), {
        terminal,
        isBatch: values.batch,
      });
    }
    const { runMagpieRecipe } = await import('../../recipes/run-magpie-recipe.js');
    const result = await runMagpieRecipe({
      ...asked,
      ...tools,
      budget: readBudget(values),
      onProgress: terminal.progress,
      onStep: (outcome) => terminal.note(formatOutcome(outcome)),
    });
    for (const line of formatSummary(result)) terminal.note(line);
    const { name } = result.recipe;
    terminal.row({ recipe: name, run: result.directory, steps: result.steps, spent: result.spent });
  },
});
