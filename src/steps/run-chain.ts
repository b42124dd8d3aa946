import { join } from 'node:path';
import { InputError, MathpieError } from '../errors.js';
import type { GpuProgress } from '../gpu/track-events.js';
import type { Language } from '../language/translate.js';
import type { CacheUse } from '../models/cache/with-cache.js';
import type { LanguageModel } from '../models/language-model.js';
import { openModel } from '../models/open-model.js';
import { findPrice, type TokenPrice } from '../models/prices/find-price.js';
import { loadPriceTable } from '../models/prices/price-table.js';
import { named } from '../name-setting.js';
import { findManifest, isWhole, latestArtifact } from '../runs/artifacts.js';
import type { Budget } from '../runs/meter-model.js';
import type { Run } from '../runs/open-run.js';
import { spendInRun } from '../runs/spend-in-run.js';
import { addSpending, noSpending, readSpending, type Spending } from '../runs/spending.js';
import type { StageProgress } from '../runs/track-progress.js';
import { withRun } from '../runs/with-run.js';
import { isEndpoint } from './is-endpoint.js';
import { type Chosen, type Link, requireTaken, resolveLinks } from './link.js';
import { oneModelAtATime } from './one-model-at-a-time.js';
import { createRowStore, type RowStore } from './row-store.js';
import {
  type AnyGiven,
  type Made,
  type RecipeTitle,
  type StepCounts,
  type StepGiven,
  type StepRows,
  toConfig,
} from './step.js';

export type ChainOptions = {
  readonly chain: readonly Chosen[];
  /** The run directory of all steps. */
  readonly directory: string;
  /** @default the run's, else 0 */
  readonly seed?: number | undefined;
  /** Of the words of cards and prompts. @default 'en' */
  readonly language?: Language;
  /** Where a step puts a file that is no part of the run directory. */
  readonly out?: string | undefined;
  /** Of the whole directory, all steps and sessions together. */
  readonly budget?: Budget;
  /** A file with prices instead of configs/prices.json. */
  readonly prices?: string | undefined;
  /** Ask endpoints by way of their Batch API. @default false */
  readonly isBatch?: boolean;
  /** @default 'default': endpoints elsewhere are not asked twice */
  readonly cache?: CacheUse;
  /** Calls to an endpoint under way at the same time. @default 16 */
  readonly concurrency?: number;
  /** Do steps again that have finished, from their records. @default false: they are left as they are */
  readonly isAgain?: boolean;
  /** What the steps are asked by; it is kept beside them. */
  readonly recipe?: RecipeTitle | undefined;
  /** The caller's word for a setting of a step. @default the setting's own name */
  readonly nameOf?: ((setting: string, step: string) => string) | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ChainProgress) => void) | undefined;
  /** Told of each step when it is over, and of those that were over before. */
  readonly onStep?: ((outcome: StepOutcome) => void) | undefined;
  readonly onNote?: ((line: string) => void) | undefined;
};

/** Costs are those of the session. */
export type ChainProgress = (StageProgress | GpuProgress) & { readonly step: string; readonly costUsd?: number };

export type StepOutcome = StepCounts & {
  readonly step: string;
  /** The model that was asked, or scored. */
  readonly model: string | null;
  /** From 1. */
  readonly place: number;
  readonly of: number;
  /** An earlier session had finished it. */
  readonly isEarlier: boolean;
  /** Files of the run directory that the step left; the first holds its rows. */
  readonly files: readonly string[];
  /** What the step says of itself: one JSON line, and lines for people. */
  readonly summary: object;
  readonly notes: readonly string[];
  /** Printed instead of the summary, a line each. */
  readonly lines?: readonly object[] | undefined;
};

export type ChainResult = {
  readonly directory: string;
  readonly steps: readonly StepOutcome[];
  /** Of the whole run directory. */
  readonly spent: Spending;
};

/**
 * Does steps one after the other in one run directory. After any kill the same call goes on in whatever step it was, and leaves the files of an
 * undisturbed run; finished steps open no model. Throws `InputError`, `StorageError` (another configuration in the directory),
 * `ModelError`, `BudgetError` and `CancelledError`; what was made before stays.
 */
export async function runChain(options: ChainOptions): Promise<ChainResult> {
  const { directory, concurrency, isBatch = false, onNote = () => undefined } = options;
  const links = await inCallersWords(options, undefined, () => settleLinks(options));
  const priceOf = pricesFor(options);
  await inCallersWords(options, undefined, async () => checkSpending(links, options, priceOf));
  const earlier = options.isAgain ? new Map<Link, Finished>() : await finishedLinks(links);
  const batch = { directory: join(directory, 'batches'), onStatus: onNote };
  const models = oneModelAtATime((name) =>
    openModel(name, {
      ...(concurrency === undefined ? {} : { concurrency }),
      batch: isBatch && isEndpoint(name) ? batch : undefined,
    }),
  );
  const store = createRowStore();
  const spent = (): Promise<Spending> => sumSpending(links);
  const before = await spent();
  const steps: StepOutcome[] = [];
  try {
    for (const [index, link] of links.entries()) {
      const place = { place: index + 1, of: links.length };
      const finished = earlier.get(link);
      const spentUsd = (await spent()).usd - before.usd;
      const made =
        finished ??
        (await inCallersWords(options, link, () => doLink(link, { options, priceOf, models, store, place, spentUsd })));
      const who = { step: link.label, model: link.model ?? link.script ?? null };
      const outcome = { ...who, ...place, isEarlier: finished !== undefined, ...made };
      steps.push(outcome);
      options.onStep?.(outcome);
    }
  } finally {
    await models.close();
  }
  return { directory, steps, spent: await spent() };
}

