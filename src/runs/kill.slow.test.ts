import { testKilledRun } from './__fixtures__/test-killed-run.js';

// As many as a change can wait for; kill.nightly.test.ts kills fifty times.
testKilledRun({ loading: 2, generating: 6, writing: 4 }, { least: 1 });
