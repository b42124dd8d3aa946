import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { readFailure } from '../../storage/storage-failure.js';

export type Expected = {
  readonly bytes: number | null;
  readonly sha256: string | null;
  readonly gitBlob: string | null;
};

export type ContentCheck = {
  readonly bytes: number;
  readonly sha256: string;
  /** True where a checksum is known and fits; false where none is known. */
  readonly isVerified: boolean;
  /** What does not fit, in a few words. */
  readonly fault: string | undefined;
};

/** Compares a file with its size, SHA-256 and git object name, as far as they are known. Reads it once, in pieces. */
export async function checkContent(file: string, expected: Expected): Promise<ContentCheck> {
  const { size: bytes } = await stat(file).catch((error: unknown) => {
    throw readFailure(file, error);
  });
  const sha256 = createHash('sha256');
  const blob = createHash('sha1').update(`blob ${bytes}\0`);
  for await (const chunk of createReadStream(file, { highWaterMark: 256 * 1024 })) {
    sha256.update(chunk);
    if (expected.gitBlob !== null) blob.update(chunk);
  }
  const found = { bytes, sha256: sha256.digest('hex'), gitBlob: blob.digest('hex') };
  const name = (['bytes', 'sha256', 'gitBlob'] as const).find(
    (property) => expected[property] !== null && expected[property] !== found[property],
  );
  return {
    bytes,
    sha256: found.sha256,
    isVerified: name === undefined && (expected.sha256 !== null || expected.gitBlob !== null),
    fault: name && `its ${titles[name]} is ${found[name]} where ${expected[name]} is expected`,
  };
}

const titles = { bytes: 'size in bytes', sha256: 'sha256', gitBlob: 'git object name' } as const;
