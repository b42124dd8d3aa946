import { join } from 'node:path';
import { embed } from '../gpu/gpu-scripts.js';
import { deduplicateRows, readNeighbors } from '../magpie/choose/deduplicate-rows.js';
import { filterByRules, keepLongest, readFilterRule, upstreamRules } from '../magpie/choose/filter-by-rules.js';
import { readLengthRules } from '../magpie/choose/length-rules.js';
import type { MagpieRow } from '../magpie/rows/magpie-row.js';
import { outputName } from '../magpie/rows/output-name.js';
import type { JsonObject } from '../storage/read-jsonl.js';
import type { MagpieRecipe } from './recipe-schema.js';
import {
  type RecipeRows,
  type RecipeStep,
  type StepCounts,
  type StepTools,
  sortReasons,
  toConfig,
} from './recipe-step.js';

/** The steps that choose which problems stay. */
export function choosingSteps(recipe: MagpieRecipe): readonly RecipeStep[] {
  return [deduplicateStep(recipe), filterStep(recipe)].filter((step) => step !== undefined);
}

function deduplicateStep({ models, respond, deduplicate }: MagpieRecipe): RecipeStep | undefined {
  if (deduplicate === undefined) return undefined;
  const { exactOnly, threshold, embeddings } = deduplicate;
  return {
    name: 'deduplicate',
    model: undefined,
    script: embeddings?.model,
    config: toConfig({ exactOnly, threshold, embeddings }),
    work: async (rows, tools) => {
      const neighbors = embeddings === undefined ? undefined : await embedProblems(rows, { ...embeddings, tools });
      const near = exactOnly ? (false as const) : { threshold };
      const { repeated, ...made } = deduplicateRows(asObjects(rows.problems), {
        near,
        neighbors,
        distance: embeddings?.distance,
      });
      const lost = {
        'same words': repeated.exact,
        'nearly the same': repeated.near,
        'same meaning': repeated.embedding,
      };
      const type = respond === undefined ? 'ins_distinct' : 'ins_res_distinct';
      return leave(made.rows, { rows, tools, type, lost, model: models.problems });
    },
    reload,
  };
}

async function embedProblems(
  rows: RecipeRows,
  { model, settings, tools }: { model: string; settings: readonly string[]; tools: StepTools },
) {
  const { run, signal, onProgress } = tools;
  const data = await run.writeRows('embedding-input.jsonl', rows.problems);
  const directory = join(run.directory, 'embeddings');
  const set = ['field=instruction', 'neighbors=true', ...settings];
  await embed({ model, data, run: directory, set, onProgress, ...(signal === undefined ? {} : { signal }) });
  return readNeighbors(directory);
}

function filterStep({ models, filter }: MagpieRecipe): RecipeStep | undefined {
  if (filter === undefined) return undefined;
  const texts = [
    ...(filter.preset === 'upstream' ? upstreamRules : []),
    ...filter.keep,
    ...readLengthRules({
      'min-instruction': filter.minInstruction,
      'max-instruction': filter.maxInstruction,
      'min-response': filter.minResponse,
      'max-response': filter.maxResponse,
      'require-answer': filter.requireAnswer,
    }),
  ];
  const { longest } = filter;
  return {
    name: 'filter',
    model: undefined,
    config: toConfig({ rules: texts, longest }),
    work: async (rows, tools) => {
      const made = filterByRules(rows.problems, { rules: texts.map(readFilterRule) });
      const kept = longest === undefined ? made.rows : keepLongest(made.rows, longest);
      const lost = Object.fromEntries(made.rules.map(({ rule, droppedFirst }) => [rule, droppedFirst]));
      const shorter = made.rows.length - kept.length;
      return leave(asObjects(kept), {
        rows,
        tools,
        type: 'filtered',
        lost: { ...lost, 'shorter than the longest': shorter },
        model: models.problems,
      });
    },
    reload,
  };
}

/** The kept problems as a file of the run, named as the original names it. */
async function leave(
  kept: readonly JsonObject[],
  {
    rows,
    tools: { run },
    type,
    lost,
    model,
  }: { rows: RecipeRows; tools: StepTools; type: string; lost: StepCounts['lost']; model: string },
): Promise<{ rows: RecipeRows; counts: StepCounts }> {
  const file = await outputName({ run, model, count: kept.length, type });
  await run.writeArray(file, kept);
  const [input, output] = [rows.problems.length, kept.length];
  return {
    rows: { ...rows, problems: kept as unknown as readonly MagpieRow[] },
    counts: { unit: 'problems', input, output, lost: sortReasons(lost), files: [file] },
  };
}

const reload: RecipeStep['reload'] = async (rows, read, { files }) => ({
  ...rows,
  problems: await read(files[0] ?? ''),
});

const asObjects = (rows: readonly MagpieRow[]): readonly JsonObject[] => rows as unknown as readonly JsonObject[];