/** Of all run directories of the chain. */
async function sumSpending(links: readonly Link[]): Promise<Spending> {
  const directories = [...new Set(links.map(({ directory }) => directory ?? '.'))];
  return (await Promise.all(directories.map(readSpending))).reduce(addSpending, noSpending);
}

/** The stages of the chain, each with the rows that it needs. */
export async function settleLinks({
  chain,
  directory,
  seed,
  language = 'en',
}: Pick<ChainOptions, 'chain' | 'directory' | 'seed' | 'language'>): Promise<readonly Link[]> {
  const links = await resolveLinks(chain, { directory, seed, language });
  links.forEach(requireTaken);
  return links;
}

/** What a model string costs; undefined where nobody knows. */
export function pricesFor({
  prices,
  isBatch = false,
}: Pick<ChainOptions, 'prices' | 'isBatch'>): (model: string) => TokenPrice | undefined {
  const table = loadPriceTable(prices);
  return (model) => findPrice(model, { table, isBatch: isBatch && isEndpoint(model) });
}

/** Refuses what could not be kept to: a budget without a price, a batch without an endpoint. */
export function checkSpending(
  links: readonly Link[],
  { budget = {}, isBatch = false }: Pick<ChainOptions, 'budget' | 'isBatch'>,
  priceOf: (model: string) => TokenPrice | undefined,
): void {
  const models = links.flatMap(({ model }) => model ?? []);
  const unpriced = models.find((model) => priceOf(model) === undefined);
  if (budget.usd !== undefined && unpriced !== undefined) {
    throw new InputError(
      `Cannot keep ${named('budgetUsd')}: the price of ${unpriced} is unknown; give a file with it by ${named('prices')}, or use ${named('budgetTokens')}`,
    );
  }
  if (isBatch && !models.some(isEndpoint)) {
    throw new InputError(
      `Cannot use ${named('batch')} with ${models[0] ?? 'no model'}: only an endpoint has a Batch API; leave ${named('batch')} out`,
    );
  }
}

/** What a stage said at its end, as the manifest keeps it. */
export type Finished = Pick<
  StepOutcome,
  'unit' | 'input' | 'output' | 'lost' | 'said' | 'files' | 'summary' | 'notes' | 'lines'
>;

/**
 * The stages that have finished, by name; they need no model any more. One whose file is gone or was changed is not among them: it is
 * made again from its records.
 */
export async function finishedLinks(links: readonly Link[]): Promise<ReadonlyMap<Link, Finished>> {
  const finished = new Map<Link, Finished>();
  for (const link of links) {
    const { stage, directory = '.' } = link;
    const manifest = await findManifest(directory);
    const summary = manifest?.finished[stage]?.summary as {
      counts?: StepCounts & { files: readonly string[] };
      command?: unknown;
      inputs?: unknown;
    };
    const artifacts = manifest?.artifacts.filter((artifact) => artifact.stage === stage) ?? [];
    if (manifest === undefined || summary?.counts === undefined) continue;
    if (!(await isWhole(directory, artifacts, manifest))) continue;
    const { counts, command: _, inputs, ...said } = summary;
    if (JSON.stringify(inputs) !== JSON.stringify(await inputsOf(link))) continue;
    finished.set(link, { ...counts, summary: said, notes: [] });
  }
  return finished;
}

/** Checksums of what the rows of a stage were made of: a finished one is done again where they have changed. */
async function inputsOf({ step, asked, takes, directory = '.' }: Link): Promise<object | undefined> {
  const manifest = await findManifest(directory);
  const taken = Object.values(takes).flatMap(({ name, stage }) => {
    const file = latestArtifact(manifest?.artifacts ?? [], [name], { stage })?.file;
    return file === undefined ? [] : [[file, manifest?.files[file] ?? ''] as const];
  });
  const own = await step.inputs?.(asked, { directory });
  const inputs = { ...Object.fromEntries(taken), ...own };
  return Object.keys(inputs).length === 0 ? undefined : inputs;
}

type Doing = {
  readonly options: ChainOptions;
  readonly priceOf: (model: string) => TokenPrice | undefined;
  readonly models: ReturnType<typeof oneModelAtATime>;
  readonly store: RowStore;
  readonly place: { readonly place: number; readonly of: number };
  readonly spentUsd: number;
};

