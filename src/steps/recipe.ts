import { InputError, MathpieError } from '../errors.js';
import { setKeys } from '../gpu/set-keys.js';
import { isOwnModel } from '../models/own-models.js';
import { named, tellNames } from '../name-setting.js';
import { nearestOf } from '../nearest.js';
import { findModelConfig } from '../prompts/model-configs.js';
import { describeDifference } from '../runs/describe-difference.js';
import type { JsonObject } from '../storage/read-jsonl.js';
import { type RecipeKind, readRecipeFile } from '../storage/recipe-files.js';
import type { Chosen } from './link.js';
import { asFlag, faultOf, integer, type Settings, settle, text } from './setting.js';
import type { AnyStep, ModelNames, RecipeSteps, RecipeTitle } from './step.js';

/** A recipe with every default filled in; `recipe.json` of its run directory holds it. */
export type Recipe = RecipeTitle & {
  readonly version: number;
  readonly seed: number;
  readonly models: { readonly [role: string]: string | undefined };
  readonly [step: string]: unknown;
};

export type RecipeOverrides = {
  /** Asked for problems, solutions and judgements alike. */
  readonly model?: string | undefined;
  /** Of problems, where the recipe draws them. */
  readonly count?: number | undefined;
  readonly seed?: number | undefined;
  /** Settings as text, such as `respond.maxTokens=2048`; they go before the others. */
  readonly set?: readonly string[] | undefined;
};

export type LoadedRecipe = {
  readonly recipe: Recipe;
  readonly chain: readonly Chosen[];
  /** `instruct.count: 1000 → 40`, one for each field that is not as the file has it. */
  readonly overridden: readonly string[];
};

/** Who does what, as model strings. */
export const modelRoles = {
  problems: 'who writes problems',
  solutions: 'who solves them; problems when left out',
  judge: 'who judges solutions',
  rewards: 'a reward model: OWNER/NAME or a folder',
  tags: 'for the tags that are asked for: a model that writes JSON',
  guard: 'for the tag of safety',
  embeddings: 'for duplicates by meaning: OWNER/NAME or a folder',
  answers: 'who rephrases, states and answers; problems when left out',
  evaluated: 'who is evaluated; problems when left out',
} as const;

/** Names of recipes, and of runs in them, which are folders. */
export const recipeName = /^[\w][\w.-]*$/;

/** What stands beside the steps in a recipe. */
export const headSettings = {
  name: { ...text({ says: 'letters, digits, dots, dashes and underscores' }), isRequired: true },
  version: { ...integer({ says: 'of the recipe', fallback: undefined, minimum: 1 }), isRequired: true },
  description: { ...text({ says: 'one line: what it makes, and on what machine' }), isRequired: true },
  seed: integer({ says: 'the same seed gives the same texts', fallback: 0, minimum: 0, maximum: 2 ** 31 - 1 }),
} satisfies Settings;

/** Where the settings of a step are published; what is ours says so. */
export const sourceSetting = text({ says: 'where these settings are published; what is ours says so' });

/**
 * Loads a recipe from a file, or by its name from configs/recipes, and puts overrides in. Throws `InputError` that names file and key; an
 * unknown key is refused with the nearest known one.
 */
export async function loadRecipe(
  nameOrFile: string,
  { steps, kinds, overrides = {} }: RecipeReading & { readonly overrides?: RecipeOverrides },
): Promise<LoadedRecipe> {
  const { file, value } = readRecipeFile(nameOrFile, kinds);
  const read = parseRecipe(value, { file, steps });
  const recipe = parseRecipe(override(read, overrides), { file, steps });
  const chain = chainOf(recipe, steps);
  await checkSteps(chain, { file, recipe });
  return { recipe, chain, overridden: describeDifference(read as never, recipe as never) };
}

export type RecipeReading = {
  /** All steps that a recipe may name, in the order in which they are done. */
  readonly steps: readonly AnyStep[];
  readonly kinds: readonly RecipeKind[];
};

/** The key of a step's setting in a recipe: `respond.maxTokens`, `models.judge`; undefined for what is none. */
export function keyOfSetting(steps: readonly AnyStep[], step: string, setting: string): string | undefined {
  const found = steps.find(({ name }) => name === step);
  const role = found?.models[setting]?.role;
  if (role !== undefined) return `models.${role}`;
  return found?.settings[setting] === undefined ? undefined : `${step}.${setting}`;
}

