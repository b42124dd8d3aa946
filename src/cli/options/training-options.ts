import type { GpuScriptOptions } from '../../gpu/gpu-scripts.js';
import { recipeNames } from '../../storage/recipe-files.js';
import type { Values } from '../declare/option.js';
import { integer, requiredText, text } from '../declare/option.js';
import type { trainOptions } from './gpu-options.js';
import { runOption } from './shared-options.js';

/** Flags that name what a training reads and writes. */
export const trainingOptions = {
  recipe: text({ valueName: 'RECIPE', description: 'JSON file with settings, or a name in configs/recipes' }),
  model: text({
    valueName: 'MODEL',
    description: 'folder of a checkpoint, or OWNER/NAME on the Hugging Face hub; the recipe’s when left out',
  }),
  data: requiredText({
    valueName: 'FILE',
    description: 'JSONL with a row a line, or OWNER/NAME:SPLIT on the Hugging Face hub; docs/gpu.md lists the formats',
  }),
  run: runOption,
  'show-tokens': integer({
    valueName: 'N',
    description: 'show of N rows which tokens carry loss, and train nothing',
    fallback: 0,
    minimum: 0,
    maximum: 10_000,
  }),
};

/** The same, whose recipes are those of one kind of training. */
export const trainingOptionsOf = (kind: 'sft' | 'dpo') => ({
  ...trainingOptions,
  recipe: { ...trainingOptions.recipe, offers: () => recipeNames([kind]) },
});

export function trainingValues({
  recipe,
  model,
  data,
  run,
  gpus,
  nodes,
  'node-rank': nodeRank,
  rendezvous,
}: Values<typeof trainingOptions & typeof trainOptions>): GpuScriptOptions {
  return {
    data,
    run,
    gpus,
    nodes,
    nodeRank,
    ...(recipe === undefined ? {} : { recipe }),
    ...(model === undefined ? {} : { model }),
    ...(rendezvous === undefined ? {} : { rendezvous }),
  };
}
