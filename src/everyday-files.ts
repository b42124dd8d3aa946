import { existsSync } from 'node:fs';
import { packagePath } from './package-root.js';

/** Everyday problems and a real model's answers to them lie in data/ under this name (data/everyday/README.md). */
const everyday = 'everyday';

/** The file of problems that `everyday` names; where a file of that name lies it goes first, and any other path stands for itself. */
export const problemPath = (data: string): string => pathOf(data, 'problems.jsonl');

/** The same of recorded answers (`replay:everyday`). */
export const recordingPath = (file: string): string => pathOf(file, 'answers.jsonl');

const pathOf = (path: string, file: string): string =>
  path === everyday && !existsSync(path) ? packagePath('data', everyday, file) : path;
