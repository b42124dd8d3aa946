import { eachChange } from '../__fixtures__/extent.js';
import { testKilledRun } from './__fixtures__/test-killed-run.js';

// As many as a change can wait for; kill.nightly.test.ts kills fifty times, and asks that they are spread: one kill that is to hit
// the loading may come late on a busy machine.
testKilledRun({ loading: 1, generating: eachChange(2, 6), writing: eachChange(2, 4) }, { least: 0 });