function parseRecipe(value: JsonObject, { file, steps }: { file: string; steps: readonly AnyStep[] }): Recipe {
  const refuse = (fault: string): never => {
    throw new InputError(`Cannot use recipe ${file}: ${fault}; correct it, docs/steps.md lists every key`, { file });
  };
  const known = [...Object.keys(headSettings), 'models', ...steps.map(({ name }) => name)];
  refuseUnknown(Object.keys(value), { known, at: '', refuse });
  const head = readObject(value, { settings: headSettings, at: '', refuse, isWhole: false });
  if (!recipeName.test(String(head.name))) refuse('name: use letters, digits, dots, dashes and underscores');
  const models = isObject(value.models) ? value.models : refuse('models: give {"ROLE": MODEL}');
  refuseUnknown(Object.keys(models), { known: Object.keys(modelRoles), at: 'models', refuse });
  for (const [role, model] of Object.entries(models)) {
    if (typeof model !== 'string' || model.trim() === '') refuse(`models.${role}: give a model string`);
  }
  const named = steps.filter(({ name }) => value[name] !== undefined);
  const entries = named.map((step): [string, unknown] => {
    const given = value[step.name];
    const read = (part: unknown, at: string): object =>
      isObject(part)
        ? readObject(part, { settings: { ...step.settings, source: sourceSetting }, at, refuse, isWhole: true })
        : refuse(`${at}: give {"SETTING": value}`);
    if (!step.isRepeated) return [step.name, read(given, step.name)];
    const runs = isObject(given) ? given : refuse(`${step.name}: give {"NAME": {"SETTING": value}}`);
    if (Object.keys(runs).length === 0) refuse(`${step.name}: it names no run; give {"NAME": {"SETTING": value}}`);
    for (const name of Object.keys(runs)) {
      if (!recipeName.test(name)) refuse(`${step.name}: "${name}" is no name for a folder`);
    }
    return [
      step.name,
      Object.fromEntries(Object.entries(runs).map(([name, part]) => [name, read(part, `${step.name}.${name}`)])),
    ];
  });
  if (named.length === 0) refuse(`it names no step; name one of ${steps.map(({ name }) => name).join(', ')}`);
  return { ...head, models, ...Object.fromEntries(entries) } as unknown as Recipe;
}

type Refuse = (fault: string) => never;

function readObject(
  value: JsonObject,
  { settings, at, refuse, isWhole }: { settings: Settings; at: string; refuse: Refuse; isWhole: boolean },
): { readonly [key: string]: unknown } {
  const path = (key: string): string => (at === '' ? key : `${at}.${key}`);
  if (isWhole) refuseUnknown(Object.keys(value), { known: Object.keys(settings), at, refuse });
  const given = { ...value };
  for (const [key, setting] of Object.entries(settings)) {
    if (value[key] === undefined) {
      if (setting.isRequired) refuse(`${path(key)}: it is missing; give ${setting.says}`);
      continue;
    }
    given[key] = asFlag(setting, value[key]) as JsonObject[string];
    const fault = faultOf(setting, given[key]);
    if (fault !== undefined) refuse(`${path(key)}: ${fault}`);
  }
  // Without what is undefined, as a file would hold it
  return JSON.parse(JSON.stringify(settle(settings, given)));
}

function refuseUnknown(
  keys: readonly string[],
  { known, at, refuse }: { known: readonly string[]; at: string; refuse: Refuse },
): void {
  const key = keys.find((each) => !known.includes(each));
  if (key === undefined) return;
  const nearest = nearestOf(key, known);
  const guess = nearest === undefined ? `known are ${known.join(', ')}` : `nearest: ${nearest}`;
  refuse(`${[at, key].filter(Boolean).join('.')}: unknown key (${guess})`);
}

function override(recipe: Recipe, { model, count, seed, set = [] }: RecipeOverrides): JsonObject {
  const replaced = ['problems', 'solutions', 'judge', 'tags', 'answers', 'evaluated'];
  const models = Object.fromEntries(
    Object.entries(recipe.models).map(([role, name]) => [
      role,
      model !== undefined && replaced.includes(role) ? model : name,
    ]),
  );
  const instruct = recipe.instruct as object | undefined;
  if (count !== undefined && instruct === undefined) {
    throw new InputError(`Cannot make ${count} problems by ${recipe.name}: it draws none; leave the count out`);
  }
  const counted = instruct === undefined || count === undefined ? {} : { instruct: { ...instruct, count } };
  return setKeys({ ...recipe, models, ...counted, seed: seed ?? recipe.seed } as never, set) as JsonObject;
}

