import { waitAfterStopMs } from '../../gpu/wait-after-stop.js';
import { flag, integer, text, texts } from '../declare/option.js';

const day = 86_400;

/** Flags of every command that starts a script of python-gpu. */
export const gpuOptions = {
  set: texts({
    valueName: 'KEY=VALUE',
    description: 'a setting of the script, such as seed=7; may be given again; docs/gpu.md says where they are listed',
  }),
  'dry-run': flag({ description: 'check everything, say what would be done, and write nothing' }),
  grace: integer({
    valueName: 'SECONDS',
    description: 'time to save and stop after Ctrl-C; a second Ctrl-C does not wait',
    fallback: waitAfterStopMs.script / 1000,
    minimum: 1,
    maximum: day,
  }),
};

/** Flags of the commands that torchrun can spread. */
export const trainOptions = {
  gpus: integer({ description: 'GPUs of this host', fallback: 1, minimum: 1, maximum: 1024 }),
  nodes: integer({ description: 'hosts; start the same command on each', fallback: 1, minimum: 1, maximum: 65_536 }),
  'node-rank': integer({ description: 'number of this host, from 0', fallback: 0, minimum: 0 }),
  rendezvous: text({ valueName: 'HOST:PORT', description: 'a free port of host 0; needed for more than one host' }),
};
