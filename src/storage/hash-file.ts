import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFailure } from './storage-failure.js';

/** SHA-256 of a file's bytes as 64 hex digits. Throws `InputError` when it cannot be read. */
export async function hashFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(file)) hash.update(chunk);
  } catch (error) {
    throw readFailure(file, error);
  }
  return hash.digest('hex');
}
