import { runCommandLine } from '../run-command-line.js';

/** One command line in this process, and what it wrote: quicker than the built command as a process of its own (`runCli`). */
export const runInProcess = (...words: readonly string[]) => runWith({ isTTY: false }, words);

/** The same where a person reads what it writes. */
export const runBeforePerson = (...words: readonly string[]) => runWith({ isTTY: true }, words);

async function runWith({ isTTY }: { readonly isTTY: boolean }, words: readonly string[]) {
  const text = { stdout: '', stderr: '' };
  const writer = (name: keyof typeof text) => ({ isTTY, write: (part: string) => (text[name] += part) });
  const signal = new AbortController().signal;
  const exitCode = await runCommandLine({ words, stdout: writer('stdout'), stderr: writer('stderr'), signal });
  return { exitCode, ...text };
}
