import { waitForEngine } from '../gpu/engine-setup.js';
import { type StopButton, stopButton } from '../stop-button.js';
import { type ProgressHandle, showProgress } from './show-progress.js';

/**
 * Waits in a cell for the installation of vLLM that the set-up of a notebook started, with the time so far; returns at once where there is none.
 * Throws `ModelError` where it failed or none fits this machine. The stop button ends the waiting, not the installation.
 */
export async function showEngineSetup(
  progress: ProgressHandle = showProgress({ title: 'vLLM' }),
  button: StopButton = stopButton,
): Promise<void> {
  const { state, says } = await button.during((signal) =>
    waitForEngine({
      signal,
      onProgress: ({ seconds = 0, minutes }) =>
        progress.update({ done: 0, total: 0, text: `installing for ${seconds} s, ${minutes} minutes in all` }),
    }),
  );
  progress.done(state === 'ready' ? `${says} is installed` : says);
}
