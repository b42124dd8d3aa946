import type { Environment } from '../../environment.js';
import { InputError } from '../../errors.js';

/** Where and how vLLM runs; each stands in place of the same setting in the model's string. */
export type EngineOptions = {
  /** GPUs by number, such as `0` or `0,1`. @default those that are visible */
  readonly device?: string | undefined;
  /** GPUs that share each layer. @default 1 */
  readonly tensorParallel?: number | undefined;
  /** Share of a GPU's memory that vLLM takes, 0 to 1. @default vLLM's own */
  readonly memoryShare?: number | undefined;
};

/**
 * The same as keys of generate.config.schema.json and an environment. Throws `InputError` where more GPUs are to share a layer than are
 * named: one visible GPU cannot be four.
 */
export function settleEngine(
  { device, tensorParallel, memoryShare }: EngineOptions,
  environment: Environment,
): { readonly config: { readonly [key: string]: number }; readonly environment: Environment } {
  const devices = device?.split(',').map((name) => name.trim()) ?? [];
  const strange = devices.find((name) => !/^\d{1,4}$/.test(name));
  if (strange !== undefined) {
    throw new InputError(`Cannot use the device ${JSON.stringify(device)}: give numbers of GPUs, such as 0 or 0,1`);
  }
  if (devices.length > 0 && (tensorParallel ?? 1) > devices.length) {
    const named = devices.length === 1 ? 'one GPU' : `${devices.length} GPUs`;
    throw new InputError(
      `Cannot share each layer between ${tensorParallel} GPUs: the device ${JSON.stringify(device)} names ${named}; name as many, or share between fewer`,
    );
  }
  return {
    config: {
      ...(tensorParallel === undefined ? {} : { tensorParallel }),
      ...(memoryShare === undefined ? {} : { gpuMemoryUtilization: memoryShare }),
    },
    environment: devices.length === 0 ? environment : { ...environment, CUDA_VISIBLE_DEVICES: devices.join(',') },
  };
}
