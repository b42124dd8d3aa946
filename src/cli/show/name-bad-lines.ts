import type { BadLine } from '../../answers/grade/read-answer-row.js';
import { formatCount } from '../../steps/format-count.js';
import type { Terminal } from './terminal.js';

/** More names would hide everything else; the rest is counted. */
const mostNamed = 10;

/** Names the first skipped lines as they come; `close` counts the ones that were not named. */
export function nameBadLines({ file, terminal }: { file: string; terminal: Terminal }) {
  let count = 0;
  return {
    add: ({ line, reason }: BadLine): void => {
      count++;
      if (count <= mostNamed) terminal.note(`Skipped ${file} line ${line}: ${reason}`);
    },
    close: (): void => {
      if (count > mostNamed) terminal.note(`Skipped ${formatCount(count - mostNamed)} more lines of ${file}`);
    },
  };
}
