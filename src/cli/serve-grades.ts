import { randomBytes } from 'node:crypto';
import type { Terminal } from './show/terminal.js';

/**
 * Answers lines on stdin until it ends or, with a port, over HTTP on this machine until the command is stopped or stdin ends. The token is
 * that of the environment variable MATHPIE_GRADER_TOKEN, or a new one.
 */
export async function serveGrades(
  {
    port,
    terminal,
    signal,
  }: { readonly port: number | undefined; readonly terminal: Terminal; readonly signal: AbortSignal },
  answer: (text: string, line: number) => object,
): Promise<void> {
  if (port === undefined) {
    const { serveLines } = await import('../evaluation/serve-lines.js');
    await serveLines({ input: process.stdin, output: process.stdout, signal }, answer);
    return;
  }
  const { serveHttp } = await import('../evaluation/serve-http.js');
  const token = process.env.MATHPIE_GRADER_TOKEN || randomBytes(24).toString('base64url');
  const { url, close } = await serveHttp({ port, token }, answer);
  terminal.row({ url, token });
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
    // Whoever started the service closes stdin to end it; a terminal or nothing behind it does not.
    if (!process.stdin.isTTY) process.stdin.on('end', resolve).resume();
  });
  await close();
}
