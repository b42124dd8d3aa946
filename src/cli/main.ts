#!/usr/bin/env node
/** What `mathpie` starts: one command line, Ctrl-C, and the exit code. */

import { waitAfterStopMs } from '../gpu/wait-after-stop.js';
import { quoteCommand, runCommandLine } from './run-command-line.js';
import { describeError, describeStop } from './show/describe-error.js';
import { printable } from './show/printable.js';

// One that trains asks for more
let graceMs: number = waitAfterStopMs.command;

const words = process.argv.slice(2);
const controller = new AbortController();

process.on('SIGINT', stop);
process.on('SIGTERM', stop);
// `mathpie … | head` closes the pipe early: nobody is left to tell.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 2));

runCommandLine({
  words,
  stdout: process.stdout,
  stderr: process.stderr,
  signal: controller.signal,
  extendGrace: (longerMs) => {
    graceMs = longerMs;
  },
  // A handler waits for a turn of the event loop, the system's own way does not
  endAtOnce: () => {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  },
})
  .catch((error: unknown) => {
    const { exitCode, line } = describeError(error, { command: quoteCommand(words) });
    process.stderr.write(`${printable(line)}\n`);
    return exitCode;
  })
  // An engine's threads or an open connection must not keep a finished command alive.
  .then((exitCode) => process.stdout.write('', () => process.exit(exitCode)));

function stop(): void {
  if (controller.signal.aborted) process.exit(130);
  controller.abort();
  // Records are with the operating system as soon as they are made, so that leaving by force loses none.
  setTimeout(() => {
    process.stderr.write(`${printable(describeStop(quoteCommand(words)))}\n`);
    process.exit(130);
  }, graceMs).unref();
}
