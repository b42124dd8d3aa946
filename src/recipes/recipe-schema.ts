import { z } from 'zod';
import { readFilterRule } from '../magpie/choose/filter-by-rules.js';
import { controlDifficulties, controlDomains, controlLanguages, controlTasks } from '../magpie/draw/control-words.js';
import { scoreSources } from '../magpie/rows/score-fields.js';
import { type TagMission, tagMissions } from '../magpie/tag/tag-missions.js';
import { checkTagMissions } from '../magpie/tag/tag-rows.js';
import { type PresetName, presetWords } from '../steps/response-presets.js';
import { directiveWords } from '../steps/solve-prompt.js';

const text = z.string().min(1);
const temperature = z.number().min(0).max(5);
const topP = z.number().gt(0).max(1);
const tokens = z.int().min(1).max(1_000_000);
const share = z.number().min(0).max(1);
const length = z.int().min(0);
/** Where the settings of a step are published; what is ours says so. */
const source = text;

const control = {
  task: z.enum(controlTasks).optional(),
  domain: z.enum(controlDomains).optional(),
  difficulty: z.enum(controlDifficulties).optional(),
  language: z.enum(controlLanguages).optional(),
};

const solving = {
  preset: z.enum(presetWords as readonly [PresetName, ...PresetName[]]).optional(),
  topP: topP.optional(),
  maxTokens: tokens.optional(),
  directive: z.enum(directiveWords).optional(),
  /** A prompt set in configs/prompts. */
  prompts: text.optional(),
  source,
};

const steps = {
  instruct: z.strictObject({
    count: z.int().min(1).max(10_000_000),
    temperature: temperature.default(1),
    topP: topP.default(1),
    maxTokens: tokens.default(400),
    systemPrompt: text.optional(),
    /** Each part writes its weight's share of `count`. */
    parts: z
      .array(
        z.strictObject({
          ...control,
          weight: z.number().gt(0).default(1),
          temperature: temperature.optional(),
          topP: topP.optional(),
        }),
      )
      .min(1)
      .optional(),
    /** Gives up after so many drawn texts. */
    maxCandidates: z.int().min(1).optional(),
    source,
  }),
  respond: z
    .strictObject({
      temperature: temperature.optional(),
      /** For the problems of a domain instead of `temperature`. */
      temperatureByDomain: z.partialRecord(z.enum(controlDomains), temperature).optional(),
      ...solving,
    })
    .optional(),
  candidates: z
    .strictObject({
      repeat: z.int().min(1).max(1000).default(4),
      /** Candidate i is drawn at temperature i modulo their number. */
      temperatures: z.array(temperature).min(1).optional(),
      ...solving,
    })
    .optional(),
  score: z
    .strictObject({
      by: z.array(z.enum(scoreSources)).min(1).default(['agreement']),
      /** How often a grade that is no JSON is asked for again. */
      repairs: z.int().min(0).max(10).default(2),
      prompts: text.optional(),
      /** Settings of score_rewards.py, such as `dtype=bfloat16`; docs/gpu.md. */
      rewardSettings: z.array(text).default([]),
      source: source.optional(),
    })
    .optional(),
  rank: z
    .strictObject({
      /** Which scores decide beside agreement; all that `score` gives when left out. */
      by: z.array(z.enum(scoreSources)).min(1).optional(),
      margin: share.default(0.1),
      agreementWeight: share.default(0.5),
      minMajority: share.default(0.5),
      lowerMargin: share.optional(),
      source: source.optional(),
    })
    .optional(),
  tag: z
    .strictObject({
      missions: z.array(z.enum(tagMissions)).min(1).default(['solve-rate', 'language']),
      /** How often a tag that is no JSON is asked for again. */
      repairs: z.int().min(0).max(10).default(2),
      source: source.optional(),
    })
    .optional(),
  deduplicate: z
    .strictObject({
      exactOnly: z.boolean().default(false),
      threshold: z.number().min(0.01).max(1).default(0.8),
      /** Also by the distance of embeddings; what embed.py marks when `distance` is left out. */
      embeddings: z
        .strictObject({
          model: text,
          distance: z.number().min(0).max(4).optional(),
          settings: z.array(text).default([]),
        })
        .optional(),
      source: source.optional(),
    })
    .optional(),
  filter: z
    .strictObject({
      /** `NAME: CONDITION`; docs/magpie.md. */
      keep: z.array(text).default([]),
      preset: z.enum(['upstream']).optional(),
      minInstruction: length.optional(),
      maxInstruction: length.optional(),
      minResponse: length.optional(),
      maxResponse: length.optional(),
      requireAnswer: z.boolean().default(false),
      /** Of the kept rows the N with the longest responses. */
      longest: z.int().min(1).optional(),
      source: source.optional(),
    })
    .optional(),
  export: z
    .strictObject({
      sft: z.strictObject({ shape: z.enum(['messages', 'metamathqa']).default('messages') }).optional(),
      dpo: z.boolean().default(false),
    })
    .optional(),
};

