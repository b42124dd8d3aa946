import { open } from 'node:fs/promises';
import { InputError } from '../errors.js';
import { readFailure } from './storage-failure.js';

/** Rows of numbers, one after the other in `data`. */
export type Matrix = { readonly rowCount: number; readonly columnCount: number; readonly data: Float32Array };

/** Read at a time; Node reads no more than 2 GiB at once. */
const pieceBytes = 64 * 1024 * 1024;

/**
 * Reads a matrix that numpy.save wrote: two dimensions, float32, little-endian, in C order (NPY format 1.0 to 3.0, NEP 1).
 * Throws `InputError` that says what the file is instead, or where it ends too early.
 */
export async function readNpy(file: string): Promise<Matrix> {
  const handle = await open(file, 'r').catch((error: unknown) => {
    throw readFailure(file, error);
  });
  try {
    const start = Buffer.alloc(12);
    await handle.read(start, 0, 12, 0);
    if (start.toString('latin1', 0, 6) !== '\x93NUMPY') throw bad(file, 'it is no .npy file');
    const isShort = start[6] === 1;
    const [from, length] = isShort ? [10, start.readUInt16LE(8)] : [12, start.readUInt32LE(8)];
    if (length > 65536) throw bad(file, 'its header is broken');
    const header = Buffer.alloc(length);
    await handle.read(header, 0, length, from);
    const { rowCount, columnCount } = readShape(header.toString('latin1'), file);
    const { size } = await handle.stat();
    const expected = from + length + 4 * rowCount * columnCount;
    if (size < expected)
      throw bad(file, `it has ${size} bytes where its header promises ${expected}; finish the run that makes it`);
    const data = new Float32Array(rowCount * columnCount);
    const bytes = new Uint8Array(data.buffer);
    for (let done = 0; done < bytes.length; ) {
      const wanted = Math.min(pieceBytes, bytes.length - done);
      const { bytesRead } = await handle.read(bytes, done, wanted, from + length + done);
      if (bytesRead === 0) throw bad(file, 'it ends too early');
      done += bytesRead;
    }
    return { rowCount, columnCount, data };
  } finally {
    await handle.close();
  }
}

function readShape(header: string, file: string): { rowCount: number; columnCount: number } {
  const type = /'descr':\s*'([^']*)'/.exec(header)?.[1];
  if (type !== '<f4')
    throw bad(file, `it holds numbers of type ${type ?? 'unknown'}; save them as little-endian float32`);
  if (/'fortran_order':\s*True/.test(header)) throw bad(file, 'it is in Fortran order; save it in C order');
  const shape = /'shape':\s*\((\d{1,12}),\s*(\d{1,6})\)/.exec(header);
  if (shape === null) throw bad(file, 'it is no matrix; save an array of two dimensions');
  return { rowCount: Number(shape[1]), columnCount: Number(shape[2]) };
}

function bad(file: string, state: string): InputError {
  const wayOut = state.includes(';') ? '' : '; name what numpy.save wrote';
  return new InputError(`Cannot use ${file}: ${state}${wayOut}`, { file });
}
