import { hasNvidiaGpu } from './scripts.js';

/** GPUs that a program started here sees, by their numbers or names: those of CUDA_VISIBLE_DEVICES, else all that nvidia-smi lists; none where there is neither. */
export async function visibleGpus(
  environment: NodeJS.ProcessEnv = process.env,
  { hasGpu = hasNvidiaGpu, list = listGpus }: { hasGpu?: () => boolean; list?: () => Promise<string> } = {},
): Promise<readonly string[]> {
  const chosen = environment.CUDA_VISIBLE_DEVICES;
  if (chosen !== undefined) return words(chosen, ',').filter((word) => word !== '-1');
  return hasGpu() ? words(await list(), '\n') : [];
}

const words = (text: string, separator: string): string[] =>
  text
    .split(separator)
    .map((word) => word.trim())
    .filter((word) => word !== '');

async function listGpus(): Promise<string> {
  const { execa } = await import('execa');
  const { stdout, failed } = await execa('nvidia-smi', ['--query-gpu=index', '--format=csv,noheader'], {
    reject: false,
  });
  return failed ? '' : (stdout ?? '');
}
