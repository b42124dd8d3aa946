// What a person needs of an error of a cell: what went wrong in one line, and which of the own lines it came through. tslab
// prints the whole stack instead, 8 to 20 lines of node:vm, of itself and of packages, in the code that TypeScript made.
const { inspect } = require('node:util');

/** A frame in a cell, such as `at cell-3.ts:1:40` or `at work (cell-3.ts:2:7)`. */
const frame = /\(?(cell-\d+\.ts):(\d+):\d+\)?\s*$/;

/**
 * The text to show; undefined for what says itself how it is shown (a stopped cell), or is no error. `cells`: by the name in
 * the stack, `{source, code}`.
 */
exports.describeError = (error, cells) => {
  if (!isError(error) || typeof error[inspect.custom] === 'function') return undefined;
  // ours say in their line what is behind it
  const causes = 'template' in error ? [] : causesOf(error);
  const lines = [headOf(error), ...causes.map((cause) => `  because: ${headOf(cause)}`)];
  const seen = new Set();
  for (const row of String(error.stack ?? '').split('\n')) {
    const [, name, line] = frame.exec(row) ?? [];
    const cell = name === undefined ? undefined : cells.get(name);
    const own = cell && ownLine(cell, Number(line));
    if (own === undefined || seen.has(`${name}:${own.line}`)) continue;
    seen.add(`${name}:${own.line}`);
    if (seen.size <= 5) lines.push(`  line ${own.line}: ${own.text}`);
  }
  return lines.join('\n');
};

/** Errors of a cell may come from another realm. */
const isError = (value) => Object.prototype.toString.call(value) === '[object Error]' || value instanceof Error;

/** Ours say all in their message; of others the kind is a part of it. */
function headOf(error) {
  const message = String(error.message ?? '').trim();
  if ('template' in error) return message;
  return message === '' ? String(error.name) : `${error.name}: ${message}`;
}

function causesOf(error) {
  const causes = [];
  for (let cause = error.cause; isError(cause) && causes.length < 3; cause = cause.cause) {
    if (!String(error.message).includes(String(cause.message))) causes.push(cause);
  }
  return causes;
}

/**
 * The line of the cell that a line of its code was made of: the compiler moves lines, but keeps their words. The one with most
 * of the words of which the cell has few.
 */
function ownLine({ source, code }, line) {
  const made = wordsOf(code.split('\n')[line - 1] ?? '');
  const rows = source.split('\n').map((text, index) => ({ line: index + 1, text: text.trim(), words: wordsOf(text) }));
  const weight = (word) => 1 / Math.max(1, rows.filter(({ words }) => words.has(word)).length);
  const sum = (words) => [...words].reduce((total, word) => total + weight(word), 0);
  let best;
  for (const row of rows) {
    const shared = sum([...row.words].filter((word) => made.has(word)));
    const likeness = shared / (sum(row.words) + sum(made) - shared);
    if (shared > 0 && (best === undefined || likeness > best.likeness)) best = { ...row, likeness };
  }
  return best && { line: best.line, text: best.text.length > 120 ? `${best.text.slice(0, 117)}…` : best.text };
}

/** Words and numbers, but for what the compiler adds. */
function wordsOf(text) {
  const own = text
    .replace(/^\((?:async )?function\(exports, require\) \{ /, '')
    .replace(/\(0, [\w$]+_\d+\.([\w$]+)\)/g, '$1')
    .replace(/\b(?:exports|[\w$]+_\d+)\.(?=[\w$])/g, '');
  return new Set(own.match(/[\w$]+/g) ?? []);
}
