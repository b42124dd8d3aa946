import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';

/**
 * Answers each line of a stream with a line, in the same order, until the stream ends. What has arrived together is answered together,
 * and a slow reader holds the work up; an empty line is answered by nothing.
 *
 * @returns how many lines were answered
 */
export async function serveLines(
  { input, output, signal }: { readonly input: Readable; readonly output: Writable; readonly signal?: AbortSignal },
  answer: (text: string, line: number) => object,
): Promise<number> {
  input.setEncoding('utf8');
  let rest = '';
  let line = 0;
  let count = 0;
  const write = async (texts: readonly string[]): Promise<void> => {
    let answers = '';
    for (const text of texts) {
      line++;
      if (text.trim() === '') continue;
      count++;
      answers += `${JSON.stringify(answer(text, line))}\n`;
    }
    if (answers !== '' && !output.write(answers)) await once(output, 'drain', signal ? { signal } : {});
  };
  for await (const chunk of input) {
    if (signal?.aborted) break;
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    await write(lines);
  }
  if (!signal?.aborted) await write([rest]);
  return count;
}
