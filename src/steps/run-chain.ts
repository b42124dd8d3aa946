import { join } from 'node:path';
import type { GpuProgress } from '../gpu/track-events.js';
import type { FetchProgress } from '../models/files/find-hub-file.js';
import type { LanguageModel } from '../models/language-model.js';
import { openModel } from '../models/open-model.js';
import type { TokenPrice } from '../models/prices/find-price.js';
import { tellNames } from '../name-setting.js';
import { findManifest } from '../runs/artifacts.js';
import { checkCalls } from '../runs/count-calls.js';
import type { Run } from '../runs/open-run.js';
import { spendInRun } from '../runs/spend-in-run.js';
import { addSpending, noSpending, readSpending, type Spending } from '../runs/spending.js';
import type { StageProgress } from '../runs/track-progress.js';
import { withRun } from '../runs/with-run.js';
import { inCallersWords } from './callers-words.js';
import type { ChainOptions, ChainResult, StepOutcome } from './chain-options.js';
import { checkSpending, pricesFor } from './chain-prices.js';
import { type Finished, finishedLink, inputsOf } from './finished-link.js';
import { giveTo } from './give-to.js';
import { isEndpoint } from './is-endpoint.js';
import type { Link } from './link.js';
import { oneModelAtATime } from './one-model-at-a-time.js';
import { requireReadFiles } from './read-inputs.js';
import { refuseOthersFiles } from './refuse-others-files.js';
import { requireFresh } from './require-fresh.js';
import { requireTaken } from './require-taken.js';
import { resolveLinks } from './resolve-links.js';
import { createRowStore, type RowStore } from './row-store.js';
import { type AnyGiven, type Made, type StepRows, toConfig } from './step.js';

/**
 * Does steps one after the other in one run directory. After any kill the same call goes on in whatever step it was, and leaves the files of an
 * undisturbed run; finished steps open no model. Throws `InputError`, `StorageError` (another configuration in the directory),
 * `ModelError`, `BudgetError`, `FailedCallsError` and `CancelledError`; what was made before stays.
 */
export async function runChain(options: ChainOptions): Promise<ChainResult> {
  const { directory, concurrency, isBatch = false, onNote = () => undefined } = options;
  const links = await inCallersWords(options, undefined, () => settleLinks(options));
  const priceOf = pricesFor(options);
  await inCallersWords(options, undefined, async () => checkSpending(links, options, priceOf));
  const batch = { directory: join(directory, 'batches'), onStatus: onNote };
  const models = oneModelAtATime((name) =>
    openModel(name, {
      ...(concurrency === undefined ? {} : { concurrency }),
      batch: isBatch && isEndpoint(name) ? batch : undefined,
      onNote,
      onFetch: (progress) => options.onProgress?.(fetchProgress(progress)),
      signal: options.signal,
    }),
  );
  const store = createRowStore();
  const spent = (): Promise<Spending> => sumSpending(links);
  const before = await spent();
  if (options.recipe === undefined) tellUnasked(links, onNote);
  for (const { label, passedOver } of links) {
    if (passedOver !== undefined) onNote(`${label} takes no rows of ${passedOver}, which is no step of the recipe`);
  }
  const steps: StepOutcome[] = [];
  try {
    for (const [index, link] of links.entries()) {
      const place = { place: index + 1, of: links.length };
      // Now and not before: what it is made of may have been made anew
      const finished = options.isAgain ? undefined : await finishedLink(link);
      const spentUsd = (await spent()).usd - before.usd;
      const elsewhere = await sumSpending(links, { but: link.directory });
      const made =
        finished ??
        (await inCallersWords(options, link, () =>
          doLink(link, { options, priceOf, models, store, place, spentUsd, elsewhere }),
        ));
      const who = { step: link.label, model: link.model ?? link.script ?? null };
      const outcome = { ...who, ...place, isEarlier: finished !== undefined, ...made };
      steps.push(outcome);
      options.onStep?.(outcome);
      const { calls } = outcome;
      if (calls !== undefined) await inCallersWords(options, link, async () => checkCalls(calls, options));
    }
  } finally {
    await models.close();
  }
  return { directory, steps, spent: await spent() };
}

/** A fetch as the progress of a stage, in kilobytes. */
function fetchProgress({
  name,
  bytes,
  total = bytes,
  elapsedMs,
}: FetchProgress): StageProgress & { readonly step: string } {
  const counts = { done: Math.floor(bytes / 1000), total: Math.max(1, Math.floor(total / 1000)) };
  const stage = `${name} (kB)`;
  return { stage, step: stage, ...counts, tokens: 0, tokensPerSecond: 0, elapsedMs, remainingMs: undefined };
}

