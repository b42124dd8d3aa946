import './prepare/check-node.mjs';
import { holdLock } from './prepare/hold-lock.mjs';
import { installPackages } from './prepare/install-packages.mjs';
import { inCache } from './prepare/paths.mjs';
import { runMain } from './prepare/setup-error.mjs';
import { showSteps } from './prepare/show-steps.mjs';

/** npm packages alone, with `--tests` those of tests too: in front of commands that are no scripts of ours, so that they work as the first one in a clone. */
runMain(async () => {
  const withTests = process.argv.includes('--tests');
  await holdLock(inCache('prepare.lock'), () =>
    showSteps()('Installing npm packages', (start) => installPackages(start, { withTests })),
  );
});
