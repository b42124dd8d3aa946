const mostLines = 60;
const mostColumns = 100;

/** What was typed and printed as a page that looks like a terminal; lines that were overwritten are left out, as on a screen. */
export function terminalPage(line, output) {
  const lines = output.trimEnd().split('\n').map(lastState).flatMap(fold);
  const shown =
    lines.length <= mostLines
      ? lines
      : [...lines.slice(0, 20), `… ${lines.length - mostLines} more lines`, ...lines.slice(20 - mostLines)];
  const text = [`$ ${line}`, ...shown].map(escapeHtml).join('\n');
  return `<!doctype html><meta charset="utf-8"><body style="margin:0;background:#14171b"><pre style="margin:0;padding:14px 18px;color:#e6e9ed;font:14px/1.4 'DejaVu Sans Mono',monospace">${text}</pre>`;
}

/** A spinner goes back to the first column, or clears its line, and writes anew. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: what moves a terminal's cursor
const lineStart = /\u001b\[(?:1?G|[012]?K)|\r/g;
const lastState = (line) => {
  const states = line
    .replace(lineStart, '\r')
    .split('\r')
    .filter((state) => !/^[\u2800-\u28ff]?$/.test(state));
  return states.at(-1) ?? '';
};

function fold(line) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours of a terminal
  const plain = line.replace(/\u001b\[[0-9;]*[A-Za-z]/g, '');
  const parts = [];
  for (let at = 0; at < Math.max(1, plain.length); at += mostColumns) parts.push(plain.slice(at, at + mostColumns));
  return parts;
}

const escapeHtml = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
