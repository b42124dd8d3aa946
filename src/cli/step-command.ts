import { describeCalls } from '../runs/count-calls.js';
import type { StepOutcome } from '../steps/chain-options.js';
import { formatReasons } from '../steps/format-reasons.js';
import type { Chosen } from '../steps/link.js';
import { flagOf, type Settings } from '../steps/setting.js';
import { type AnyStep, asksModel } from '../steps/step.js';
import { type Command, type CommandContext, defineCommand } from './declare/command.js';
import { integer, type Options, requiredText, text, texts } from './declare/option.js';
import { fromFlags, toOptions } from './declare/to-option.js';
import { modelsOption, modelWords, promptLanguage, runOption } from './options/shared-options.js';
import { checkSpending, readBudget, readCacheUse, spendingOptions } from './options/spending-options.js';
import { reportPlan } from './show/report-plan.js';
import { tellNothing } from './show/tell-nothing.js';
import type { Terminal } from './show/terminal.js';
import { writeRows } from './write-rows.js';

type Values = { readonly [flag: string]: unknown };
type Context = Pick<CommandContext<Options>, 'terminal' | 'signal' | 'endAtOnce'> & { readonly values: Values };

/** A step as a command: a chain of one, in a run directory or, where it asks nobody, from files to a file. */
export function stepCommand(step: AnyStep): Command {
  const asks = asksModel(step);
  const isFilter = isFilterStep(step);
  const options: Options = {
    ...modelOptions(step),
    ...(isFilter ? filterOptions : hasDirectory(step) ? { run: runOption } : {}),
    ...(isExport(step) ? { out: setOption } : {}),
    ...(hasFiles(step) ? fileOptionsOf(step) : {}),
    ...(asks ? { seed: seedOption, ...spendingOptions } : {}),
    // A probe of its own goes before that of dry runs
    ...toOptions(step.settings),
  };
  return defineCommand({
    name: step.command,
    summary: step.says,
    usage: usageOf(step, options),
    options,
    examples: step.examples.map((example) => `mathpie ${example}`),
    run: (context) => runStep(step, context as unknown as Context),
  });
}

/** The flag of a setting of a step, as the command line writes it. */
export function flagOfSetting(step: AnyStep, setting: string): string {
  return `--${flagOf(setting, step.settings[setting] ?? {})}`;
}

async function runStep(step: AnyStep, { values, terminal, signal, endAtOnce }: Context): Promise<number> {
  const { runChain } = await import('../steps/run-chain.js');
  const { settle } = await import('../steps/setting.js');
  const models = Object.fromEntries(
    Object.keys(step.models).map((setting) => [setting, values[flagOf(setting)] as string | undefined]),
  );
  if (values['chat-template'] !== undefined && models.model !== undefined) {
    const { withChatTemplate } = await import('../models/with-chat-template.js');
    models.model = withChatTemplate(models.model, String(values['chat-template']));
  }
  const chosen: Chosen = {
    step,
    values: settle(step.settings as Settings, fromFlags(step.settings, ofStep(step, values))),
    models,
    ...(hasFiles(step) ? filesOf(values) : {}),
  };
  const options = {
    chain: [chosen],
    seed: values.seed as number | undefined,
    language: terminal.language,
    problemLanguage: promptLanguage(values['problem-language']),
    out: values.out as string | undefined,
    isAgain: true,
    nameOf: (setting: string) => flagOfSetting(step, setting),
    signal,
    onProgress: terminal.progress,
    onNote: terminal.note,
  };
  const directory = hasDirectory(step) ? (values.run as string | undefined) : undefined;
  if (directory === undefined || options.out !== undefined) {
    const where = { ...options, directory: chosen.data?.length ? undefined : directory };
    return doOnFiles(step, where, { terminal, isEmptyAllowed: values['allow-empty'] === true });
  }
  const asked = { ...options, directory, ...readSpending(step, values) };
  if (values['dry-run']) {
    endAtOnce();
    const { planChain } = await import('../steps/plan-chain.js');
    const plan = await planChain({ ...asked, isProbing: values.probe as boolean });
    for (const { step: stage, stages, model, price } of plan.steps) {
      const isAsking = stages.some(({ completions }) => completions > 0) || price !== null;
      if (model === null || !isAsking) terminal.note(`Dry run of ${stage}: no language model is asked`);
      else reportPlan({ stages, model, price: price ?? undefined, stage, terminal, isBatch: values.batch as boolean });
    }
    return 0;
  }
  // Told when it is over, whatever comes of it
  const onStep = ({ notes, summary, lines = [summary] }: StepOutcome): void => {
    for (const line of notes) terminal.note(line);
    for (const line of lines) terminal.row(line);
  };
  const { steps } = await runChain({ ...asked, onStep });
  for (const { calls } of steps) if (calls !== undefined) terminal.fail(describeCalls(calls));
  const nothing = tellNothing(steps);
  if (nothing !== undefined) terminal.fail(nothing);
  return nothing === undefined ? 0 : 1;
}

/** `--probe` beside `--dry-run` asks for its few requests, also where the step has a probe of its own. */
const ofStep = (step: AnyStep, values: Values): Values =>
  'probe' in step.settings && values['dry-run'] ? { ...values, probe: false } : values;

