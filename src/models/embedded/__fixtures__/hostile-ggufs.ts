import { readFileSync } from 'node:fs';
import { seededRandom } from '../../../answers/numbers/sample-points.js';

/** A GGUF file whose header was changed, and how. */
export type HostileGguf = { readonly name: string; readonly make: () => Buffer };

type Place = { readonly at: number; readonly end: number };
type Value = Place & {
  readonly key: string;
  readonly type: number;
  readonly typeAt: number;
  readonly lengthAt?: number;
};
type Tensor = {
  readonly name: string;
  readonly countAt: number;
  readonly dimensionsAt: number;
  readonly dimensionCount: number;
  readonly typeAt: number;
  readonly offsetAt: number;
};
type Layout = { readonly values: readonly Value[]; readonly tensors: readonly Tensor[]; readonly end: number };

const widths: Readonly<Record<number, number>> = {
  ...{ 0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1 },
  ...{ 10: 8, 11: 8, 12: 8 },
};
const huge = 2n ** 63n - 1n;

/**
 * `count` files made of one that is whole: every number of its metadata replaced by what no model has, other types, lengths, counts, shapes, kinds
 * and places of tensors, ends that come too early, and bytes thrown at random for the rest. The same seed gives the same files.
 */
export function hostileGgufs(file: string, { count, seed }: { count: number; seed: number }): readonly HostileGguf[] {
  const whole = readFileSync(file);
  const layout = readLayout(whole);
  const targeted = [
    ...headChanges(whole),
    ...layout.values.flatMap((value) => valueChanges(whole, value)),
    ...layout.tensors
      .filter((_, index) => index % Math.ceil(layout.tensors.length / 6) === 0)
      .flatMap((tensor) => tensorChanges(whole, tensor)),
    ...Array.from({ length: 24 }, (_, index) => {
      const length = Math.round((layout.end * (index + 1)) / 20);
      return { name: `cut after ${length} bytes`, make: () => whole.subarray(0, length) };
    }),
  ];
  const random = seededRandom(seed);
  // A fair part of each kind where few are wanted
  const chosen = targeted
    .map((each) => ({ each, order: random() }))
    .sort((left, right) => left.order - right.order)
    .map(({ each }) => each);
  const thrown = Array.from({ length: Math.max(count - chosen.length, Math.ceil(count / 8)) }, (_, index) =>
    throwBytes(whole, layout.end, { index, seed }),
  );
  return [...chosen.slice(0, Math.max(0, count - thrown.length)), ...thrown].slice(0, count);
}

function changed(whole: Buffer, change: (bytes: Buffer) => void): () => Buffer {
  return () => {
    const copy = Buffer.from(whole);
    change(copy);
    return copy;
  };
}

function headChanges(whole: Buffer): readonly HostileGguf[] {
  const count = (at: number, what: string): readonly HostileGguf[] => {
    const real = whole.readBigUInt64LE(at);
    return [0n, 1n, real - 1n, real + 1n, 2n ** 32n, huge].map((value) => ({
      name: `${what} ${value} for ${real}`,
      make: changed(whole, (bytes) => bytes.writeBigUInt64LE(value, at)),
    }));
  };
  const versions = [0, 1, 2, 4, 0x0300_0000].map((value) => ({
    name: `version ${value}`,
    make: changed(whole, (bytes) => bytes.writeUInt32LE(value, 4)),
  }));
  return [...versions, ...count(8, 'tensor count'), ...count(16, 'metadata count')];
}

