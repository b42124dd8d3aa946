// What to run first, where a cell uses a name that no cell has made yet: after a restart the kernel knows nothing, and says
// only "Cannot find name". JupyterLab tells a kernel where its notebook lies (JPY_SESSION_NAME), so the cell can be named.
const { readFileSync } = require('node:fs');
const { declaredNames } = require('./rewrite-names.cjs');

/** TypeScript's codes of a name that is not there. */
const missing = new Set([2304, 2552, 2503, 18004]);

/** What to add to a diagnostic; empty where nothing is known. */
exports.hintFor = ({ code, messageText }, { hasRun }) => {
  const name = missing.has(code) ? /'([^']+)'/.exec(messageText)?.[1] : undefined;
  if (name === undefined) return '';
  const cell = cellThatMakes(name);
  if (cell !== undefined) {
    return `\n  It is made in code cell ${cell.place} (${cell.line}): run that first, or all above by Run > Run All Above Selected Cell`;
  }
  return hasRun
    ? ''
    : '\n  Nothing has run in this kernel yet: run the cells above first (Run > Run All Above Selected Cell)';
};

function cellThatMakes(name) {
  const notebook = process.env.JPY_SESSION_NAME;
  if (notebook === undefined || !notebook.endsWith('.ipynb')) return undefined;
  try {
    const codes = JSON.parse(readFileSync(notebook, 'utf8'))
      .cells.filter(({ cell_type: type }) => type === 'code')
      .map(({ source }) => (Array.isArray(source) ? source.join('') : source));
    const index = codes.findIndex((code) => declaredNames(code).includes(name));
    if (index === -1) return undefined;
    const line = codes[index].split('\n').find((each) => new RegExp(`\\b${escapeName(name)}\\b`).test(each)) ?? '';
    return { place: index + 1, line: shorten(line.trim()) };
  } catch {
    return undefined; // a notebook that is not there or is being written
  }
}

const escapeName = (name) => name.replace(/[$]/g, '\\$&');
const shorten = (line) => (line.length > 60 ? `${line.slice(0, 57)}…` : line);