function readSpending(step: AnyStep, values: Values): object {
  if (!asksModel(step)) return {};
  const given = values as Parameters<typeof checkSpending>[0];
  checkSpending('probe' in step.settings ? { ...given, probe: given.probe && given['dry-run'] } : given);
  const { prices, batch: isBatch, concurrency, 'max-failed': maxFailed } = given;
  return { budget: readBudget(given), cache: readCacheUse(given), prices, isBatch, concurrency, maxFailed };
}

type Chain = Parameters<typeof import('../steps/read-only-step.js')['doReadOnly']>[0];

/** Rows of files, or of a run directory that stays as it is, to `--out` or stdout. */
async function doOnFiles(
  step: AnyStep,
  options: Chain,
  { terminal, isEmptyAllowed }: { readonly terminal: Terminal; readonly isEmptyAllowed: boolean },
): Promise<number> {
  const { doReadOnly } = await import('../steps/read-only-step.js');
  const { refuseRunFile } = await import('../runs/refuse-run-file.js');
  if (options.out !== undefined) await refuseRunFile(options.out);
  const { made, rowsAre } = await doReadOnly(options);
  for (const line of made.notes) terminal.note(line);
  if (!isFilterStep(step)) {
    for (const line of made.lines ?? [made.summary]) terminal.row(line);
    const { input, output, lost } = made.counts;
    if (output > 0 || isEmptyAllowed) return 0;
    terminal.fail(`Nothing is in the set: none of ${input} ${made.counts.unit} is left${formatReasons(lost)}`);
    return 1;
  }
  const rows = made.rows[rowsAre] ?? [];
  await writeRows({ rows, out: options.out, terminal });
  // stdout holds rows alone
  if (options.out !== undefined) terminal.row({ ...made.summary, file: options.out });
  if (rows.length > 0 || made.counts.input === 0 || isEmptyAllowed) return 0;
  terminal.fail(`Nothing is left: none of ${made.counts.input} ${made.counts.unit} was kept`);
  return 1;
}

/** A step that takes rows of files and gives rows, without asking a language model. */
const isFilterStep = (step: AnyStep): boolean =>
  Object.keys(step.takes)[0] === 'rows' && Object.values(step.models).every(({ isScript }) => isScript);

const isExport = ({ place }: AnyStep): boolean => place === 'file';
/** A step that takes nothing of a run directory, and leaves nothing there, may have a `--run` of its own. */
const hasDirectory = (step: AnyStep): boolean => !isExport(step) || Object.keys(step.takes).length > 0;
const hasFiles = (step: AnyStep): boolean => Object.values(step.takes)[0] === 'needed' && !isExport(step);

function modelOptions({ models }: AnyStep): Options {
  const options = Object.fromEntries(
    Object.entries(models).map(([setting, { says, isRequired = false, isScript }]) => {
      const words = isScript ? says : `${says}: ${modelWords}`;
      const option = isRequired ? requiredText : text;
      return [flagOf(setting), option({ valueName: 'MODEL', description: words })];
    }),
  );
  const takesTemplate = models.model !== undefined && !models.model.isScript;
  return { ...options, ...(takesTemplate ? { 'chat-template': templateOption, models: modelsOption } : {}) };
}

const templateOption = text({
  valueName: 'FILE',
  description:
    'Jinja chat template in place of the model’s own: gguf:, hf:, ollama:, vllm:, servers with raw completions',
});

function usageOf(step: AnyStep, options: Options): string {
  const required = Object.entries(options).filter(([, { isRequired }]) => isRequired);
  const words = required.map(([name, { valueName }]) => `--${name} ${valueName}`);
  return [...(isFilterStep(step) ? ['--data FILE --out FILE | --run DIR'] : words), '[options]'].join(' ');
}

function filesOf({ data, type }: Values): Pick<Chosen, 'data' | 'type'> {
  return { data: data as readonly string[], type: type as string | undefined };
}

const seedOption = integer({
  valueName: 'S',
  description: 'the same seed gives the same texts; that of the run directory when left out, else 0',
  fallback: undefined,
  minimum: 0,
  maximum: 2 ** 31 - 1,
});

const setOption = requiredText({
  valueName: 'FILE',
  description: 'JSONL to write; a data set card is put beside it',
});

const fileOptionsOf = ({ takes }: AnyStep) => ({
  data: texts({
    valueName: 'FILE',
    description: `${fileWords(Object.keys(takes)[0])}; may be given again`,
  }),
  type: text({
    valueName: 'TYPE',
    description: 'type of the file in --run to take, such as ins_res; the latest when left out',
  }),
});

/** Candidates are made by one step, rows by most. */
const fileWords = (artifact = 'rows'): string =>
  artifact === 'rows'
    ? "rows from here instead of --run: of any step, ours or the original's"
    : `${artifact} from here instead of --run: ours or the original's`;

const filterOptions = {
  run: text({
    valueName: 'DIR',
    description: 'run directory to take the rows from and to write to, instead of --data',
  }),
  out: text({
    valueName: 'FILE',
    description: 'write the rows here as JSON lines; with --run a file of the run is written instead',
  }),
};
