import { CancelledError, GpuError, InputError } from '../errors.js';
import { quoteWords } from '../gpu/quote-words.js';
import { type Language, languages } from '../language/translate.js';
import { packageVersion } from '../runs/run-config.js';
import { commands as commandTable } from './commands.js';
import type { Command, CommandContext } from './declare/command.js';
import { formatCommandHelp, formatOverview } from './declare/format-help.js';
import { choice, flag, type Options } from './declare/option.js';
import { readOriginalFlags } from './declare/original-flags.js';
import { type ParsedOptions, parseOptions } from './declare/parse-options.js';
import { type Found, findCommand } from './find-command.js';
import { addDefaults, type Defaults, readDefaults, tellDefaults } from './read-defaults.js';
import { describeError } from './show/describe-error.js';
import { openTerminal, type Writer } from './show/terminal.js';

/** Flags that every command has. */
const commonOptions = {
  quiet: flag({ description: 'No progress and no notes on stderr' }),
  debug: flag({ description: 'Show the stack of an error' }),
  help: flag({ description: 'Show this help' }),
  language: choice({
    description: 'Language of what is said here: progress, notes, tables, errors, help and cards',
    words: languages,
    fallback: 'en',
  }),
  'problem-language': choice({
    description: 'Language of the problems, and so of the prompts that a model is asked with',
    words: languages,
    fallback: 'en',
  }),
};

/** Runs one command line (the words after `mathpie`) and returns its exit code. Never throws. */
export async function runCommandLine({
  words,
  stdout,
  stderr,
  signal,
  extendGrace = () => undefined,
  endAtOnce = () => undefined,
  commands = commandTable,
}: {
  words: readonly string[];
  stdout: Writer;
  stderr: Writer;
  signal: AbortSignal;
  extendGrace?: CommandContext<Options>['extendGrace'];
  endAtOnce?: CommandContext<Options>['endAtOnce'];
  commands?: readonly Command[];
}): Promise<number> {
  const language = findLanguage(words) ?? findDefaultLanguage();
  const terminal = openTerminal({ stdout, stderr, isQuiet: words.includes('--quiet'), language });
  try {
    const help = findHelp(words, commands, language);
    if (help === undefined) {
      return await runFound(findCommand(commands, words), {
        words,
        commands,
        terminal,
        signal,
        extendGrace,
        endAtOnce,
      });
    }
    stdout.write(help);
    return 0;
  } catch (error) {
    // Whatever a library throws when it is stopped, the user stopped it; a script that could not save says so.
    const cause =
      signal.aborted && !(error instanceof GpuError) ? new CancelledError('Stopped', { cause: error }) : error;
    const { exitCode, line } = describeError(cause, { command: quoteCommand(words) });
    terminal.fail(line);
    if (cause instanceof GpuError) for (const logLine of cause.logLines) terminal.fail(`  ${logLine}`);
    if (words.includes('--debug') && error instanceof Error) {
      for (const each of describeStack(error).split('\n')) terminal.fail(each);
    }
    return exitCode;
  }
}

/** The command line as one could type it again. */
export function quoteCommand(words: readonly string[]): string {
  return quoteWords(['mathpie', ...words]);
}

async function runFound(
  found: Found,
  {
    words,
    commands,
    ...context
  }: Omit<CommandContext<Options>, 'values' | 'positionals'> & {
    words: readonly string[];
    commands: readonly Command[];
  },
): Promise<number> {
  if ('group' in found) {
    const names = found.group.map(({ name }) => name).join(', ');
    throw new InputError(`Cannot run ${quoteCommand(words)}: choose one of ${names}; see mathpie --help`);
  }
  const command = withCommonOptions(found.command);
  const { words: typed, notes } = readOriginalFlags(command, found.rest);
  for (const note of notes) context.terminal.note(note);
  const given = withDefaults(command, typed, { commands, ...context });
  try {
    return await runParsed(found.command, parseOptions(command, given.words), context);
  } catch (error) {
    throw given.tellDefaults(error);
  }
}

async function runParsed(
  command: Command,
  { values, positionals }: ParsedOptions,
  context: Omit<CommandContext<Options>, 'values' | 'positionals'>,
): Promise<number> {
  if (typeof values.models === 'string') (await import('../prompts/model-configs.js')).useUserModels(values.models);
  if ('problem-language' in command.options && values['problem-language'] === undefined) tellLanguage(context);
  if (command.isReading) context.endAtOnce();
  return (await command.run({ ...context, values, positionals })) ?? 0;
}

function withDefaults(
  command: Command,
  typed: readonly string[],
  { commands, terminal }: Pick<CommandContext<Options>, 'terminal'> & { commands: readonly Command[] },
): { readonly words: readonly string[]; readonly tellDefaults: (error: unknown) => unknown } {
  const known = commands.map(withCommonOptions);
  const none = { words: typed, tellDefaults: (error: unknown) => error };
  let defaults: Defaults | undefined;
  try {
    defaults = readDefaults(known);
  } catch (error) {
    if (command.isAboutItself !== true) throw error;
  }
  if (defaults === undefined) return none;
  const { file } = defaults;
  const { words, flags } = addDefaults(command, typed, defaults);
  // Names alone: a value may be an address with a key in it
  if (flags.length > 0) terminal.note(`Set by ${defaults.file}: ${flags.join(', ')}`);
  return {
    words,
    tellDefaults: (error) => (error instanceof InputError ? tellDefaults(error, { file, flags, known }) : error),
  };
}

/** Who asks for Japanese words may mean Japanese problems. */
function tellLanguage({ terminal }: Pick<CommandContext<Options>, 'terminal'>): void {
  if (terminal.language === 'en') return;
  terminal.note(
    `The problems are in whatever language the model chooses; --problem-language ${terminal.language} asks for others`,
  );
}

function findHelp(words: readonly string[], commands: readonly Command[], language: Language): string | undefined {
  if (words.length === 0 || words[0] === '--help' || words[0] === '-h' || words[0] === 'help') {
    return formatOverview(commands, language);
  }
  if (words[0] === '--version') return `${packageVersion()}\n`;
  if (!words.includes('--help') && !words.includes('-h')) return undefined;
  const found = findCommand(commands, words);
  return 'group' in found
    ? formatOverview(found.group, language)
    : formatCommandHelp(withCommonOptions(found.command), language);
}

/** Every command with the flags that it takes, those of all commands too. */
export function allCommands(): readonly Command[] {
  return commandTable.map(withCommonOptions);
}

function withCommonOptions(command: Command): Command {
  // Where a command weighs the languages of new problems, that flag stays.
  const own = command.options['problem-language'] ?? commonOptions['problem-language'];
  return { ...command, options: { ...command.options, ...commonOptions, 'problem-language': own } };
}

/** Before the words are parsed, since their faults are told in it too. */
function findLanguage(words: readonly string[]): Language | undefined {
  const at = words.lastIndexOf('--language');
  const word = at === -1 ? words.find((each) => each.startsWith('--language='))?.slice(11) : words[at + 1];
  return languages.find((language) => language === word);
}

function findDefaultLanguage(): Language {
  try {
    const word = readDefaults(allCommands())?.entries.language;
    return languages.find((language) => language === word) ?? 'en';
  } catch {
    // Told when the command is read
    return 'en';
  }
}

function describeStack(error: Error): string {
  const cause = error.cause instanceof Error ? `\nCaused by ${describeStack(error.cause)}` : '';
  return `${error.stack ?? error.message}${cause}`;
}
