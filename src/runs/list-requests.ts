import { letOthersRun } from '../let-others-run.js';
import type { GenerationRequest } from '../models/language-model.js';
import { itemSeed } from './item-seed.js';
import type { Run } from './open-run.js';
import { recordId } from './run-record.js';

/** One item's request, and the ids of the records that its samples become. */
export type WantedRequest = { readonly ids: readonly string[]; readonly request: GenerationRequest };

/**
 * The requests of a stage, in the order of the items. A request with no seed gets one made of the run's seed, the stage and the item's id. In turns,
 * for there may be millions: throws `CancelledError` when `signal` is aborted.
 */
export async function listRequests<Item extends { readonly id: string }>({
  run,
  stage,
  items,
  request,
  signal,
}: {
  readonly run: Pick<Run, 'seed'>;
  readonly stage: string;
  readonly items: readonly Item[];
  readonly request: (item: Item) => Omit<GenerationRequest, 'id'>;
  readonly signal?: AbortSignal | undefined;
}): Promise<readonly WantedRequest[]> {
  const breathe = letOthersRun(signal);
  const wanted: WantedRequest[] = [];
  for (const item of items) {
    const asked = request(item);
    const sampling = { ...asked.sampling, seed: asked.sampling.seed ?? itemSeed(run.seed, stage, item.id) };
    const ids = Array.from({ length: asked.samples ?? 1 }, (_, sample) => recordId(stage, item.id, sample));
    wanted.push({ ids, request: { ...asked, id: item.id, sampling } });
    const breath = breathe();
    if (breath !== undefined) await breath;
  }
  return wanted;
}

/** Those that still lack a sample. */
export function listMissing(
  wanted: readonly WantedRequest[],
  existing: ReadonlyMap<string, unknown>,
): readonly GenerationRequest[] {
  return wanted.flatMap(({ ids, request }) => {
    const lacking = ids.flatMap((id, sample) => (existing.has(id) ? [] : [sample]));
    if (lacking.length === 0) return [];
    return [lacking.length === ids.length ? request : { ...request, lacking }];
  });
}
