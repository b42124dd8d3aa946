import type { StageConfig } from '../runs/run-config.js';
import { commandWords } from './command-words.js';
import type { Taken } from './find-taken.js';
import { type AnyAsked, type AnyStep, asksModel, type ModelNames, type StepPart, toConfig } from './step.js';

/** A step with its settings, as a command or a recipe asks for it. */
export type Chosen = {
  readonly step: AnyStep;
  /** All its settings, defaults included. */
  readonly values: { readonly [setting: string]: unknown };
  readonly models: ModelNames;
  /** Files to take the rows from instead of the run directory. */
  readonly data?: readonly string[] | undefined;
  /** Where in the run directory the step has a run directory of its own. */
  readonly folder?: string | undefined;
  /** The type in the published name of the file to take the rows from, such as `ins_res`. */
  readonly type?: string | undefined;
};

/** A stage of a run directory that is to be done: a step, or one part of it. */
export type Link = {
  readonly step: AnyStep;
  readonly stage: string;
  /** The run directory that it is a stage of: the chain's, or a folder in it. */
  readonly directory: string | undefined;
  /** What people call it: the step, or its part. */
  readonly label: string;
  /** As the step resolved them. */
  readonly values: object;
  /** As they were given, defaults included. */
  readonly asked: AnyAsked;
  readonly models: ModelNames;
  /** All that were named, whether or not this stage asks them. */
  readonly named: ModelNames;
  /** The language model that is opened. */
  readonly model: string | undefined;
  /** The model of a script of python-gpu. */
  readonly script: string | undefined;
  /** What the stage is bound to. */
  readonly config: StageConfig;
  readonly takes: Taken;
  readonly data: readonly string[];
  readonly type: string | undefined;
  /** The step as one could type it, without the run directory. */
  readonly command: readonly string[];
  /** What `rows` are. */
  readonly rowsAre: string;
  readonly seed: number;
  /** A stage outside the chain whose rows are later, and are not taken. */
  readonly passedOver: string | undefined;
  /** The directory is of a version whose manifests named no artifacts. */
  readonly isOlder: boolean;
};

/** A file that rows are taken from, and the checksum of its bytes. */
export type ReadFile = { readonly file: string; readonly sha256: string };

/** The link of a part of a step: what the stage is bound to, and how people call it. */
export function makeLink(
  chosen: Chosen,
  {
    part,
    label,
    found,
    read,
    seed,
    directory,
    isOlder,
    passedOver,
  }: {
    part: StepPart<object>;
    label: string;
    found: Taken;
    read: readonly ReadFile[];
    seed: number;
    directory: string | undefined;
    isOlder: boolean;
    passedOver: string | undefined;
  },
): Link {
  const { step, type, data = [] } = chosen;
  const { stage, values, models } = part;
  const first = (isScript: boolean): string | undefined =>
    Object.keys(models)
      .filter((setting) => (step.models[setting]?.isScript ?? false) === isScript)
      .flatMap((setting) => models[setting] ?? [])[0];
  const takes = Object.fromEntries(Object.entries(found).map(([artifact, { stage }]) => [artifact, stage]));
  return {
    step,
    stage,
    directory,
    label,
    values,
    asked: chosen.values,
    models,
    named: chosen.models,
    model: first(false),
    script: first(true),
    config: toConfig({
      ...models,
      ...bindingValues(step, values),
      ...(asksModel(step) || 'seed' in step.settings ? { seed } : {}),
      ...(read.length > 0 ? { data: read } : {}),
      ...(Object.keys(takes).length > 0 ? { takes } : {}),
    }),
    takes: found,
    data,
    type,
    command: commandWords({ ...chosen, models }, { seed }),
    rowsAre: found.rows?.name ?? (type?.startsWith('ins_res') ? 'solutions' : 'instructions'),
    seed,
    passedOver,
    isOlder,
  };
}

function bindingValues({ settings }: AnyStep, values: object): object {
  return Object.fromEntries(Object.entries(values).filter(([key]) => settings[key]?.isBinding !== false));
}
