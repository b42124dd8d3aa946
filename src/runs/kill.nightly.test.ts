import { testKilledRun } from './__fixtures__/test-killed-run.js';

testKilledRun({ loading: 8, generating: 30, writing: 12 }, { least: 3 });