async function doLink(link: Link, { options, priceOf, models, store, place, spentUsd }: Doing): Promise<Finished> {
  const { budget = {}, cache = 'default', onNote = () => undefined } = options;
  const { stage, config, step, directory = '.' } = link;
  const label = place.of === 1 ? undefined : `${place.place}/${place.of} ${link.label}`;
  const onProgress = (progress: StageProgress | GpuProgress): void => {
    const costUsd = 'costUsd' in progress ? { costUsd: spentUsd + (progress.costUsd ?? 0) } : {};
    options.onProgress?.({
      ...progress,
      ...costUsd,
      ...(label === undefined ? {} : { stage: label }),
      step: link.label,
    });
  };
  await store.load(link);
  let more: StepRows = {};
  const givenTo = (run: Run, model: LanguageModel | undefined): AnyGiven =>
    giveTo(link, { store, more, run, model, options, onProgress });
  const work = async ({ run, model }: { run: Run; model: LanguageModel | undefined }): Promise<Finished> => {
    const made = await step.work(givenTo(run, model));
    const files = await leaveRows(made, { run, link });
    store.put(link, made.rows);
    // Not before: a session that made nothing binds nobody to its recipe
    if (options.recipe !== undefined && directory === options.directory) {
      await run.writeFile('recipe.json', `${JSON.stringify(options.recipe, null, 2)}\n`);
    }
    const counts = { ...made.counts, files };
    const inputs = await inputsOf(link);
    await run.finish(toConfig({ ...made.summary, counts, command: link.command, ...(inputs && { inputs }) }));
    return {
      ...counts,
      summary: { ...made.summary, ...(files[0] === undefined ? {} : { file: files[0] }) },
      notes: made.notes,
      lines: made.lines,
    };
  };
  await step.prepare?.(link.asked, { directory, onNote });
  // A script has the GPU for itself
  if (link.script !== undefined) await models.close();
  const { before } = step;
  if (before !== undefined && link.script !== undefined) {
    more = (await withRun({ directory, stage, config }, (run) => before(givenTo(run, undefined)))).rows;
  }
  if (link.model === undefined) return withRun({ directory, stage, config }, (run) => work({ run, model: undefined }));
  const model = await models.get(link.model);
  const asked = { directory, stage, config, budget, price: priceOf(link.model), cache, onNote, onProgress };
  return spendInRun(model, asked, work);
}

/** What a step's work gets of a run, whether it is done or only planned. */
export function giveTo(
  { step, stage, values, asked: given, models, rowsAre, seed }: Link,
  {
    store,
    more = {},
    run,
    model,
    options: { out, language = 'en', recipe, signal, onNote = () => undefined },
    isReading = false,
    onProgress = () => undefined,
  }: {
    readonly store: RowStore;
    readonly more?: StepRows;
    readonly run: Run;
    readonly model: LanguageModel | undefined;
    readonly options: Pick<ChainOptions, 'out' | 'language' | 'recipe' | 'signal' | 'onNote'>;
    /** The step is no stage of the run. */
    readonly isReading?: boolean;
    readonly onProgress?: StepGiven<object>['onProgress'];
  },
): AnyGiven {
  const find = <Row extends object>(artifact: string): readonly Row[] | undefined =>
    (more[artifact] ?? store.find(artifact === 'rows' ? rowsAre : artifact)) as readonly Row[] | undefined;
  const take = <Row extends object>(artifact: string): readonly Row[] => {
    const rows = find<Row>(artifact);
    if (rows === undefined) throw new TypeError(`${step.name} took ${artifact}, which it does not name in takes`);
    return rows;
  };
  const stream = <Row extends object>(artifact: string) => store.stream(artifact) as AsyncIterable<Row> | undefined;
  const asked = { settings: values, asked: given, models, model, seed, language, recipe, rowsAre };
  const tools = { run, stage: isReading ? undefined : stage, out, signal, onProgress, onNote };
  return { ...asked, ...tools, take, find, stream };
}

/** Writes the rows that the work left to us; returns the files of the stage, the first of which holds its rows. */
async function leaveRows(
  { rows, files = {} }: Made,
  { run, link }: { run: Run; link: Link },
): Promise<readonly string[]> {
  for (const [artifact, file] of Object.entries(files)) await run.leave({ name: artifact, file }, rows[artifact] ?? []);
  return run
    .artifacts()
    .filter(({ stage }) => stage === link.stage)
    .map(({ file }) => file);
}

/** Errors name settings as the caller does. */
export async function inCallersWords<Result>(
  { nameOf, chain }: Pick<ChainOptions, 'nameOf' | 'chain'>,
  link: Link | undefined,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof MathpieError && nameOf !== undefined) {
      const step = link?.step.name ?? chain[0]?.step.name ?? '';
      error.tell((setting) => nameOf(setting, step));
    }
    throw error;
  }
}
