import path from 'node:path';

const widestLine = 72;
const plainProgressMs = 10_000;

/**
 * Shows a notebook's events to a person. In a terminal the running cell keeps one line that is redrawn with its live
 * progress; in a log each cell is one line, and a long cell says every ten seconds where it is. `byChapter` has a line for each chapter instead, by
 * its heading.
 */
export function showCells({
  write = (text) => process.stderr.write(text),
  isTerminal = process.stderr.isTTY === true,
  now = Date.now,
  byChapter = false,
} = {}) {
  let total = 0;
  let head = '';
  let startedAt = 0;
  let shownAt = 0;
  let progress = '';
  let timer;
  let chapter = '';
  let chapterStartedAt = 0;

  /** The line of a chapter that is done; nothing in front of the first. */
  const closeChapter = () => {
    if (chapter !== '')
      line(`  ${cut(chapter, widestLine - 12)} (${((now() - chapterStartedAt) / 1000).toFixed(0)} s)`);
    chapter = '';
  };

  const redraw = () => {
    if (head === '') return;
    const seconds = `${((now() - startedAt) / 1000).toFixed(0)} s`;
    const tail = progress === '' ? seconds : `${seconds}, ${progress}`;
    write(`\r\x1b[K${cut(`${head} … ${tail}`, process.stderr.columns || 80)}`);
  };
  const line = (text) => write(isTerminal ? `\r\x1b[K${text}\n` : `${text}\n`);
  const stopTimer = () => clearInterval(timer);

  const show = (event) => {
    if (event.event === 'notebook-start') {
      total = event.cells;
    } else if (event.event === 'cell-start') {
      const isNext = event.chapter !== undefined && event.chapter !== chapter;
      if (byChapter && isNext) {
        closeChapter();
        chapter = event.chapter;
        chapterStartedAt = now();
      }
      head = byChapter
        ? `  ${cut(chapter === '' ? 'Start' : chapter, widestLine - 20)}`
        : `  cell ${event.cell} of ${total}: ${cut(event.line, widestLine - 20)}`;
      startedAt = now();
      shownAt = startedAt;
      progress = '';
      stopTimer();
      if (isTerminal) {
        redraw();
        timer = setInterval(redraw, 500);
      }
    } else if (event.event === 'cell-progress') {
      progress = oneLine(event.text);
      if (!isTerminal && now() - shownAt >= plainProgressMs) {
        shownAt = now();
        line(`    ${progress}`);
      }
    } else if (event.event === 'cell-end') {
      stopTimer();
      if (!byChapter) {
        line(`${head} (${event.seconds.toFixed(1)} s)`);
        if (progress !== '') line(`    ${progress}`);
      }
      head = '';
    } else if (event.event === 'notebook-end') {
      closeChapter();
    } else if (event.event === 'cell-error') {
      stopTimer();
      line(`Cannot finish the notebook: cell ${event.cell} of ${total} failed, "${cut(event.line, widestLine)}"`);
      for (const said of event.text.split('\n')) line(`    ${withoutControls(said)}`);
      line(`What ran until then is in ${path.relative(process.cwd(), event.out)}`);
      head = '';
    }
  };
  return { show, line, end: stopTimer };
}

/** Text of a cell is untrusted for a terminal as well: no control characters, one line. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const withoutControls = (text) => text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ').trimEnd();

const oneLine = (text) => withoutControls(text).trim();

function cut(text, width) {
  const plain = withoutControls(text);
  return plain.length <= width ? plain : `${plain.slice(0, width - 1)}…`;
}
