import { basename, join } from 'node:path';
import type { Language } from '../language/translate.js';
import { type Artifact, findManifest, putArtifacts } from '../runs/artifacts.js';
import { describeDifference } from '../runs/describe-difference.js';
import { readRunConfig, resolveRunConfig, type StageConfig } from '../runs/run-config.js';
import { hashFile } from '../storage/hash-file.js';
import { findPassedOver, findTaken, type Offered, type Taken } from './find-taken.js';
import { type Chosen, type Link, makeLink, type ReadFile } from './link.js';
import type { StepPart } from './step.js';

export type ChainContext = {
  /** Undefined where rows of files are written to files. */
  readonly directory: string | undefined;
  /** @default the run's, else 0 */
  readonly seed?: number | undefined;
  /** Of the problems, and of what models are asked with. */
  readonly problemLanguage: Language;
  /** The directory is only read: nothing is bound to its configuration. @default false */
  readonly isReading?: boolean;
};

/** What a directory holds, and what the links before the next one will leave there. */
type Known = Omit<Offered, 'left'> & {
  left: readonly Artifact[];
  readonly configs: Map<string, StageConfig>;
  /** Of the stage that started the directory. */
  readonly seed: number;
  readonly isOlder: boolean;
};

/**
 * The stages of a chain of steps: each takes what the latest before it left. A command that was given before takes what it took then,
 * whatever later ones left. Throws `InputError` where rows are missing, and `StorageError` where the directory holds a stage with another
 * configuration, before anything is asked.
 */
export async function resolveLinks(chain: readonly Chosen[], context: ChainContext): Promise<readonly Link[]> {
  const known = new Map<string | undefined, Known>();
  const links: Link[] = [];
  for (const chosen of chain) {
    const { directory: root, isReading = false } = context;
    const directory = root !== undefined && chosen.folder !== undefined ? join(root, chosen.folder) : root;
    const found = known.get(directory) ?? (await readKnown({ directory }));
    known.set(directory, found);
    const isAlone = chain.length === 1 && !isReading;
    for (const link of await resolveStep(chosen, { known: found, context: { ...context, directory }, isAlone })) {
      if (directory !== undefined && !isReading) {
        await resolveRunConfig({ directory, stage: link.stage, config: link.config, now: () => new Date() });
      }
      links.push(link);
    }
  }
  return links;
}

async function readKnown({ directory }: Pick<ChainContext, 'directory'>): Promise<Known> {
  if (directory === undefined) return { artifacts: [], left: [], configs: new Map(), seed: 0, isOlder: false };
  const config = await readRunConfig(directory);
  const manifest = await findManifest(directory);
  return {
    artifacts: manifest?.artifacts ?? [],
    isOlder: manifest !== undefined && manifest.artifacts === undefined,
    left: [],
    configs: new Map(Object.entries(config?.stages ?? {})),
    seed: config?.seed ?? 0,
  };
}

type Resolving = { readonly known: Known; readonly context: ChainContext; readonly isAlone: boolean };

async function resolveStep(chosen: Chosen, resolving: Resolving): Promise<readonly Link[]> {
  const { step, data = [] } = chosen;
  const { known, context, isAlone } = resolving;
  await step.check?.(chosen.values, { models: chosen.models });
  let found = findTaken(chosen, known);
  let parts = await listParts(chosen, { ...resolving, found });
  const read = await Promise.all(data.map(async (file) => ({ file: basename(file), sha256: await hashFile(file) })));
  const again = step.isNumbered && isAlone ? await findNumber(chosen, { ...resolving, read }) : undefined;
  const earlier = earlierTakes(again ?? parts[0]?.stage, chosen, resolving);
  if (earlier !== undefined) {
    found = findTaken(chosen, known, earlier);
    parts = await listParts(chosen, { ...resolving, found });
  }
  if (again !== undefined) parts = parts.map((part) => ({ ...part, stage: again }));
  const links: Link[] = [];
  for (const part of parts) {
    // A part takes what the part before it left
    const isFirst = links.length === 0;
    if (!isFirst) found = findTaken({ ...chosen, type: undefined }, known, earlierTakes(part.stage, chosen, resolving));
    const label = chosen.folder ?? (step.parts === undefined ? step.name : part.stage);
    const seed = context.seed ?? seedOf(known, { stage: part.stage, found });
    const link = makeLink(chosen, {
      part,
      label,
      found,
      read: isFirst ? read : [],
      seed,
      directory: context.directory,
      isOlder: known.isOlder,
      passedOver: findPassedOver(found, known),
    });
    links.push(link);
    known.configs.set(link.stage, link.config);
    const names = step.gives.map((name) => (name === 'rows' ? link.rowsAre : name));
    const made = names.map((name) => ({ name, stage: link.stage, file: '', rows: 0 }));
    known.left = putArtifacts(known.left, { stage: link.stage, made });
  }
  return links;
}

/** The stage of a step that a directory may hold several of: the one that was begun with these settings, else the next number. */
async function findNumber(
  chosen: Chosen,
  { read, ...resolving }: Resolving & { readonly read: readonly ReadFile[] },
): Promise<string> {
  const { step } = chosen;
  const { configs, isOlder } = resolving.known;
  for (let number = 1; ; number += 1) {
    const stage = number === 1 ? step.name : `${step.name}-${number}`;
    const before = configs.get(stage);
    if (before === undefined) return stage;
    const found = findTaken(chosen, resolving.known, earlierTakes(stage, chosen, resolving));
    const [part] = await listParts(chosen, { ...resolving, found });
    if (part === undefined) return stage;
    const seed = resolving.context.seed ?? seedOf(resolving.known, { stage, found });
    const { directory } = resolving.context;
    const told = { label: stage, found, read, seed, directory, isOlder, passedOver: undefined };
    if (describeDifference(before, makeLink(chosen, { part, ...told }).config).length === 0) return stage;
  }
}

/** The stages of a step, with the settings and the models of each. */
async function listParts(
  chosen: Chosen,
  { found, known, context }: Resolving & { readonly found: Taken },
): Promise<readonly StepPart<object>[]> {
  const { step, values, models: named } = chosen;
  const { problemLanguage } = context;
  const madeBy = (artifact: string) => known.configs.get(found[artifact]?.stage ?? '');
  const told = { models: named, problemLanguage, madeBy };
  const resolved: object = await step.resolve(values, told);
  const models = step.asks?.(resolved, told) ?? named;
  return step.parts?.(resolved, models) ?? [{ stage: step.stage?.(resolved) ?? step.name, values: resolved, models }];
}

/** What a command that was given before took then, by the stages that had made it; a recipe takes what its own steps leave. */
function earlierTakes(
  stage: string | undefined,
  { data = [] }: Chosen,
  { known, isAlone }: Resolving,
): { readonly [artifact: string]: string } | undefined {
  if (!isAlone || data.length > 0 || stage === undefined) return undefined;
  return known.configs.get(stage)?.takes as { readonly [artifact: string]: string } | undefined;
}

/** The seed that a stage had when it was begun, else that of the stage whose rows it takes, else the run's. */
function seedOf({ configs, seed }: Known, { stage, found }: { stage: string; found: Taken }): number {
  const makers = Object.values(found).map((maker) => maker.stage);
  const seeds = [stage, ...makers].map((name) => configs.get(name)?.seed);
  return seeds.find((each): each is number => typeof each === 'number') ?? seed;
}
