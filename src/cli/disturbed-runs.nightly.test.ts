import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  beginRun,
  type Disturbance,
  type DisturbedCommand,
  describeRun,
  differences,
  disturbedCommands,
  serveBySeed,
  startDisturbed,
} from './__fixtures__/disturbed-commands.js';
import type { Endpoint } from './__fixtures__/serve-endpoint.js';

const root = mkdtempSync(join(tmpdir(), 'mathpie-disturbed-'));
let endpoint: Endpoint;
let commands: readonly DisturbedCommand[] = [];
const names = ['magpie run', 'run-recipe', 'evaluate', 'augment'];
/** So many places of each command and kind; all there are where it is 0. */
const most = Number(process.env.MATHPIE_DISTURBED ?? 24);
const only = process.env.MATHPIE_DISTURBED_COMMAND;
beforeAll(async () => {
  endpoint = await serveBySeed();
  commands = disturbedCommands(root, endpoint);
});
afterAll(async () => {
  await endpoint.close();
  rmSync(root, { recursive: true, force: true });
});

// Several at a time: much of it is waiting for the disk
describe.concurrent.each(names.filter((name) => only === undefined || name === only))('mathpie %s', (name) => {
  const words = (run: string): readonly string[] => commands.find((command) => command.name === name)?.words(run) ?? [];
  it.each(['kill', 'power', 'full'] as const)(
    'ends as undisturbed after each %s, when the same command is given again',
    { timeout: 7_200_000 },
    async (how) => {
      const folder = join(root, `${name.replace(' ', '-')}-${how}`);
      const [directory, countFile] = [join(folder, 'run'), join(folder, 'count')];
      beginRun(directory);
      expect(await startDisturbed(words(directory), { root: directory, countFile })).toMatchObject({ exitCode: 0 });
      const count = Number(readFileSync(countFile, 'utf8').split(' ')[0]);
      const undisturbed = describeRun(directory);
      const faults: string[] = [];
      const places = placesOf(count, most);
      for (const at of places) {
        const fault = await disturb(how, at);
        if (fault.length > 0) faults.push(`${how} at ${at} of ${count}: ${fault.slice(0, 3).join('\n  ')}`);
      }
      process.stdout.write(`${name}, ${how}: ${places.length} places of ${count}, ${faults.length} wrong\n`);
      expect(faults).toEqual([]);

      async function disturb(kind: Disturbance, at: number): Promise<readonly string[]> {
        beginRun(directory);
        const first = await startDisturbed(words(directory), { root: directory, how: kind, at });
        const isAsMeant = kind === 'full' ? first.exitCode !== 1 : first.signal === 'SIGKILL' || first.exitCode === 0;
        if (!isAsMeant) return [`ended by ${first.exitCode ?? first.signal}: ${first.stderr}`];
        const again = await startDisturbed(words(directory), { root: directory });
        if (again.exitCode !== 0) return [`continued, it ended by ${again.exitCode ?? again.signal}: ${again.stderr}`];
        return differences(undisturbed, describeRun(directory));
      }
    },
  );
});

/** Evenly spread, the first and the last among them. */
function placesOf(count: number, wanted: number): readonly number[] {
  if (wanted === 0 || wanted >= count) return Array.from({ length: count }, (_, index) => index + 1);
  return Array.from({ length: wanted }, (_, index) => 1 + Math.round((index * (count - 1)) / (wanted - 1)));
}
