import './prepare/check-node.mjs';
import { buildLibrary } from './prepare/build-library.mjs';
import { holdLock } from './prepare/hold-lock.mjs';
import { installPackages } from './prepare/install-packages.mjs';
import { inCache } from './prepare/paths.mjs';
import { runMain } from './prepare/setup-error.mjs';
import { showSteps } from './prepare/show-steps.mjs';

/** npm packages and dist/ without an environment for Jupyter: for machines that bring their own, such as Colab's. */
runMain(async () => {
  const step = showSteps();
  await holdLock(inCache('prepare.lock'), async () => {
    await step('Installing npm packages', (start) => installPackages(start));
    await step('Building the library', buildLibrary);
  });
});
