import { InputError, StorageError } from '../errors.js';

const writeStates: Record<string, string> = {
  ENOSPC: 'the disk is full; what was written before is kept, free some space and repeat the same command',
  EDQUOT: 'the disk quota is used up; what was written before is kept, free some space and repeat the same command',
  EFBIG: 'the file is too large for this file system; choose a directory on another disk',
  EROFS: 'the file system is read-only; choose a directory that can be written',
  EACCES: 'permission denied; choose a directory that you may write to, or change its permissions',
  EPERM: 'permission denied; choose a directory that you may write to, or change its permissions',
  ENOTDIR: 'a part of the path is a file; choose another path',
  EEXIST: 'a file stands in the way; choose another path or move the file',
  EISDIR: 'a directory stands in the way; choose another path',
  ENOENT: 'the directory does not exist and cannot be made; check the path',
  ENAMETOOLONG: 'the path is too long; choose a shorter one',
  EIO: 'the disk reports an input/output error; what was written before is kept, check the disk',
  EMFILE: 'too many files are open; close some programs and repeat the same command',
};

const readStates: Record<string, string> = {
  ENOENT: 'no such file; check the path',
  ENOTDIR: 'a part of the path is a file; check the path',
  EISDIR: 'it is a directory; name a file in it',
  EACCES: 'permission denied; change its permissions',
  EPERM: 'permission denied; change its permissions',
};

/** The one-line `StorageError` for a failed write: `action` is such as `write runs/a/config.json`. */
export function storageFailure(action: string, cause: unknown): StorageError {
  if (cause instanceof StorageError) return cause;
  return new StorageError(`Cannot ${action}: ${stateOf(cause, writeStates)}`, { cause });
}

/** The one-line `InputError` for a file that cannot be read. */
export function readFailure(file: string, cause: unknown): InputError {
  return new InputError(`Cannot read ${file}: ${stateOf(cause, readStates)}`, { file, cause });
}

/** The code of a system error, such as `ENOENT`; undefined for anything else. */
export function errorCode(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

function stateOf(cause: unknown, states: Record<string, string>): string {
  const code = errorCode(cause);
  const known = code === undefined ? undefined : states[code];
  if (known !== undefined) return known;
  return (cause instanceof Error ? cause.message : String(cause)).split('\n', 1)[0] ?? 'unknown reason';
}