function valueChanges(whole: Buffer, { key, type, typeAt, at, end, lengthAt }: Value): readonly HostileGguf[] {
  const types = [4, 8, 9, 13].filter((other) => other !== type);
  const retyped = types.map((other) => ({
    name: `${key} of type ${other} for ${type}`,
    make: changed(whole, (bytes) => bytes.writeUInt32LE(other, typeAt)),
  }));
  if (lengthAt !== undefined) {
    const lengths = [0n, 1n, 2n ** 31n, huge].map((value) => ({
      name: `${key} of length ${value}`,
      make: changed(whole, (bytes) => bytes.writeBigUInt64LE(value, lengthAt)),
    }));
    const noise = {
      name: `${key} of other bytes`,
      make: changed(whole, (bytes) => bytes.fill(0xff, at, Math.min(end, at + 4096))),
    };
    return [...retyped, ...lengths, noise];
  }
  const width = end - at;
  const fills = [0x00, 0x01, 0x7f, 0x80, 0xff].map((last) => ({
    name: `${key} with last byte ${last}`,
    make: changed(whole, (bytes) =>
      bytes.fill(last === 0x7f || last === 0xff ? 0xff : 0, at, end).writeUInt8(last, end - 1),
    ),
  }));
  const small = [1, 3, 7].map((value) => ({
    name: `${key} = ${value}`,
    make: changed(whole, (bytes) => bytes.fill(0, at, end).writeUInt8(value, at)),
  }));
  return [...retyped, ...fills, ...(width > 1 ? small : [])];
}

function tensorChanges(whole: Buffer, tensor: Tensor): readonly HostileGguf[] {
  const { name, countAt, dimensionsAt, dimensionCount, typeAt, offsetAt } = tensor;
  const numbers = (what: string, at: number, values: readonly bigint[]): readonly HostileGguf[] =>
    values.map((value) => ({
      name: `${name}: ${what} ${value}`,
      make: changed(whole, (bytes) => bytes.writeBigUInt64LE(value, at)),
    }));
  const small = (what: string, at: number, values: readonly number[]): readonly HostileGguf[] =>
    values.map((value) => ({
      name: `${name}: ${what} ${value}`,
      make: changed(whole, (bytes) => bytes.writeUInt32LE(value, at)),
    }));
  return [
    ...small('dimensions', countAt, [0, 4, 9, 2 ** 32 - 1]),
    ...Array.from({ length: dimensionCount }, (_, axis) =>
      numbers(`axis ${axis}`, dimensionsAt + 8 * axis, [0n, 1n, 33n, 2n ** 32n, huge]),
    ).flat(),
    ...small('type', typeAt, [0, 1, 4, 16, 31, 99]),
    ...numbers('offset', offsetAt, [0n, 1n, BigInt(whole.length), huge]),
  ];
}

function throwBytes(whole: Buffer, end: number, { index, seed }: { index: number; seed: number }): HostileGguf {
  return {
    name: `bytes thrown, ${index} of seed ${seed}`,
    make: changed(whole, (bytes) => {
      const random = seededRandom(seed * 100_003 + index);
      for (let hit = 0; hit <= index % 12; hit++)
        bytes.writeUInt8(Math.floor(random() * 256), 24 + Math.floor(random() * (end - 24)));
    }),
  };
}

/** Where everything of the header stands. Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md */
function readLayout(bytes: Buffer): Layout {
  let at = 24;
  const number = (): number => {
    at += 8;
    return Number(bytes.readBigUInt64LE(at - 8));
  };
  const text = (): string => {
    const length = number();
    at += length;
    return bytes.toString('utf8', at - length, at);
  };
  const short = (): number => {
    at += 4;
    return bytes.readUInt32LE(at - 4);
  };
  const values = Array.from({ length: Number(bytes.readBigUInt64LE(16)) }, (): Value => {
    const key = text();
    const typeAt = at;
    const type = short();
    const width = widths[type];
    if (width !== undefined) {
      at += width;
      return { key, type, typeAt, at: at - width, end: at };
    }
    const elements = type === 9 ? short() : undefined;
    const lengthAt = at;
    const length = number();
    const start = at;
    if (elements === undefined) at += length;
    else if (widths[elements] !== undefined) at += length * widths[elements];
    else for (let index = 0; index < length; index++) text();
    return { key, type, typeAt, lengthAt, at: start, end: at };
  });
  const tensors = Array.from({ length: Number(bytes.readBigUInt64LE(8)) }, (): Tensor => {
    const name = text();
    const countAt = at;
    const dimensionCount = short();
    const dimensionsAt = at;
    at += 8 * dimensionCount;
    const typeAt = at;
    at += 4;
    const offsetAt = at;
    at += 8;
    return { name, countAt, dimensionsAt, dimensionCount, typeAt, offsetAt };
  });
  return { values, tensors, end: at };
}
