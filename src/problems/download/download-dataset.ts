import { join } from 'node:path';
import { InputError } from '../../errors.js';
import { named } from '../../name-setting.js';
import { nearestOf } from '../../nearest.js';
import { readProblems } from '../read-problems.js';
import { datasetTable, type PublishedDataset, type PublishedFile } from './dataset-table.js';
import { type DownloadEffects, type DownloadedFile, downloadFile } from './download-file.js';

export type DownloadedDatasetFile = DownloadedFile & Pick<PublishedFile, 'name' | 'rows'> & { readonly file: string };

/** A data set of configs/datasets.json. Throws `InputError` with the nearest name for an unknown one. */
export function findDataset(name: string): PublishedDataset {
  const table = datasetTable();
  const found = Object.hasOwn(table, name) ? table[name] : undefined;
  if (found !== undefined) return found;
  const nearest = nearestOf(name, Object.keys(table));
  const guess = nearest === undefined ? '' : ` (nearest: ${nearest})`;
  throw new InputError(
    `Cannot download ${JSON.stringify(name)}: unknown${guess}, choose one of ${Object.keys(table).join(', ')}`,
  );
}

/**
 * Fetches the files of a published data set into a folder, each whole or not at all (`downloadFile`), and checks that the
 * rows are of the format that the table names. Throws what `downloadFile` throws.
 */
export async function* downloadDataset({
  dataset,
  folder,
  mirror,
  signal,
  onProgress,
  effects,
}: {
  dataset: PublishedDataset;
  folder: string;
  /** Stands in place of the scheme and host of each address; the path stays. */
  mirror?: string | undefined;
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: { name: string; bytes: number; total: number | undefined }) => void) | undefined;
  effects?: DownloadEffects | undefined;
}): AsyncGenerator<DownloadedDatasetFile> {
  for (const published of dataset.files) {
    const { name, rows, url } = published;
    const file = join(folder, name);
    const downloaded = await downloadFile({
      url: mirrored(url, mirror),
      file,
      expected: published,
      check: (whole) => checkFormat(whole, published),
      signal,
      onProgress: (progress) => onProgress?.({ name, ...progress }),
      ...(effects === undefined ? {} : { effects }),
    });
    yield { name, file, rows, ...downloaded };
  }
}

/** `http://mirror:8080/x` and `https://host/a/b` give `http://mirror:8080/x/a/b`. */
export function mirrored(url: string, mirror: string | undefined): string {
  if (mirror === undefined) return url;
  const base = URL.canParse(mirror) ? new URL(mirror) : undefined;
  if (base === undefined || !/^https?:$/.test(base.protocol) || base.search !== '' || base.hash !== '') {
    throw new InputError(
      `Cannot use ${named('mirror')} ${JSON.stringify(mirror)}: give an address such as https://mirror.example`,
    );
  }
  return `${base.origin}${base.pathname.replace(/\/$/, '')}${new URL(url).pathname}`;
}

/** A page that says "not found" with status 200 has no row of the format. */
async function checkFormat(file: string, { format }: PublishedFile): Promise<string | undefined> {
  try {
    let found = '';
    await readProblems({ file, limit: 1, onFormat: ({ name }) => (found = name) });
    return found === format ? undefined : `its rows are of ${found} where ${format} is expected`;
  } catch (error) {
    if (error instanceof InputError) return `its first row is none of ${format} (${reasonOf(error.message)})`;
    throw error;
  }
}

function reasonOf(message: string): string {
  return /:1: (.*); mend the line/.exec(message)?.[1] ?? message;
}
