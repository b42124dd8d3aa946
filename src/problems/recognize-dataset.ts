import { problemPath } from '../everyday-files.js';
import type { FormatName } from './formats/dataset-format.js';
import { isPocketSource } from './pocket-source.js';
import { readProblems } from './read-problems.js';

/** Published data sets that rows are named for. */
export type RecognizedDataset = 'gsm8k' | 'math' | 'pocket';

/**
 * The data set that a file's own format tells, by its first problem: `gsm8k`, `math`, or `pocket` for what is neither. What is wrong with
 * the file is for its reader to say.
 */
export async function recognizeDataset(data: string): Promise<RecognizedDataset> {
  if (isPocketSource(data)) return 'pocket';
  let name: FormatName | undefined;
  await readProblems({
    file: problemPath(data),
    limit: 1,
    skipBad: true,
    onFormat: (format) => {
      name = format.name;
    },
  }).catch(() => undefined);
  return name === undefined ? 'pocket' : (datasetOf[name] ?? 'pocket');
}

const datasetOf: Readonly<Partial<Record<FormatName, RecognizedDataset>>> = {
  gsm8k: 'gsm8k',
  'metamath-gsm8k': 'gsm8k',
  math: 'math',
  math500: 'math',
  'metamath-math': 'math',
};
