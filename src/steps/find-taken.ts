import { type Artifact, latestArtifact } from '../runs/artifacts.js';
import type { AnyStep } from './step.js';

/** Of each artifact that a stage takes: the name it really has, and the stage that made it. */
export type Taken = { readonly [artifact: string]: Pick<Artifact, 'name' | 'stage'> };

/** The rows that a stage may take. */
export type Offered = {
  /** What the run directory holds already. */
  readonly artifacts: readonly Artifact[];
  /** What the stages of the chain so far leave, which goes first: they may have left it in an earlier session. */
  readonly left: readonly Artifact[];
};

type Taking = {
  readonly step: Pick<AnyStep, 'takes'>;
  /** Files to take the rows from instead of the run directory. */
  readonly data?: readonly string[] | undefined;
  /** The type in the published name of the file to take the rows from, such as `ins_res`. */
  readonly type?: string | undefined;
};

/** What a step takes: the latest of each artifact that it wants, or what stages it is told of made `earlier`. */
export function findTaken(
  { step, data = [], type }: Taking,
  { artifacts, left }: Offered,
  earlier?: { readonly [artifact: string]: string },
): Taken {
  const entries = Object.keys(step.takes).flatMap((artifact, index) => {
    if (index === 0 && data.length > 0) return [];
    if (earlier !== undefined && earlier[artifact] === undefined) return [];
    const found =
      index === 0 && type !== undefined
        ? artifacts.findLast(({ file }) => isOfType(file, type))
        : (latestArtifact(left, namesOf(artifact)) ??
          latestArtifact(artifacts, namesOf(artifact), { stage: earlier?.[artifact] }));
    return found === undefined ? [] : [[artifact, { name: found.name, stage: found.stage }] as const];
  });
  return Object.fromEntries(entries);
}

/**
 * The stage whose rows are later than those that are taken: a recipe takes what its own steps left, where a command may have dropped rows of
 * it since.
 */
export function findPassedOver(found: Taken, { artifacts, left }: Offered): string | undefined {
  for (const { name, stage } of Object.values(found)) {
    if (!left.some((artifact) => artifact.stage === stage)) continue;
    const later = latestArtifact(artifacts, [name])?.stage;
    if (later !== undefined && !left.some((artifact) => artifact.stage === later)) return later;
  }
  return undefined;
}

/** Names that an artifact of this kind may have, the best first. */
const namesOf = (artifact: string): readonly string[] =>
  artifact === 'rows' ? ['solutions', 'instructions'] : [artifact];

/** `Magpie_{model}_{count}_{timestamp}_{type}.json`; a second one of a type has its number behind it. */
function isOfType(file: string, type: string): boolean {
  const ending = /^Magpie_[^_]+_\d+_\d+_(.+)\.json$/.exec(file)?.[1];
  return ending === type || ending?.replace(/_\d+$/, '') === type;
}