function chainOf(recipe: Recipe, steps: readonly AnyStep[]): readonly Chosen[] {
  return steps.flatMap((step): readonly Chosen[] => {
    const given = recipe[step.name] as JsonObject | undefined;
    if (given === undefined) return [];
    const others = step.inRecipe?.(recipe as RecipeSteps) ?? {};
    const models = modelsOf(step, recipe);
    const choose = (values: JsonObject, folder?: string): Chosen => ({
      step,
      values: settle(step.settings, { ...values, ...withoutNamed(others, { step, values }) }),
      models,
      folder,
    });
    if (!step.isRepeated) return [choose(given)];
    return Object.entries(given).map(([name, values]) => choose(values as JsonObject, `${step.name}-${name}`));
  });
}

/** What the recipe itself says of a step goes before what its other steps say. */
function withoutNamed(
  others: { readonly [setting: string]: unknown },
  { step, values }: { step: AnyStep; values: JsonObject },
): { readonly [setting: string]: unknown } {
  const isLeftOut = (key: string): boolean =>
    JSON.stringify(values[key]) === JSON.stringify(step.settings[key]?.fallback);
  return Object.fromEntries(Object.entries(others).filter(([key]) => isLeftOut(key)));
}

function modelsOf(step: AnyStep, { models }: Recipe): ModelNames {
  const fallbacks: { readonly [role: string]: string } = {
    solutions: 'problems',
    answers: 'problems',
    evaluated: 'problems',
  };
  return Object.fromEntries(
    Object.entries(step.models).map(([setting, { role }]) => [setting, models[role] ?? models[fallbacks[role] ?? '']]),
  );
}

/** What does not go together is refused in the recipe's own words, before anything is opened. */
async function checkSteps(chain: readonly Chosen[], { file, recipe }: { file: string; recipe: Recipe }): Promise<void> {
  const steps = chain.map(({ step }) => step);
  const given = new Set<string>();
  for (const { step, values, models } of chain) {
    const refuse: Refuse = (fault) => {
      throw new InputError(`Cannot use recipe ${file}: ${step.name}: ${fault}; correct it`, { file });
    };
    const lacking = Object.entries(step.takes).find(
      ([artifact, need]) =>
        need === 'needed' &&
        !given.has(artifact) &&
        !(artifact === 'rows' && (given.has('instructions') || given.has('solutions'))),
    );
    if (lacking !== undefined)
      refuse(`it takes ${lacking[0] === 'rows' ? 'problems' : lacking[0]}, which no step before it gives`);
    for (const [setting, { role, isRequired }] of Object.entries(step.models)) {
      if (isRequired && models[setting] === undefined) refuse(`nobody is named for it; give models.${role}`);
    }
    for (const name of step.gives) if (name !== 'rows') given.add(name);
    try {
      await step.check?.(values as never, { models });
      step.checkInRecipe?.(values as never, { recipe: recipe as RecipeSteps, models });
      checkRoom({ step, values, models }, recipe);
    } catch (error) {
      if (!(error instanceof MathpieError)) throw error;
      const message = tellNames(error.template, (setting) => keyOfSetting(steps, step.name, setting) ?? setting);
      throw new InputError(`Cannot use recipe ${file}: ${message}`, { file, cause: error });
    }
  }
}

/** A model of configs/model_configs.json may have no room for what a step asks of it. Of other models nothing is known. */
function checkRoom(
  { step, values, models: { model } }: Pick<Chosen, 'step' | 'values' | 'models'>,
  recipe: Recipe,
): void {
  // Our models' problems and answers are known to be short, and the engine knows their context
  if (model === undefined || isOwnModel(model)) return;
  const tokens = step.tokens?.(values as never, recipe as RecipeSteps) ?? 0;
  const room = findModelConfig(model)?.context_tokens;
  if (room == null || tokens <= room) return;
  throw new InputError(
    `cannot ${step.name} with ${model}: it needs up to ${tokens} tokens (problem, wording and solution) and the model's context holds ${room}; lower ${named('maxTokens')}`,
  );
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
