import { basename, join } from 'node:path';
import { InputError } from '../../errors.js';
import { describeCalls } from '../../runs/count-calls.js';
import { flagOf } from '../../steps/setting.js';
import { type Command, defineCommand } from '../declare/command.js';
import { integer, requiredText, text, texts } from '../declare/option.js';
import { modelOf } from '../declare/original-habits.js';
import { modelsOption, promptLanguage } from '../options/shared-options.js';
import { checkSpending, readBudget, readCacheUse, spendingOptions } from '../options/spending-options.js';
import { formatOutcome, formatSummary } from '../show/format-recipe.js';
import { reportRecipePlan } from '../show/report-recipe-plan.js';
import { tellNothing } from '../show/tell-nothing.js';

export const runRecipeCommand = recipeCommand({
  name: 'run-recipe',
  summary: 'Do all steps of a recipe in one run directory: grow, choose, mix, export, evaluate',
  example: 'metamath-pocket',
});

export const magpieRun = recipeCommand({
  name: 'magpie run',
  summary: 'Do all steps of a recipe, from problems to training sets, in one run directory',
  example: 'magpie-pocket',
  positionals: ['[MODEL]', '[COUNT]', '[TOP-P]', '[T]', '[ANSWER-TOP-P]', '[ANSWER-T]'],
});

function recipeCommand({
  name,
  summary,
  example,
  positionals = [],
}: {
  readonly name: string;
  readonly summary: string;
  readonly example: string;
  /** Numbers in the order of the original's scripts. */
  readonly positionals?: readonly string[];
}): Command {
  return defineCommand({
    name,
    summary,
    usage: `--recipe FILE${positionals.map((word) => ` ${word}`).join('')} [--run DIR] [options]`,
    positionals,
    options: {
      recipe: requiredText({
        valueName: 'FILE',
        description: `a recipe, or the name of one in configs/recipes such as ${example}; docs/steps.md`,
      }),
      run: text({
        valueName: 'DIR',
        description: 'run directory; the same command again continues what is there; runs/RECIPE when left out',
      }),
      model: text({
        valueName: 'MODEL',
        description: 'for problems, solutions and judgements alike, instead of the recipe’s',
      }),
      models: modelsOption,
      count: integer({ description: 'problems, instead of the recipe’s', fallback: undefined, minimum: 1 }),
      seed: integer({ valueName: 'S', description: 'instead of the recipe’s', fallback: undefined, minimum: 0 }),
      set: texts({
        valueName: 'KEY=VALUE',
        description: 'any setting of the recipe, such as respond.maxTokens=2048; may be given again',
      }),
      ...spendingOptions,
    },
    examples: [
      `mathpie ${name} --recipe ${example} --run runs/pocket`,
      ...(positionals.length === 0
        ? []
        : [
            `mathpie ${name} --recipe magpie-deepseek-r1 deepseek-ai/DeepSeek-R1-Distill-Qwen-32B 1000 1.0 1.2 1.0 0.1 --dry-run`,
          ]),
      `mathpie ${name} --recipe magpie-qwen2.5-math-72b --count 1000 --run runs/math --dry-run`,
      `mathpie ${name} --recipe magpie-deepseek-r1 --set models.solutions=http://localhost:8000/v1#deepseek-ai/DeepSeek-R1 --budget-minutes 600 --run runs/r1`,
    ],
    run: async ({ values, positionals: given, terminal, signal, endAtOnce }): Promise<number> => {
      checkSpending(values);
      const { recipe, seed, prices, concurrency, batch: isBatch } = values;
      const asked = readPositionals(given);
      const [model, count] = [values.model ?? asked.model, values.count ?? asked.count];
      const set = [...asked.set, ...values.set];
      const directory = values.run ?? join('runs', basename(recipe, '.json'));
      if (values.run === undefined) terminal.note(`The run directory is ${directory}`);
      const options = {
        ...{ recipe, directory, model, count, seed, set, prices, isBatch, concurrency, signal },
        language: terminal.language,
        problemLanguage: promptLanguage((values as { readonly [flag: string]: unknown })['problem-language']),
        cache: readCacheUse(values),
        budget: readBudget(values),
        maxFailed: values['max-failed'],
        onNote: terminal.note,
        nameOption: (option: string) => `--${flagOf(option)}`,
        onOverride: (field: string) => terminal.note(`Instead of the recipe's: ${field}`),
      };
      const { planRecipe, runRecipe } = await import('../../run-recipe.js');
      if (values['dry-run']) {
        endAtOnce();
        reportRecipePlan(await planRecipe({ ...options, isProbing: values.probe }), { terminal, isBatch });
        return 0;
      }
      const result = await runRecipe({
        ...options,
        onProgress: terminal.progress,
        onStep: (outcome) => terminal.note(formatOutcome(outcome, terminal.language)),
      });
      for (const line of formatSummary(result, terminal.language)) terminal.note(line);
      const steps = result.steps.map(({ summary: _, notes: __, ...step }) => step);
      terminal.row({ recipe: result.recipe.name, run: result.directory, steps, spent: result.spent });
      for (const { step, calls } of result.steps) {
        if (calls !== undefined) terminal.fail(`${step}: ${describeCalls(calls)}`);
      }
      const nothing = tellNothing(result.steps);
      if (nothing !== undefined) terminal.fail(nothing);
      return nothing === undefined ? 0 : 1;
    },
  });
}

/** `MODEL 1000 1.0 1.2 1.0 0.1`, as magpie-deepseek-r1.sh and its like take them. Throws `InputError` for what is no number. */
function readPositionals([model, ...numbers]: readonly string[]): {
  readonly model: string | undefined;
  readonly count: number | undefined;
  readonly set: readonly string[];
} {
  const wrong = numbers.find((text) => !/^\d+(?:\.\d+)?$/.test(text));
  if (wrong !== undefined) {
    throw new InputError(
      `Cannot run mathpie magpie run: ${JSON.stringify(wrong)} is no number; behind MODEL stand COUNT, TOP-P and T of problems, TOP-P and T of answers`,
    );
  }
  const [count, ...sampling] = numbers;
  const keys = ['instruct.topP', 'instruct.temperature', 'respond.topP', 'respond.temperature'];
  return {
    model: model === undefined ? undefined : modelOf(model),
    count: count === undefined ? undefined : Number(count),
    set: sampling.map((value, place) => `${keys[place]}=${value}`),
  };
}
