import { closeSync, fstatSync, openSync } from 'node:fs';
import { ModelError } from '../../errors.js';
import { type ByteReader, openByteReader } from './byte-reader.js';
import { tensorBytes } from './tensor-bytes.js';

/** What a GGUF file says about itself. Arrays (the vocabulary) are skipped but for their length: the engine reads them itself. */
export type GgufHeader = {
  readonly metadata: ReadonlyMap<string, string | number | bigint | boolean>;
  readonly tensorCount: number;
  readonly arrayLengths: ReadonlyMap<string, number>;
  /** Weights of all tensors together. */
  readonly parameters: number;
  /** Types of those that have more than one axis, by the numbers of ggml (`tensor-bytes.ts`). */
  readonly matrixTypes: ReadonlySet<number>;
};

/**
 * Reads the header of a GGUF file and checks that all its tensors are there, before native code gets to see it: the
 * native loader prints to stderr, and a file that ends early can bring the process down.
 * Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md, versions 2 and 3, little-endian.
 * Throws `ModelError` in one line that names the file.
 */
export function readGguf(file: string): GgufHeader {
  const descriptor = openFile(file);
  try {
    const { size } = fstatSync(descriptor);
    return readHeader(openByteReader({ descriptor, size, truncated: (where) => truncated(file, size, where) }), {
      file,
      size,
    });
  } finally {
    closeSync(descriptor);
  }
}

function openFile(file: string): number {
  try {
    const descriptor = openSync(file, 'r');
    if (fstatSync(descriptor).isFile()) return descriptor;
    closeSync(descriptor);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    const reason = code === 'ENOENT' ? 'no such file' : code === 'EACCES' ? 'not allowed to read it' : code;
    throw new ModelError(`Cannot open model ${file}: ${reason}, give the path of a GGUF file`, { cause });
  }
  throw new ModelError(`Cannot open model ${file}: not a file, give the path of a GGUF file`);
}

const truncated = (file: string, size: number, where: string): ModelError =>
  new ModelError(`Cannot open model ${file}: truncated (${size} bytes, ends in ${where}), copy or download it again`);

function readHeader(reader: ByteReader, { file, size }: { file: string; size: number }): GgufHeader {
  const damaged = (reason: string): ModelError =>
    new ModelError(`Cannot open model ${file}: ${reason}, copy or download it again`);
  if (size < 4 || reader.bytes(4, 'the first four bytes').toString('latin1') !== 'GGUF') {
    throw new ModelError(
      `Cannot open model ${file}: not a GGUF file (it does not begin with "GGUF"), name a .gguf file`,
    );
  }
  const version = reader.uint32('the version');
  if (version !== 2 && version !== 3) {
    throw new ModelError(`Cannot open model ${file}: GGUF version ${version}, only 2 and 3 are supported`);
  }
  const tensorCount = reader.count('the tensor count');
  const valueCount = reader.count('the metadata count');
  if (tensorCount > maxTensorCount || valueCount > maxValueCount) throw damaged('damaged (its header makes no sense)');

  const metadata = new Map<string, string | number | bigint | boolean>();
  const arrayLengths = new Map<string, number>();
  for (let index = 0; index < valueCount; index++) {
    const key = reader.text('the metadata');
    const value = readValue(reader, reader.uint32('the metadata'));
    if (value === unknownType) throw damaged(`damaged (metadata "${key.slice(0, 60)}" has an unknown type)`);
    if (value instanceof ArrayLength) arrayLengths.set(key, value.length);
    else metadata.set(key, value);
  }
  const { dataBytes, ...tensors } = readTensorTable(reader, tensorCount, damaged);
  const alignment = Number(metadata.get('general.alignment') ?? 32);
  const dataStart = Math.ceil(reader.position() / alignment) * alignment;
  if (dataStart + dataBytes > size) throw truncated(file, size, `the tensors, needs ${dataStart + dataBytes}`);
  if (tensorCount === 0) throw damaged('no tensors in it');
  return { metadata, tensorCount, arrayLengths, ...tensors };
}

// Far above any real model; a damaged count must not make us read for ever.
const maxTensorCount = 1_000_000;
const maxValueCount = 100_000;

/** What the tensors are; `dataBytes` is where the last one ends, counted from the start of the tensor data. */
function readTensorTable(
  reader: ByteReader,
  tensorCount: number,
  damaged: (reason: string) => ModelError,
): Pick<GgufHeader, 'parameters' | 'matrixTypes'> & { readonly dataBytes: number } {
  let dataBytes = 0;
  let parameters = 0;
  const matrixTypes = new Set<number>();
  for (let index = 0; index < tensorCount; index++) {
    const name = reader.text('the tensor table');
    const dimensionCount = reader.uint32('the tensor table');
    if (dimensionCount > 8) throw damaged(`damaged (tensor "${name.slice(0, 60)}" has ${dimensionCount} dimensions)`);
    let elements = 1;
    for (let axis = 0; axis < dimensionCount; axis++) elements *= reader.count('the tensor table');
    const type = reader.uint32('the tensor table');
    const offset = reader.count('the tensor table');
    dataBytes = Math.max(dataBytes, offset + (tensorBytes(type, elements) ?? 0));
    parameters += elements;
    if (dimensionCount > 1) matrixTypes.add(type);
  }
  return { dataBytes, parameters, matrixTypes };
}

const unknownType = Symbol('unknown type');
type Value = string | number | bigint | boolean | ArrayLength | typeof unknownType;

class ArrayLength {
  constructor(readonly length: number) {}
}

/** Metadata types of the format: 0-7 are small numbers and bool, 8 is text, 9 an array, 10-12 are 64 bits wide. */
function readValue(reader: ByteReader, type: number): Value {
  const where = 'the metadata';
  switch (type) {
    case 0:
      return reader.bytes(1, where).readUInt8();
    case 1:
      return reader.bytes(1, where).readInt8();
    case 2:
      return reader.bytes(2, where).readUInt16LE();
    case 3:
      return reader.bytes(2, where).readInt16LE();
    case 4:
      return reader.uint32(where);
    case 5:
      return reader.bytes(4, where).readInt32LE();
    case 6:
      return reader.bytes(4, where).readFloatLE();
    case 7:
      return reader.bytes(1, where).readUInt8() !== 0;
    case 8:
      return reader.text(where);
    case 9:
      return skipArray(reader);
    case 10:
      return reader.bytes(8, where).readBigUInt64LE();
    case 11:
      return reader.bytes(8, where).readBigInt64LE();
    case 12:
      return reader.bytes(8, where).readDoubleLE();
    default:
      return unknownType;
  }
}

const fixedBytes: Readonly<Record<number, number>> = {
  0: 1,
  1: 1,
  2: 2,
  3: 2,
  4: 4,
  5: 4,
  6: 4,
  7: 1,
  10: 8,
  11: 8,
  12: 8,
};

function skipArray(reader: ByteReader): Value {
  const where = 'the metadata';
  const type = reader.uint32(where);
  const count = reader.count(where);
  const width = fixedBytes[type];
  if (width !== undefined) {
    reader.skip(width * count, where);
    return new ArrayLength(count);
  }
  if (type !== 8) return unknownType;
  for (let index = 0; index < count; index++) reader.skip(reader.count(where), where);
  return new ArrayLength(count);
}
