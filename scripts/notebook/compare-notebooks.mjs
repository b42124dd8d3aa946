import { readFileSync } from 'node:fs';

/**
 * The numbers of the code cells whose outputs differ between two executions of one notebook; 0 where the sources do. A cell with
 * the tag `machine` shows what it runs on, and differs from machine to machine.
 */
export function findDifferences(left, right) {
  const [before, after] = [left, right].map(readCodeCells);
  if (before.length !== after.length || before.some(({ source }, at) => source !== after[at].source)) return [0];
  return before.flatMap(({ outputs, isOfMachine }, at) =>
    !isOfMachine && outputs !== after[at].outputs ? [at + 1] : [],
  );
}

function readCodeCells(file) {
  const { cells } = JSON.parse(readFileSync(file, 'utf8'));
  return cells
    .filter(({ cell_type }) => cell_type === 'code')
    .map(({ source, outputs, metadata }) => ({
      source: JSON.stringify(source),
      outputs: JSON.stringify(outputs),
      isOfMachine: metadata.tags?.includes('machine') === true,
    }));
}
