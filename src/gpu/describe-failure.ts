import { GpuError, InputError } from '../errors.js';
import { lastLines, mostLines } from './last-lines.js';
import type { Seen } from './remember-events.js';

/** The scripts' code for input that they refuse; they say why in one line on standard error. */
const refused = 2;

/** The error for a script that ended badly: what it refused, or what it failed with and what came before. */
export async function describeFailure({
  script,
  exitCode,
  errorLines,
  log,
  seen,
  command = '',
  hide,
  wasStopped = false,
}: {
  script: string;
  /** Undefined when a signal ended it. */
  exitCode: number | undefined;
  errorLines: readonly string[];
  /** `from` is where this session's part of it begins, in bytes. */
  log: { readonly file: string; readonly from: number };
  seen: Seen;
  /** Undefined where nobody types one. */
  command?: string;
  hide: (text: string) => string;
  /** Then even a refusal is a fault: there was nothing to refuse but the saving. */
  wasStopped?: boolean;
}): Promise<InputError | GpuError> {
  const refusal =
    seen.failure?.kind === 'user'
      ? seen.failure.message
      : exitCode === refused
        ? errorLines.at(-1)
        : workerRefusal(errorLines);
  if (refusal !== undefined && !wasStopped) return new InputError(hide(refusal));
  const logLines = await lastLines(log.file, log);
  const said = workerFault(errorLines) ?? errorLines.at(-1);
  const why = seen.failure?.message ?? (exitCode === undefined ? 'a signal ended it' : said);
  const reason = (why ?? `it ended with code ${exitCode}`).replace(/\s+/g, ' ').replace(/\.$/, '');
  const after = seen.last === undefined ? 'before its first event' : `its last event is ${seen.last.event}`;
  const wayOut = command === '' ? '' : `; repeat with: ${command}`;
  return new GpuError(hide(`Cannot finish ${script}: ${reason} (${after})${wayOut}`), {
    command: hide(command),
    logLines: (logLines.length > 0 ? logLines : errorLines.slice(-mostLines)).map(hide),
    lastEvent: seen.last?.event,
    exitCode,
  });
}

/** torchrun ends with 1 whatever its workers ended with, and says their codes in its report. */
function workerRefusal(errorLines: readonly string[]): string | undefined {
  if (!errorLines.some((line) => /exitcode\s*:\s*2\b/.test(line))) return undefined;
  return errorLines.find((line) => /^(Rank \d+: )?Cannot /.test(line));
}

/** What a process failed with while the first one, which writes the events, was ended before it could tell. */
function workerFault(errorLines: readonly string[]): string | undefined {
  return errorLines.find((line) => /^(Rank \d+: )?\w+: .*; the traceback is in /.test(line));
}
