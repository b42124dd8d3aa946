import type { GpuProgress } from '../gpu/track-events.js';
import type { Language } from '../language/translate.js';
import type { LanguageModel } from '../models/language-model.js';
import type { CallCounts } from '../runs/count-calls.js';
import type { Run } from '../runs/open-run.js';
import type { StageConfig } from '../runs/run-config.js';
import type { StageProgress } from '../runs/track-progress.js';
import type { Settings, Settled } from './setting.js';

/**
 * One step of the way from problems to training sets: what it takes, its settings, its work, what it gives. Commands, keys of recipes,
 * `--help`, dry runs, the JSON Schema of recipes and docs/steps.md are readings of it, and nobody else knows its defaults or its files.
 * A step's module is small and loads nothing: `work` imports what it needs.
 */
export type Step<Given extends Settings = Settings, Values = Settled<Given>> = {
  /** The key of recipes, and the name of its stage in a run directory. */
  readonly name: string;
  /** Such as `magpie respond`. */
  readonly command: string;
  /** One line for people. */
  readonly says: string;
  /** Shown by `--help`, without the leading `mathpie`. */
  readonly examples: readonly string[];
  /** Artifacts of the run directory that it reads; `rows` are the solutions, or where there are none the instructions. */
  readonly takes: { readonly [artifact: string]: 'needed' | 'optional' };
  /** Those of them that may be too many for memory, and are read as a stream. */
  readonly streams: readonly string[];
  /** Reads the rows of files that are given instead of the first artifact of `takes`. */
  readonly read: (files: readonly string[]) => Promise<readonly object[]>;
  /** Artifacts that it leaves; `rows` go where they came from. */
  readonly gives: readonly string[];
  /** Who it asks, by the name of the setting: `model` is the language model that is opened for it. */
  readonly models: { readonly [setting: string]: ModelRole };
  readonly settings: Given;
  /** Refuses what does not go together, before anything is opened. Throws `InputError`. */
  readonly check?: ((values: Settled<Given>, context: CheckContext) => void | Promise<void>) | undefined;
  /** What cannot be right beside the other steps of a recipe. Throws `InputError`. */
  readonly checkInRecipe?:
    | ((values: Settled<Given>, context: { readonly recipe: RecipeSteps; readonly models: ModelNames }) => void)
    | undefined;
  /** Tokens that its model has to hold at once, prompt and completion, in a recipe; where that is known beforehand. */
  readonly tokens?: ((values: Settled<Given>, recipe: RecipeSteps) => number) | undefined;
  /** A recipe may hold several of them, by name, each in a folder of its own in the run directory. @default false */
  readonly isRepeated?: boolean | undefined;
  /** What depends on presets, on other settings, or on how an artifact was made. @default the values as they are */
  readonly resolve: (values: Settled<Given>, context: ResolveContext) => Values | Promise<Values>;
  /** The name of the stage, where one directory may hold several of this step. @default `name` */
  readonly stage?: ((values: Values) => string) | undefined;
  /** Whether commands may do it several times in one directory with other settings, each on what the one before left: `filter`, `filter-2`, … @default false */
  readonly isNumbered?: boolean | undefined;
  /** Which models are asked in fact. @default all that are named */
  readonly asks?: ((values: Values, context: ResolveContext) => ModelNames) | undefined;
  /** Several stages, where several models have to be open one after the other. @default one */
  readonly parts?: ((values: Values, models: ModelNames) => readonly StepPart<Values>[]) | undefined;
  /** What a recipe's other steps say about this one's settings. */
  readonly inRecipe?: ((recipe: RecipeSteps) => { readonly [setting: string]: unknown }) | undefined;
  /** Refuses settings that a dry run could not keep to. Throws `InputError`. */
  readonly checkPlan?: ((values: Settled<Given>) => void) | undefined;
  /** What is done to the run directory before it is opened. */
  readonly prepare?:
    | ((
        values: Settled<Given>,
        context: { readonly directory: string; readonly onNote: (line: string) => void },
      ) => Promise<void>)
    | undefined;
  /** What the rows depend on beside the artifacts that it takes, by a name: a finished stage is done again where it has changed. */
  readonly inputs?:
    | ((
        values: Settled<Given>,
        context: { readonly directory: string },
      ) => Promise<{ readonly [name: string]: string }>)
    | undefined;
  /** Settings with which a finished stage is done again: it asks for what failed, say. */
  readonly isDoneAgain?: ((values: Settled<Given>) => boolean) | undefined;
  /** `run`: a stage of a run directory. `file`: writes a file of its own, and as a command no stage at all. @default 'run' */
  readonly place?: 'run' | 'file' | undefined;
  /** What a script of python-gpu does for it, before its language model is loaded: both would want the whole GPU. */
  readonly before?: ((given: StepGiven<Values, Settled<Given>>) => Promise<{ readonly rows: StepRows }>) | undefined;
  readonly work: (given: StepGiven<Values, Settled<Given>>) => Promise<Made>;
};

export type ModelRole = {
  /** Whose place it takes in the `models` of a recipe. */
  readonly role:
    | 'problems'
    | 'solutions'
    | 'judge'
    | 'rewards'
    | 'tags'
    | 'guard'
    | 'embeddings'
    | 'answers'
    | 'evaluated';
  readonly says: string;
  readonly isRequired?: boolean | undefined;
  /** A model of a script of python-gpu, which has the GPU for itself. */
  readonly isScript?: boolean | undefined;
};

