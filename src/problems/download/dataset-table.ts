import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { packagePath } from '../../package-root.js';
import { type FormatName, formatNames } from '../formats/dataset-format.js';

/** What a file has to be. A checksum that nobody could take from the source itself is null, and said to be unknown. */
export type PublishedFile = {
  readonly name: string;
  readonly url: string;
  readonly format: FormatName;
  readonly rows: number | null;
  readonly bytes: number | null;
  readonly sha256: string | null;
  /** The object name that git gives the content: SHA-1 of `blob SIZE\0` and the bytes. */
  readonly gitBlob: string | null;
};

export type PublishedDataset = {
  readonly title: string;
  /** One line, shown before anything is fetched. */
  readonly licence: string;
  /** What hubs call it; null where parts have several. */
  readonly licenceName: string | null;
  readonly files: readonly PublishedFile[];
};

/** The data sets of configs/datasets.json by name, under a strict schema. */
export function datasetTable(): Readonly<Record<string, PublishedDataset>> {
  return schema.parse(JSON.parse(readFileSync(packagePath('configs', 'datasets.json'), 'utf8')));
}

/** The data set that a file of this SHA-256 is of; undefined where it is none of the table's, as a part of one is. */
export function findPublished(sha256: string): PublishedDataset | undefined {
  return Object.values(datasetTable()).find(({ files }) => files.some((file) => file.sha256 === sha256));
}

const schema = z.record(
  z.string(),
  z.strictObject({
    title: z.string(),
    licence: z.string(),
    licenceName: z.string().nullable(),
    files: z.array(
      z.strictObject({
        name: z.string().regex(/^[\w.-]+$/),
        url: z.url({ protocol: /^https$/ }),
        format: z.enum(formatNames),
        rows: z.int().nullable(),
        bytes: z.int().nullable(),
        sha256: z
          .string()
          .regex(/^[0-9a-f]{64}$/)
          .nullable(),
        gitBlob: z
          .string()
          .regex(/^[0-9a-f]{40}$/)
          .nullable(),
      }),
    ),
  }),
);
