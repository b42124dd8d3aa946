import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { eachChange } from '../__fixtures__/extent.js';
import {
  beginRun,
  type DisturbedCommand,
  describeRun,
  differences,
  disturbedCommands,
  writeBySeed,
} from './__fixtures__/disturbed-commands.js';
import { runInProcess } from './__fixtures__/run-in-process.js';
import { type Endpoint, serveEndpoint } from './__fixtures__/serve-endpoint.js';

const root = mkdtempSync(join(tmpdir(), 'mathpie-outage-recipes-'));
let endpoint: Endpoint;
let commands: readonly DisturbedCommand[] = [];
/** Calls that were answered in this session, and after how many the endpoint goes down. */
let [answered, answersUntil] = [0, Number.POSITIVE_INFINITY];

beforeAll(async () => {
  vi.stubEnv('MATHPIE_CACHE', join(root, 'cache'));
  endpoint = await serveEndpoint((response, body) => {
    const isDown = answered >= answersUntil;
    if (!isDown) answered += 1;
    response.writeHead(isDown ? 503 : 200, { 'content-type': 'application/json', 'retry-after-ms': '1' });
    response.end(JSON.stringify(isDown ? { error: { message: 'down' } } : writeBySeed(body)));
  });
  commands = disturbedCommands(root, endpoint);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await endpoint.close();
  rmSync(root, { recursive: true });
});

describe.each(['magpie run', 'run-recipe', 'evaluate', 'augment'])(
  'mathpie %s, while its endpoint goes down',
  (name) => {
    const directory = join(root, name.replace(' ', '-'), 'run');
    const words = () => commands.find((command) => command.name === name)?.words(directory) ?? [];
    const run = (until = Number.POSITIVE_INFINITY) => {
      [answered, answersUntil] = [0, until];
      return runInProcess(...words(), '--quiet');
    };

    it('ends as without, when the same command is given again', { timeout: 120_000 }, async () => {
      beginRun(directory);
      expect(await run()).toMatchObject({ exitCode: 0 });
      const [undisturbed, calls] = [describeRun(directory), answered];
      const faults: string[] = [];
      for (const share of eachChange([0.2, 0.8], [0.05, 0.2, 0.4, 0.6, 0.8, 0.95])) {
        beginRun(directory);
        const until = Math.ceil(share * calls);
        await run(until);
        const again = await run();
        if (again.exitCode !== 0)
          faults.push(`down after ${until} of ${calls}, then ${again.exitCode}: ${again.stderr}`);
        const found = differences(undisturbed, describeRun(directory));
        faults.push(...found.map((each) => `down after ${until} of ${calls}: ${each}`));
      }
      expect(faults).toEqual([]);
    });
  },
);