export type ModelNames = { readonly [setting: string]: string | undefined };

export type RecipeSteps = {
  readonly models: { readonly [role: string]: string | undefined };
  readonly [step: string]: unknown;
};

export type CheckContext = { readonly models: ModelNames };

export type ResolveContext = {
  readonly models: ModelNames;
  /** Of the problems, and so of the prompts. */
  readonly problemLanguage: Language;
  /** The configuration of the stage that made an artifact which this step takes. */
  readonly madeBy: (artifact: string) => StageConfig | undefined;
};

export type StepPart<Values> = {
  readonly stage: string;
  readonly values: Values;
  /** Who this part asks. */
  readonly models: ModelNames;
};

export type RecipeTitle = { readonly name: string; readonly description: string };

/** Rows by the name of their artifact. */
export type StepRows = { readonly [artifact: string]: readonly object[] };

/** What a step's work is given. */
export type StepGiven<Values, Asked = unknown> = {
  readonly settings: Values;
  /** The settings as they were given, defaults included. */
  readonly asked: Asked;
  /** The rows of an artifact that the step takes. */
  take<Row extends object>(artifact: string): readonly Row[];
  /** The same of one that need not be there. */
  find<Row extends object>(artifact: string): readonly Row[] | undefined;
  /** The rows of one that is in `streams`, one at a time; undefined where it is not there. */
  stream<Row extends object>(artifact: string): AsyncIterable<Row> | undefined;
  /** The stage that this is in the run directory; undefined where the step only reads it. */
  readonly stage: string | undefined;
  /** What the step is a part of. */
  readonly recipe: RecipeTitle | undefined;
  /** Which artifact `rows` are: `solutions` or `instructions`. */
  readonly rowsAre: string;
  readonly run: Run;
  /** Where rows go that leave the run directory: a data set, or rows of a file that are written to another. */
  readonly out: string | undefined;
  /** The language model that was opened; a step that names none has none. */
  readonly model: LanguageModel | undefined;
  readonly models: ModelNames;
  readonly seed: number;
  /** Of what people read: cards. */
  readonly language: Language;
  /** Of the problems, and so of the prompts. */
  readonly problemLanguage: Language;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: (progress: StageProgress | GpuProgress) => void;
  readonly onNote: (line: string) => void;
};

export type StepCounts = {
  /** What is counted, such as `texts` or `solutions`. */
  readonly unit: string;
  readonly input: number;
  readonly output: number;
  /** What was lost, by reason, the largest first. */
  readonly lost: Readonly<Record<string, number>>;
  /** What counts alone do not say, in a few words: an accuracy with its interval, say. */
  readonly said?: string | undefined;
  /** Of its calls, where some failed. */
  readonly calls?: CallCounts | undefined;
};

export type Made = {
  /** What later steps may take. */
  readonly rows: StepRows;
  /** The published names of the files for rows that the work has not written itself, by artifact. */
  readonly files?: { readonly [artifact: string]: string } | undefined;
  readonly counts: StepCounts;
  /** For programs: printed as one JSON line, and kept in the manifest. */
  readonly summary: object;
  /** Printed instead of the summary, a line each. */
  readonly lines?: readonly object[] | undefined;
  /** For people: one line or several. */
  readonly notes: readonly string[];
};

type Optional = 'resolve' | 'examples' | 'models' | 'read' | 'streams';

/** Makes a step whose `work` sees the types of its settings, as `resolve` leaves them. */
export function defineStep<Given extends Settings, Values extends object = Settled<Given>>(
  step: Omit<Step<Given, Values>, Optional> & Partial<Pick<Step<Given, Values>, Optional>>,
): Step<Given, Values> {
  const read = async (): Promise<never> => {
    throw new TypeError(`${step.name} reads no files`);
  };
  return { examples: [], models: {}, streams: [], read, resolve: (values) => values as unknown as Values, ...step };
}

/** Any step, as those who only read it see it. */
// biome-ignore lint/suspicious/noExplicitAny: a step's own types end here
export type AnyStep = Step<any, any>;
// biome-ignore lint/suspicious/noExplicitAny: the same of what its work is given
export type AnyGiven = StepGiven<any, any>;
// biome-ignore lint/suspicious/noExplicitAny: and of its settings as they were asked for
export type AnyAsked = Settled<any>;

/** Whether it may ask a language model. Models of scripts of python-gpu have no price, and draw nothing. */
export const asksModel = ({ models }: Pick<AnyStep, 'models'>): boolean =>
  Object.values(models as Step['models']).some(({ isScript }) => !isScript);

/** The model that the work needs; a step whose `models` says that it is required was given one. */
export function neededModel({ model }: { readonly model: LanguageModel | undefined }): LanguageModel {
  if (model === undefined) throw new TypeError('The step was given no model');
  return model;
}

/** Reasons with the largest number first; those of none are left out. */
export function sortReasons(lost: Readonly<Record<string, number | undefined>>): Readonly<Record<string, number>> {
  const entries = Object.entries(lost).flatMap(([reason, count]) => (count ? [[reason, count] as const] : []));
  return Object.fromEntries(entries.sort(([, left], [, right]) => right - left));
}

/** What a file can hold of it: nothing undefined. */
export function toConfig(settings: object): StageConfig {
  return JSON.parse(JSON.stringify(settings));
}
