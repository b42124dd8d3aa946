// Loaded before tslab (see mend-tslab.cjs). How tslab runs a cell, mended: names of earlier cells work in every place
// (rewrite-names.cjs), what fails is told in the reader's own lines (describe-error.cjs), a name that is not there yet names
// the cell that makes it (missing-name.cjs), and a cell that failed keeps its imports.
const { createRequire } = require('node:module');
const vm = require('node:vm');
const { describeError } = require('./describe-error.cjs');
const { hintFor } = require('./missing-name.cjs');
const { importsOf, rewriteNames } = require('./rewrite-names.cjs');

const executorModule = createRequire(require.resolve('tslab/package.json'))('./dist/executor.js');
const { createExecutor } = executorModule;
const { runInThisContext } = vm;

/** Cells by the name under which they stand in a stack: the source that the reader wrote, and the code that ran. */
const cells = new Map();
const mostCells = 2000;
let source = '';
let count = 0;

vm.runInThisContext = (code, options, ...more) => {
  // only cells are run so
  if (options?.breakOnSigint !== true) return runInThisContext(code, options, ...more);
  count += 1;
  const filename = `cell-${count}.ts`;
  cells.set(filename, { source, code });
  if (cells.size > mostCells) cells.delete(cells.keys().next().value);
  return runInThisContext(code, { ...options, filename }, ...more);
};

executorModule.createExecutor = (rootDir, convs, console) => {
  let isQuiet = false;
  let hasRun = false;
  const said = {
    log: (...given) => isQuiet || console.log(...given),
    error: (...given) => {
      if (isQuiet) return;
      const described = given.length === 1 ? describeError(given[0], cells) : undefined;
      if (described === undefined) console.error(...given);
      else console.error(described);
    },
  };
  const executor = createExecutor(
    rootDir,
    mendConverters(convs, () => hasRun),
    said,
  );
  const { execute } = executor;
  return {
    ...executor,
    execute: async (given) => {
      source = given;
      const isDone = await execute(given);
      hasRun ||= isDone;
      if (isDone) return true;
      const imports = importsOf(given);
      if (imports === '') return false;
      isQuiet = true;
      try {
        hasRun = (await execute(imports)) || hasRun;
      } finally {
        isQuiet = false;
      }
      return false;
    },
  };
};

/** The converters with names mended on the way in, and places and hints on the way out. */
function mendConverters(convs, hasRun) {
  const mended = new WeakMap();
  const mend = (converter) => {
    if (!mended.has(converter)) {
      const convert = (declarations, given) => {
        const { text, toGiven } = rewriteNames(given);
        const converted = converter.convert(declarations, text);
        if (!converted.diagnostics?.length) return converted;
        const diagnostics = converted.diagnostics.map((each) => ({
          ...each,
          ...(each.fileName === undefined ? { start: toGiven(each.start), end: toGiven(each.end) } : {}),
          messageText: `${each.messageText}${hintFor(each, { hasRun: hasRun() })}`,
        }));
        return { ...converted, diagnostics };
      };
      mended.set(converter, { ...converter, convert });
    }
    return mended.get(converter);
  };
  return {
    get node() {
      return mend(convs.node);
    },
    get browser() {
      return convs.browser;
    },
    close: () => convs.close(),
  };
}
