/**
 * `mathpie/problems`: problems of published data sets, read, recognised, written and fetched, and the pocket grammar, whose problems have answers that
 * are known to be right.
 */

// Data sets (docs/datasets.md).

export { downloadDataset } from './download/download-dataset.js';
export { type FormatName, formatNames } from './formats/dataset-format.js';
export { recognizeFormat } from './formats/recognize-format.js';
export { writeRow } from './formats/write-row.js';
export type { Problem, ReadProblem } from './problem.js';
export { readProblems } from './read-problems.js';
export { streamProblems } from './stream-problems.js';

// The pocket grammar: problems by seed, level and subject, and what a model is taught of them.

export { backwardProblems } from './pocket/backward.js';
export { choosePocketProblems } from './pocket/choose-problems.js';
export { pocketDocuments } from './pocket/documents.js';
export { splitOf } from './pocket/draw-story.js';
export { type PocketProblem, pocketProblems, subjects } from './pocket/generate.js';
export { levels, mathSubject } from './pocket/link.js';
export { pocketAnswers } from './pocket/pocket-answers.js';
export { type Recognized, recognizePocket } from './pocket/recognize.js';
