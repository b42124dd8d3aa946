import { type Language, translate } from '../../language/translate.js';
import type { StageProgress } from '../../runs/track-progress.js';
import { formatCount } from '../../steps/format-count.js';
import { formatProgress } from './format-progress.js';
import { inFlags } from './in-flags.js';
import { printable, printableJson } from './printable.js';

/** What a command says: JSON lines on stdout, words and progress on stderr. */
export type Terminal = {
  /** Language of notes, progress and failures; rows are the same in all. */
  readonly language: Language;
  /** Whether a person reads stdout, and not a program or a file. */
  readonly isRead?: boolean;
  /** A JSON line on stdout. */
  row(value: object): void;
  /** Text on stdout as it is: no row, such as a script for a shell. */
  text(text: string): void;
  /** Waits for a slow reader of stdout, so that a long output does not gather in memory; undefined when none is behind. */
  drained(): Promise<void> | undefined;
  /** A line on stderr; nothing with `--quiet`. */
  note(line: string): void;
  /** The state of a long stage; nothing with `--quiet`. */
  progress(progress: StageProgress): void;
  /** A line on stderr that `--quiet` does not hide. */
  fail(line: string): void;
};

/** Characters of a row that a person is shown: words on stderr told the same, and a screen of braces hides them. */
const longestShownRow = 600;

/** Such as `process.stdout`. */
export type Writer = {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly writableNeedDrain?: boolean;
  write(text: string): unknown;
  once?(event: 'drain', listener: () => void): unknown;
};

/** A terminal redraws one line this often; a log file gets a line this often. In milliseconds. */
const redrawEveryMs = 100;
const lineEveryMs = 5000;

export function openTerminal({
  stdout,
  stderr,
  isQuiet,
  language = 'en',
  isStill = Boolean(process.env.MATHPIE_CLOCK),
  now = isStill ? () => 0 : () => performance.now(),
}: {
  stdout: Writer;
  stderr: Writer;
  isQuiet: boolean;
  language?: Language;
  /** The clock stands still, as where recorded answers are read again: no speed is told, and of each stage its end alone. */
  isStill?: boolean;
  now?: () => number;
}): Terminal {
  let drawn = false;
  let shownAt = Number.NEGATIVE_INFINITY;
  let shownStage = '';

  const erase = (): void => {
    if (drawn) stderr.write('\r\u001b[2K');
    drawn = false;
  };
  const write = (line: string): void => {
    erase();
    // A line end in a label of a file would begin a line of its own, which says what it likes
    stderr.write(`${printable(line).replaceAll('\n', '\\u000a')}\n`);
  };
  const fail = (line: string): void => write(translate(line, language));

  return {
    language,
    isRead: stdout.isTTY === true,
    row: (value) => {
      erase();
      const line = printableJson(value);
      const more = stdout.isTTY && !isQuiet ? line.length - longestShownRow : 0;
      stdout.write(more > 0 ? `${line.slice(0, longestShownRow)}…\n` : `${line}\n`);
      if (more > 0) fail(`${formatCount(more)} more characters of this row: all of it goes to a file with > FILE`);
    },
    text: (text) => {
      erase();
      stdout.write(text);
    },
    drained: () => {
      if (!stdout.writableNeedDrain || stdout.once === undefined) return undefined;
      return new Promise((resolve) => stdout.once?.('drain', resolve));
    },
    note: (line) => {
      if (!isQuiet) fail(inFlags(line));
    },
    fail,
    progress: (progress) => {
      if (isQuiet) return;
      const isLast = progress.done === progress.total;
      const isKnown = progress.stage === shownStage;
      // Of a stage that had nothing left to do, nothing is shown.
      if (isLast && !isKnown) return;
      const isDue = now() - shownAt >= (stderr.isTTY ? redrawEveryMs : lineEveryMs);
      // A log is told of a stage when it has lasted a while, so that an early failure is one line alone.
      const isShown = isKnown ? isLast || isDue : stderr.isTTY;
      if (isShown || !isKnown) shownAt = now();
      shownStage = isLast ? '' : progress.stage;
      if (!isShown) return;
      const line = formatProgress(isStill ? { ...progress, tokensPerSecond: 0 } : progress, language);
      if (!stderr.isTTY || isLast) return write(line);
      erase();
      // One column is left free, or the terminal would wrap; some report a width of 0.
      stderr.write(printable(line).slice(0, (stderr.columns || 80) - 1));
      drawn = true;
    },
  };
}
