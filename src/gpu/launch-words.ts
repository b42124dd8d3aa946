import { InputError } from '../errors.js';
import { requireCount } from '../require-count.js';

export type Launch = {
  /** `torchrun` starts a process for each GPU. @default 'torchrun' for more than one GPU or host, else 'python' */
  readonly launcher?: 'python' | 'torchrun';
  /** Processes on this host. @default 1 */
  readonly gpus?: number;
  /** Hosts. Start the same command on each of them, with its own `nodeRank`. @default 1 */
  readonly nodes?: number;
  /** Number of this host, from 0. @default 0 */
  readonly nodeRank?: number;
  /** `HOST:PORT` of host 0, which all hosts reach; needed for more than one. */
  readonly rendezvous?: string;
};

/** The words after the Python executable that start a script. Throws `InputError` for flags that do not fit. */
export function launchWords(
  scriptWords: readonly string[],
  {
    gpus = 1,
    nodes = 1,
    nodeRank = 0,
    rendezvous,
    launcher = gpus > 1 || nodes > 1 ? 'torchrun' : 'python',
  }: Launch = {},
): string[] {
  requireCount('gpus', gpus);
  requireCount('nodes', nodes);
  requireCount('nodeRank', nodeRank, { least: 0 });
  if (launcher === 'python') {
    if (gpus > 1 || nodes > 1) {
      throw new InputError(
        `Cannot start ${gpus} processes on ${nodes} hosts with plain python: it starts one; leave the launcher out`,
      );
    }
    return [...scriptWords];
  }
  const workers = ['-m', 'torch.distributed.run', `--nproc-per-node=${gpus}`];
  if (nodes === 1) return [...workers, '--standalone', ...scriptWords];
  const [, host, port] = /^([^\s:]+):(\d+)$/.exec(rendezvous ?? '') ?? [];
  if (host === undefined || port === undefined) {
    throw new InputError(
      `Cannot start on ${nodes} hosts: ${rendezvous ? `"${rendezvous}" is no HOST:PORT` : 'no rendezvous'}; give HOST:PORT of host 0, the same on every host`,
    );
  }
  if (nodeRank < 0 || nodeRank >= nodes) {
    throw new InputError(`Cannot start host ${nodeRank} of ${nodes}: hosts are counted from 0 to ${nodes - 1}`);
  }
  return [
    ...workers,
    `--nnodes=${nodes}`,
    `--node-rank=${nodeRank}`,
    // Static, so that ranks are the same when the command is repeated.
    `--master-addr=${host}`,
    `--master-port=${port}`,
    ...scriptWords,
  ];
}
