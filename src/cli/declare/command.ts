import type { Terminal } from '../show/terminal.js';
import type { Options, Values } from './option.js';

/**
 * One command as data. `run` calls functions of the other folders and holds no logic of its own; what it returns is the
 * exit code, 0 when it returns nothing.
 */
export type Command = {
  /** Such as `magpie instruct`. */
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What stands after the name in the usage line, such as `FILE.jsonl [options]`. */
  readonly usage: string;
  /** Words that are no flags, by name; all required but those in brackets, which stand last; `FILE…` takes any number. */
  readonly positionals: readonly string[];
  readonly options: Options;
  /** Shown under the options. */
  readonly examples: readonly string[];
  /** Lines at the end of the help, such as one of the file that is read. */
  readonly more?: readonly string[];
  /** It only reads and tells: there is nothing to end in good order, and Ctrl-C ends it at once, however long it computes. */
  readonly isReading?: boolean;
  /** It works, without the user's defaults, where the file of them cannot be used: what one types to find out, or each time a shell starts. */
  readonly isAboutItself?: boolean;
  readonly run: (context: CommandContext<Options>) => Promise<number | undefined>;
};

export type CommandContext<Given extends Options> = {
  readonly values: Values<Given>;
  readonly positionals: readonly string[];
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  /** Asks for more time to stop in good order, in milliseconds. */
  readonly extendGrace: (graceMs: number) => void;
  /** From now on a signal ends the process at once, also while it computes: nothing is kept. */
  readonly endAtOnce: () => void;
};

/** Makes a command whose `run` sees the types of its options. */
export function defineCommand<Given extends Options>({
  positionals = [],
  examples = [],
  more = [],
  run,
  ...rest
}: Pick<Command, 'name' | 'summary' | 'usage'> & {
  readonly options: Given;
  readonly positionals?: readonly string[];
  readonly examples?: readonly string[];
  readonly more?: readonly string[];
  readonly isReading?: boolean;
  readonly isAboutItself?: boolean;
  readonly run: (context: CommandContext<Given>) => Promise<number> | Promise<void>;
}): Command {
  // The parser builds `values` from these very options, so that the narrower type holds.
  return { ...rest, positionals, examples, more, run: run as unknown as Command['run'] };
}