const shape = z.strictObject({
  name: z.string().regex(/^[\w][\w.-]*$/, 'use letters, digits, dots, dashes and underscores'),
  version: z.int().positive(),
  description: text,
  seed: z
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .default(0),
  /** Who does what, as model strings. */
  models: z.strictObject({
    problems: text,
    /** @default problems */
    solutions: text.optional(),
    judge: text.optional(),
    /** A reward model: OWNER/NAME or a folder. */
    rewards: text.optional(),
    /** For the tags that are asked for: a model that writes JSON. */
    tags: text.optional(),
    /** For the tag of safety. */
    guard: text.optional(),
  }),
  ...steps,
});

export type MagpieRecipe = z.output<typeof shape>;

/** The strict schema of a recipe for `magpie run`: its shape, and which steps need which. */
export const recipeSchema = shape.superRefine((recipe, context) => {
  for (const [path, message] of findFaults(recipe))
    context.addIssue({ code: 'custom', path: path.split('.'), message });
});

function* findFaults({ models, ...recipe }: MagpieRecipe): Generator<readonly [string, string]> {
  const { respond, candidates, score, rank, filter, export: exports } = recipe;
  if (recipe.instruct.parts !== undefined && recipe.instruct.systemPrompt !== undefined) {
    yield ['instruct.systemPrompt', 'beside parts, which write their own; leave one of them out'];
  }
  if (score !== undefined && candidates === undefined) yield ['score', 'nothing to score without candidates'];
  if (rank !== undefined && candidates === undefined) yield ['rank', 'nothing to rank without candidates'];
  const asked = score?.by.find((by) => by === 'judge' || by === 'grade');
  if (asked !== undefined && models.judge === undefined) yield ['models.judge', `score by ${asked} needs a judge`];
  if (score?.by.includes('reward') && models.rewards === undefined) {
    yield ['models.rewards', 'score by reward needs a reward model'];
  }
  const fault = findTagFault(recipe.tag?.missions ?? [], models);
  if (fault !== undefined) yield ['tag.missions', fault];
  const unscored = rank?.by?.find((by) => !score?.by.includes(by));
  if (unscored !== undefined) yield ['rank.by', `score gives no "${unscored}"`];
  if (exports?.sft !== undefined && respond === undefined) yield ['export.sft', 'nothing to export without respond'];
  if (exports?.dpo && rank === undefined) yield ['export.dpo', 'nothing to export without rank'];
  for (const [index, rule] of (filter?.keep ?? []).entries()) {
    const fault = faultOf(rule);
    if (fault !== undefined) yield [`filter.keep.${index}`, fault];
  }
}

function findTagFault(missions: readonly TagMission[], models: MagpieRecipe['models']): string | undefined {
  try {
    checkTagMissions(missions, { model: models.tags, guard: models.guard, reward: models.rewards });
    return undefined;
  } catch (error) {
    // What the command line calls a flag is a model of the recipe here
    const said = error instanceof Error ? error.message : String(error);
    return said
      .replace('--guard-model', 'models.guard')
      .replace('--reward-model', 'models.rewards')
      .replace('--model', 'models.tags');
  }
}

function faultOf(rule: string): string | undefined {
  try {
    readFilterRule(rule);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
