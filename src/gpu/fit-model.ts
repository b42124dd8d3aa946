import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { packagePath } from '../package-root.js';

/** A model's shape as far as it decides memory. */
export type ModelShape = z.infer<typeof modelSchema>;
export type Machine = z.infer<typeof machineSchema>;

/** Whether a model fits a machine, as an estimate. */
export type Fit = {
  /** GPUs that share one copy; undefined where not even all of them hold it. */
  readonly gpusPerCopy: number | undefined;
  readonly copies: number;
  /** 10^9 bytes of one copy. */
  readonly weightGigabytes: number;
  /** Tokens that the key-value caches of all copies hold. */
  readonly cacheTokens: number;
};

const source = z.string().min(1);
const modelSchema = z.strictObject({
  model: z.string().min(1),
  parameters: z.int().positive(),
  bytesPerParameter: z.number().positive(),
  layers: z.int().positive(),
  /** Keys and values together, of a token in a layer. */
  keyValueNumbersPerLayer: z.int().positive(),
  /** Over so many GPUs the cache can be split. */
  keyValueHeads: z.int().positive(),
  contextTokens: z.int().positive(),
  source,
});
const machineSchema = z.strictObject({
  name: z.string().min(1),
  gpus: z.int().positive(),
  /** 10^9 bytes a GPU. */
  gigabytes: z.number().positive(),
  source,
});
const schema = z.strictObject({
  comment: z.string(),
  models: z.array(modelSchema),
  machines: z.array(machineSchema),
});

/** Of a GPU's memory vLLM takes this share by default. */
const usedShare = 0.9;
/** Activations, CUDA graphs and the library: 1.7 were left of vLLM's share on an H200 with a 7B model. 10^9 bytes a GPU. */
const workingGigabytes = 2;
/** bfloat16, or float16 on a T4 or V100, which know no bfloat16. */
const cacheBytes = 2;

export function loadHardware(): { readonly models: readonly ModelShape[]; readonly machines: readonly Machine[] } {
  return schema.parse(JSON.parse(readFileSync(packagePath('configs', 'hardware.json'), 'utf8')));
}

/**
 * The smallest number of GPUs (a power of two) whose memory holds one copy of the weights and the cache of one sequence of
 * `sequenceTokens`, and what is then left for more: room = GPUs x (0.9 x memory - 2 GB) - parameters x bytes a parameter. Estimates, for generating; nothing is measured.
 */
export function fitModel(
  shape: ModelShape,
  { machine, sequenceTokens }: { readonly machine: Machine; readonly sequenceTokens: number },
): Fit {
  const weightGigabytes = (shape.parameters * shape.bytesPerParameter) / 1e9;
  for (let gpus = 1; gpus <= machine.gpus; gpus *= 2) {
    const room = gpus * (usedShare * machine.gigabytes - workingGigabytes) - weightGigabytes;
    // What cannot be split any further lies on several GPUs as a whole
    const timesKept = gpus / Math.min(gpus, shape.keyValueHeads);
    const tokenBytes = shape.layers * shape.keyValueNumbersPerLayer * cacheBytes * timesKept;
    const cacheTokens = Math.floor((room * 1e9) / tokenBytes);
    if (cacheTokens < sequenceTokens) continue;
    const copies = Math.floor(machine.gpus / gpus);
    return { gpusPerCopy: gpus, copies, weightGigabytes, cacheTokens: copies * cacheTokens };
  }
  return { gpusPerCopy: undefined, copies: 0, weightGigabytes, cacheTokens: 0 };
}
