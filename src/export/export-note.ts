import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { InputError } from '../errors.js';
import { hashFile } from '../storage/hash-file.js';

/** What stands beside an exported file as `FILE.export.json`: where its rows are from, and what they were checked for. */
export type ExportNote = {
  readonly mathpie: string;
  readonly shape: string;
  readonly rows: number;
  readonly sha256: string;
  /** Name of the run directory; null where rows came from elsewhere. */
  readonly run: string | null;
  /** Stages of the run that had not ended. */
  readonly unfinished: readonly string[];
  /** Test sets that overlap was looked for with. */
  readonly tests: readonly string[];
  /** Path of the card, relative to the file. */
  readonly card: string;
  /** The file beside it that is kept for tests. */
  readonly test?: { readonly file: string; readonly rows: number; readonly sha256: string } | undefined;
};

export const noteFile = (file: string): string => `${file}.export.json`;

/** The names of the files that lie beside an exported one in a run directory. */
export const filesBeside = ({
  file,
  card,
  test,
}: {
  readonly file: string;
  readonly card: string;
  readonly test?: { readonly file: string } | undefined;
}): readonly string[] => [
  ...(test === undefined ? [] : [basename(test.file)]),
  basename(card),
  basename(noteFile(file)),
];

const noteSchema = z.strictObject({
  mathpie: z.string(),
  shape: z.string(),
  rows: z.int().nonnegative(),
  sha256: z.string(),
  run: z.string().nullable(),
  unfinished: z.array(z.string()),
  tests: z.array(z.string()),
  // A note of somebody else must not have another file sent in the card's place
  card: z.string().refine((name) => /^[^/\\]+$/.test(name) && name !== '..' && name !== '.'),
  test: z
    .strictObject({ file: z.string().regex(/^[^/\\]+$/), rows: z.int().nonnegative(), sha256: z.string() })
    .optional(),
});

/** The note beside a data file. Throws `InputError` where there is none, or where the file is no longer what it tells of. */
export async function readExportNote(file: string): Promise<ExportNote> {
  const sha256 = await hashFile(file);
  const text = await readFile(noteFile(file), 'utf8').catch(() => undefined);
  const note = noteSchema.safeParse(parse(text));
  if (!note.success) {
    throw new InputError(
      `Cannot use ${file}: no ${noteFile(file)} says where it is from; write it with mathpie export or mathpie assemble`,
      { file },
    );
  }
  const { test } = note.data;
  const testHash = test && (await hashFile(join(dirname(file), test.file)).catch(() => undefined));
  if (note.data.sha256 !== sha256 || testHash !== test?.sha256) {
    throw new InputError(`Cannot use ${file}: it was changed after it was exported; export it again`, { file });
  }
  return note.data;
}

function parse(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
