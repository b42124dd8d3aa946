import type { GenerationRequest } from '../models/language-model.js';
import { itemSeed } from './item-seed.js';
import type { Run } from './open-run.js';
import { recordId } from './run-record.js';

/** One item's request, and the ids of the records that its samples become. */
export type WantedRequest = { readonly ids: readonly string[]; readonly request: GenerationRequest };

/**
 * The requests of a stage, in the order of the items, and those of them that still lack a sample. A request with no seed
 * gets one made of the run's seed, the stage and the item's id.
 */
export function listRequests<Item extends { readonly id: string }>({
  run,
  stage,
  items,
  request,
}: {
  readonly run: Pick<Run, 'seed' | 'records'>;
  readonly stage: string;
  readonly items: readonly Item[];
  readonly request: (item: Item) => Omit<GenerationRequest, 'id'>;
}): { readonly wanted: readonly WantedRequest[]; readonly missing: readonly GenerationRequest[] } {
  const existing = run.records(stage);
  const wanted = items.map((item): WantedRequest => {
    const asked = request(item);
    const sampling = { ...asked.sampling, seed: asked.sampling.seed ?? itemSeed(run.seed, stage, item.id) };
    const ids = Array.from({ length: asked.samples ?? 1 }, (_, sample) => recordId(stage, item.id, sample));
    return { ids, request: { ...asked, id: item.id, sampling } };
  });
  const missing = wanted.flatMap(({ ids, request }) => {
    const lacking = ids.flatMap((id, sample) => (existing.has(id) ? [] : [sample]));
    if (lacking.length === 0) return [];
    return [lacking.length === ids.length ? request : { ...request, lacking }];
  });
  return { wanted, missing };
}
