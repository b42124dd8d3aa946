import { readFileSync } from 'node:fs';
import { seededRandom } from '../../../answers/numbers/sample-points.js';

const width = 32;
const inner = 2 * width;
const [state, convolution, rank] = [8, 4, 4];

/**
 * A GGUF file of two layers of Mamba with random weights and the vocabulary of `file`, whose vocabulary has `tokens` tokens: a model that keeps a state, which
 * is written over with each token and cannot be cut shorter.
 */
export function stateGguf(file: string, tokens: number): Buffer {
  const random = seededRandom(1);
  const noise = (scale: number) => () => (2 * random() - 1) * scale;
  const one = () => 1;
  const layers = [0, 1].flatMap((layer): Tensor[] => [
    [`blk.${layer}.attn_norm.weight`, [width], one],
    [`blk.${layer}.ssm_in.weight`, [width, 2 * inner], noise(0.3)],
    [`blk.${layer}.ssm_conv1d.weight`, [convolution, inner], noise(0.8)],
    [`blk.${layer}.ssm_conv1d.bias`, [inner], noise(0.1)],
    [`blk.${layer}.ssm_x.weight`, [inner, rank + 2 * state], noise(0.2)],
    [`blk.${layer}.ssm_dt.weight`, [rank, inner], noise(0.8)],
    [`blk.${layer}.ssm_dt.bias`, [inner], noise(0.5)],
    [`blk.${layer}.ssm_a`, [state, inner], () => -Math.exp(noise(0.8)())],
    [`blk.${layer}.ssm_d`, [inner], one],
    [`blk.${layer}.ssm_out.weight`, [inner, width], noise(0.4)],
  ]);
  const tensors: Tensor[] = [
    ['token_embd.weight', [width, tokens], noise(1)],
    ['output_norm.weight', [width], one],
    ['output.weight', [width, tokens], noise(1)],
    ...layers,
  ];
  const numbers: Record<string, number> = {
    context_length: 512,
    embedding_length: width,
    feed_forward_length: 0,
    block_count: 2,
    'attention.head_count': 0,
    'ssm.conv_kernel': convolution,
    'ssm.inner_size': inner,
    'ssm.state_size': state,
    'ssm.time_step_rank': rank,
  };
  const values = [
    Buffer.concat([text('general.architecture'), uint32(8), text('mamba')]),
    ...Object.entries(numbers).map(([key, value]) => Buffer.concat([text(`mamba.${key}`), uint32(4), uint32(value)])),
    Buffer.concat([text('mamba.attention.layer_norm_rms_epsilon'), uint32(6), floats([1e-5])]),
    ...vocabularyOf(readFileSync(file)),
  ];
  const data = tensors.map(([, shape, value]) => padded(floats(Array.from({ length: product(shape) }, value))));
  let offset = 0;
  const table = tensors.map(([name, shape], index) => {
    const at = offset;
    offset += data[index]?.length ?? 0;
    return Buffer.concat([text(name), uint32(shape.length), ...shape.map(uint64), uint32(0), uint64(at)]);
  });
  const head = [Buffer.from('GGUF'), uint32(3), uint64(tensors.length), uint64(values.length)];
  return Buffer.concat([padded(Buffer.concat([...head, ...values, ...table])), ...data]);
}

type Tensor = readonly [name: string, shape: readonly number[], value: () => number];

const product = (shape: readonly number[]): number => shape.reduce((all, axis) => all * axis, 1);
const padded = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc((32 - (bytes.length % 32)) % 32)]);
const floats = (numbers: readonly number[]): Buffer => Buffer.from(Float32Array.from(numbers).buffer);
const text = (written: string): Buffer => Buffer.concat([uint64(Buffer.byteLength(written)), Buffer.from(written)]);

function uint32(number: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(number);
  return bytes;
}

function uint64(number: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(number));
  return bytes;
}

/** The entries `tokenizer.…` of a header as they stand. Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md */
function vocabularyOf(bytes: Buffer): readonly Buffer[] {
  const widths: Readonly<Record<number, number>> = { 4: 4, 5: 4, 6: 4, 7: 1, 0: 1, 10: 8 };
  let at = 24;
  const count = (): number => {
    at += 8;
    return Number(bytes.readBigUInt64LE(at - 8));
  };
  const type = (): number => {
    at += 4;
    return bytes.readUInt32LE(at - 4);
  };
  const skip = (kind: number): void => {
    if (kind === 8) {
      const length = count();
      at += length;
    } else if (kind === 9) {
      const inside = type();
      for (let left = count(); left > 0; left--) skip(inside);
    } else at += widths[kind] ?? Number.NaN;
  };
  return Array.from({ length: Number(bytes.readBigUInt64LE(16)) }, () => {
    const from = at;
    skip(8);
    const key = bytes.toString('utf8', from + 8, at);
    skip(type());
    return key.startsWith('tokenizer.') ? bytes.subarray(from, at) : Buffer.alloc(0);
  }).filter(({ length }) => length > 0);
}
