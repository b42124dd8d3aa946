import { latestArtifact, listArtifacts, readArtifact, streamArtifact } from '../runs/artifacts.js';
import type { Link } from './link.js';
import type { StepRows } from './step.js';

/** The rows that the steps of a chain hand on to each other: in memory, or from the files of steps that have finished earlier. */
export type RowStore = {
  /** Reads what a stage takes, where it is not there yet. */
  load(link: Link): Promise<void>;
  put(link: Pick<Link, 'directory' | 'stage'>, rows: StepRows): void;
  /** The rows of an artifact, as the stage that was loaded last takes them. */
  find(artifact: string): readonly object[] | undefined;
  /** The same of an artifact that the stage reads as a stream. */
  stream(artifact: string): AsyncIterable<object> | undefined;
};

export function createRowStore(): RowStore {
  const made = new Map<string, readonly object[]>();
  const key = (name: string, { directory, stage }: Pick<Link, 'directory' | 'stage'>): string =>
    [directory, stage, name].join('\n');
  let taken: { readonly [artifact: string]: readonly object[] } = {};
  let streams: { readonly [artifact: string]: AsyncIterable<object> } = {};
  return {
    load: async ({ step, takes, data, directory }) => {
      const loaded: { [artifact: string]: readonly object[] } = {};
      const streaming: { [artifact: string]: AsyncIterable<object> } = {};
      const [main] = Object.keys(step.takes);
      if (main !== undefined && data.length > 0) {
        const rows = await step.read(data);
        for (const name of main === 'rows' ? ['solutions', 'instructions'] : [main]) loaded[name] = rows;
      }
      for (const { name, stage } of Object.values(takes)) {
        const known = made.get(key(name, { directory, stage }));
        if (known !== undefined) loaded[name] = known;
        else if (directory !== undefined) {
          const artifact = latestArtifact(await listArtifacts(directory), [name], { stage });
          if (artifact === undefined) continue;
          if (step.streams.includes(name)) {
            streaming[name] = streamArtifact(directory, artifact);
            continue;
          }
          loaded[name] = await readArtifact(directory, artifact);
          made.set(key(name, { directory, stage }), loaded[name]);
        }
      }
      [taken, streams] = [loaded, streaming];
    },
    put: (link, rows) => {
      for (const [name, value] of Object.entries(rows)) made.set(key(name, link), value);
    },
    find: (artifact) => taken[artifact],
    stream: (artifact) => {
      const rows = taken[artifact];
      return rows === undefined ? streams[artifact] : eachOf(rows);
    },
  };
}

async function* eachOf(rows: readonly object[]): AsyncGenerator<object> {
  yield* rows;
}
