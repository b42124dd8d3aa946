import { agreeInNumber } from './agree-in-number.js';
import { tellNames } from './name-setting.js';

/**
 * What callers can catch. Every message is one line: the action, the state, the way out.
 */
export class MathpieError extends Error {
  override name = 'MathpieError';
  /** The message with its settings marked (`named`), for who knows the caller's words for them. */
  template: string;

  constructor(message: string, options: { cause?: unknown } = {}) {
    super(agreeInNumber(tellNames(message, (setting) => setting)), options);
    this.template = message;
  }

  /** Puts the caller's words for its settings into the message. */
  tell(word: (setting: string) => string): void {
    this.template = tellNames(this.template, word);
    this.message = this.template;
  }
}

/** The user's input cannot be used: a flag, a file, a line of a file. `file` and `line` (from 1) say where. */
export class InputError extends MathpieError {
  override name = 'InputError';
  readonly file: string | undefined;
  readonly line: number | undefined;

  constructor(message: string, options: { file?: string; line?: number; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.file = options.file;
    this.line = options.line;
  }
}

/** A model cannot be opened or does not answer; `status` is the HTTP status where there is one. */
export class ModelError extends MathpieError {
  override name = 'ModelError';
  readonly status: number | undefined;

  constructor(message: string, options: { status?: number; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.status = options.status;
  }
}

/** A hub cannot be reached or refuses; `status` is the HTTP status where there is one. Never holds the token. */
export class HubError extends MathpieError {
  override name = 'HubError';
  readonly status: number | undefined;

  constructor(message: string, options: { status?: number | undefined; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.status = options.status;
  }
}

/** A run directory cannot be used: locked, read-only, full, or made with another configuration. */
export class StorageError extends MathpieError {
  override name = 'StorageError';
}

/**
 * A script of python-gpu failed. The message is one line; the fields say what came before the failure. Secrets of the
 * environment are cut out of all of them.
 */
export class GpuError extends MathpieError {
  override name = 'GpuError';
  /** The shell command that starts the same run again. */
  readonly command: string;
  /** The last lines of run.log, or of what the script wrote while there was none yet. */
  readonly logLines: readonly string[];
  /** Name of the last event that the script reported, such as `step-end`; undefined when it reported none. */
  readonly lastEvent: string | undefined;
  readonly exitCode: number | undefined;

  constructor(
    message: string,
    options: {
      command: string;
      logLines: readonly string[];
      lastEvent?: string | undefined;
      exitCode?: number | undefined;
      cause?: unknown;
    },
  ) {
    super(message, { cause: options.cause });
    this.command = options.command;
    this.logLines = options.logLines;
    this.lastEvent = options.lastEvent;
    this.exitCode = options.exitCode;
  }
}

/** More calls of a step failed than may, or all with which it began. What was answered is kept. */
export class FailedCallsError extends ModelError {
  override name = 'FailedCallsError';
}

/** A prompt template and the values given to it do not fit. */
export class PromptError extends MathpieError {
  override name = 'PromptError';
}

/** The user stopped the work (Ctrl-C or an aborted signal); what is done is kept. */
export class CancelledError extends MathpieError {
  override name = 'CancelledError';
}

/** A budget is used up; what was under way is finished, and what is done is kept. `flag` is the one that a higher budget is given to. */
export class BudgetError extends MathpieError {
  override name = 'BudgetError';
  readonly flag: 'budget-usd' | 'budget-tokens' | 'budget-minutes';

  constructor(message: string, options: { flag: BudgetError['flag'] }) {
    super(message);
    this.flag = options.flag;
  }
}
