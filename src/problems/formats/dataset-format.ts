import type { JsonObject } from '../../storage/read-jsonl.js';
import type { ReadProblem } from '../problem.js';

/** The formats that are read and written (docs/datasets.md). */
export const formatNames = [
  'mathpie',
  'gsm8k',
  'math',
  'math500',
  'metamath-gsm8k',
  'metamath-math',
  'metamathqa',
  'alpaca',
] as const;

/** The name of a published format of rows. */
export type FormatName = (typeof formatNames)[number];

/** Formats that a problem can be written in. */
export const writtenFormats = [
  'mathpie',
  'gsm8k',
  'math',
  'metamathqa',
  'alpaca',
] as const satisfies readonly FormatName[];

export type WrittenFormat = (typeof writtenFormats)[number];

/** What a row says about its problem; the id is made by the reader where the row has none. */
export type ReadFields = Omit<ReadProblem, 'id'> & { readonly id?: string };

/** How the rows of one published data set are read. */
export type DatasetFormat = {
  readonly name: FormatName;
  /** As the note on stderr says it. */
  readonly title: string;
  /** The field that holds the question; a row of another format lacks it. */
  readonly questionField: 'question' | 'problem' | 'query' | 'instruction';
  /** Questions hold LaTeX. */
  readonly isMath: boolean;
  /** Reads a row, or says in a few words why it is none of this format; ready to follow `file:line: `. */
  readonly read: (row: JsonObject) => ReadFields | string;
};
