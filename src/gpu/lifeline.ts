import { processStart } from '../storage/living-process.js';
import { waitAfterStopMs } from './wait-after-stop.js';

/**
 * What tells a script that its standard input is a pipe which ends with this process: after a SIGKILL of ours it stops as it does when it is told to
 * (python-gpu/mathpie_gpu/run/lifeline.py). The value is how long that may take, in seconds, and which process this is, as a program in between may
 * give the script another pipe. Nobody waits then, so that it has at least what a script has by itself.
 */
export const lifeline = (graceMs: number): NodeJS.ProcessEnv => ({
  MATHPIE_LIFELINE: `${Math.ceil(Math.max(graceMs, waitAfterStopMs.script) / 1000)} ${process.pid} ${processStart(process.pid)}`,
});
