import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { InputError } from '../errors.js';
import { readEmbeddings } from './read-embeddings.js';
import { readNpy } from './read-npy.js';

const root = mkdtempSync(join(tmpdir(), 'mathpie-npy-'));
afterAll(() => rmSync(root, { recursive: true }));
const file = join(root, 'embeddings.npy');

/** As numpy.save writes it. */
function npy(shape: string, values: number[], { type = '<f4', order = 'False', version = 1 } = {}): Buffer {
  const header = `{'descr': '${type}', 'fortran_order': ${order}, 'shape': ${shape}, }\n`;
  const start = Buffer.alloc(version === 1 ? 10 : 12);
  start.write('\x93NUMPY', 'latin1');
  start[6] = version;
  if (version === 1) start.writeUInt16LE(header.length, 8);
  else start.writeUInt32LE(header.length, 8);
  return Buffer.concat([start, Buffer.from(header), Buffer.from(Float32Array.from(values).buffer)]);
}

describe('readNpy(file)', () => {
  it.each([1, 2, 3])('reads format %d', async (version) => {
    writeFileSync(file, npy('(2, 3)', [1, 2, 3, 4, 5, 6.5], { version }));
    const { rowCount, columnCount, data } = await readNpy(file);
    expect({ rowCount, columnCount, data: [...data] }).toEqual({
      rowCount: 2,
      columnCount: 3,
      data: [1, 2, 3, 4, 5, 6.5],
    });
  });

  it.each([
    ['no .npy file', Buffer.from('PK\x03\x04 something'), /it is no \.npy file; /],
    [
      'float64',
      npy('(1, 2)', [1, 2, 3, 4], { type: '<f8' }),
      /numbers of type <f8; save them as little-endian float32$/,
    ],
    ['Fortran order', npy('(2, 2)', [1, 2, 3, 4], { order: 'True' }), /Fortran order/],
    ['a vector', npy('(4,)', [1, 2, 3, 4]), /it is no matrix/],
    ['a file that is cut', npy('(2, 3)', [1, 2, 3]), /has \d+ bytes where its header promises \d+; finish the run/],
  ])('refuses %s', async (_, content, message) => {
    writeFileSync(file, content);
    await expect(readNpy(file)).rejects.toThrow(InputError);
    await expect(readNpy(file)).rejects.toThrow(message);
  });
});

describe('readEmbeddings(directory)', () => {
  it('reads the vectors with their ids, and refuses what does not fit', async () => {
    writeFileSync(file, npy('(2, 1)', [1, 2]));
    writeFileSync(join(root, 'ids.jsonl'), '{"id": "a", "row": 0}\n{"id": 7, "row": 1}\n');
    expect((await readEmbeddings(root)).ids).toEqual(['a', '7']);
    writeFileSync(join(root, 'ids.jsonl'), '{"id": "a", "row": 0}\n');
    await expect(readEmbeddings(root)).rejects.toThrow(/1 id for 2 embeddings; run the same mathpie embed again/);
    await expect(readEmbeddings(join(root, 'absent'))).rejects.toThrow(/no such file/);
  });
});