/** A model that was named by hand and is asked nothing: scores decide already, say. */
function tellUnasked(links: readonly Link[], onNote: (line: string) => void): void {
  const asked = new Set(links.flatMap(({ models }) => Object.keys(models).filter((setting) => models[setting])));
  for (const [setting, model] of Object.entries(links[0]?.named ?? {})) {
    if (model !== undefined && !asked.has(setting))
      onNote(`${model} is not asked: ${links[0]?.label} asks nobody with these settings`);
  }
}

/** Of all run directories of the chain, or of all but one. */
async function sumSpending(
  links: readonly Link[],
  { but }: { readonly but?: string | undefined } = {},
): Promise<Spending> {
  const all = new Set(links.map(({ directory }) => directory ?? '.'));
  const directories = [...all].filter((directory) => directory !== but);
  return (await Promise.all(directories.map(readSpending))).reduce(addSpending, noSpending);
}

/** The stages of the chain, each with the rows that it needs. */
export async function settleLinks({
  chain,
  directory,
  seed,
  problemLanguage = 'en',
  nameOf,
  out,
  recipe,
}: ChainOptions): Promise<readonly Link[]> {
  const links = await resolveLinks(chain, { directory, seed, problemLanguage });
  for (const link of links) {
    await inCallersWords({ chain, nameOf }, link, async () => {
      requireTaken(link);
      requireReadFiles(link, { root: directory });
    });
  }
  if (out === undefined) await refuseOthersFiles(links, { root: directory, isRecipe: recipe !== undefined });
  return links;
}

type Doing = {
  readonly options: ChainOptions;
  readonly priceOf: (model: string) => TokenPrice | undefined;
  readonly models: ReturnType<typeof oneModelAtATime>;
  readonly store: RowStore;
  readonly place: { readonly place: number; readonly of: number };
  readonly spentUsd: number;
  /** In the other run directories of the chain: a budget is that of all of them. */
  readonly elsewhere: Spending;
};

async function doLink(
  link: Link,
  { options, priceOf, models, store, place, spentUsd, elsewhere }: Doing,
): Promise<Finished> {
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
  await requireFresh(
    directory,
    Object.values(link.takes).map(({ stage: maker }) => maker),
  );
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
    const calls = run.calls.counts();
    const counts = { ...made.counts, files, ...(calls.failed > 0 ? { calls } : {}) };
    const inputs = await inputsOf(link);
    const changes = await changesOf(model, { directory, stage });
    const adaptations = changes.length > 0 ? { adaptations: changes } : {};
    const facts = { counts, command: link.command, ...(inputs && { inputs }), ...adaptations };
    await run.finish(toConfig({ ...made.summary, ...facts }));
    return {
      ...counts,
      summary: { ...made.summary, ...fileOf(link, run) },
      notes: [...made.notes, ...changes.map((line) => `${link.model}: ${line}`)].map((line) =>
        tellNames(line, (setting) => options.nameOf?.(setting, step.name) ?? setting),
      ),
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
  const asked = { directory, stage, config, budget, price: priceOf(link.model), elsewhere, cache, onNote, onProgress };
  try {
    return await spendInRun(model, asked, work);
  } catch (error) {
    // Whoever is stopped, by a budget say, is to know what was estimated
    for (const line of model.adaptations?.() ?? []) onNote(`${link.model}: ${line}`);
    throw error;
  }
}

/** What was changed on the way to a model and back, in this session and in the one that finished the stage before. */
async function changesOf(
  model: LanguageModel | undefined,
  { directory, stage }: { readonly directory: string; readonly stage: string },
): Promise<readonly string[]> {
  const now = model?.adaptations?.() ?? [];
  if (now.length > 0) return now;
  const earlier = (await findManifest(directory))?.finished[stage]?.summary.adaptations;
  return Array.isArray(earlier) ? earlier.map(String) : [];
}

/** The file of a stage that holds its rows. */
function fileOf({ stage, step, rowsAre }: Link, run: Run): { readonly file?: string } {
  const [main = ''] = step.gives.map((name) => (name === 'rows' ? rowsAre : name));
  const own = run.artifacts().filter((artifact) => artifact.stage === stage);
  const file = (own.find(({ name }) => name === main) ?? own[0])?.file;
  return file === undefined ? {} : { file };
}

/** Writes the rows that the work left to us; returns the files of the stage. */
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
