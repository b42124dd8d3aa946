import { letOthersRun } from '../let-others-run.js';
import { askedSamples } from '../models/asked-samples.js';
import type { Completion, GenerationRequest, LanguageModel } from '../models/language-model.js';
import { countPromptTokens } from './count-prompt-tokens.js';
import { expectedOutput } from './expected-output.js';
import { listMissing, listRequests } from './list-requests.js';
import { type Probe, probeStage } from './probe-stage.js';
import { type RunRecord, recordId } from './run-record.js';
import type { RunStageOptions } from './run-stage.js';

/** Where stages tell what they would ask. */
export type RunPlan = {
  /** Whether the model may really be asked a few requests. */
  readonly isProbing: boolean;
  /** Whether a sample is there already from another run, so that it costs nothing. @default none is */
  readonly isCached?: ((request: GenerationRequest, sample: number) => boolean) | undefined;
  /** Whose problems are solved, such as `gsm8k`; solutions are as long as is usual there. */
  readonly dataset?: string | undefined;
  readonly stages: StagePlan[];
};

/** What a stage would ask, records of earlier sessions left out. A stage that asks in rounds has several of these. */
export type StagePlan = {
  readonly stage: string;
  readonly requests: number;
  readonly completions: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** When every completion runs into its token limit. */
  readonly maxOutputTokens: number;
  /** Where the mean length of a completion is from. */
  readonly outputSource: string;
  /** Undefined where the model was not asked. */
  readonly elapsedMs: number | undefined;
  readonly probe: RatedProbe | undefined;
  /** Share of the probed completions of which a record could be made, 0 to 1; undefined where the model was not asked. */
  readonly passRate: number | undefined;
};

/** `passed`: those of the completions of which a record could be made. */
export type RatedProbe = Probe & { readonly passed: readonly Completion[] };

/**
 * What `runStage` does in a run that is only planned: renders every request, estimates its tokens, and returns records
 * that later stages can be planned on. A text that nobody has written is stood in for by the item's own question.
 */
export async function planStage<Item extends { readonly id: string }>({
  run,
  stage,
  model,
  items,
  request,
  record,
  signal,
  plan,
}: RunStageOptions<Item> & { readonly plan: RunPlan }): Promise<readonly RunRecord[]> {
  const existing = run.records(stage);
  const wanted = await listRequests({ run, stage, items, request, signal });
  const unwritten = listMissing(wanted, existing);
  const missing = plan.isCached === undefined ? unwritten : leaveOutCached(unwritten, plan.isCached);
  const earlier = plan.stages.find((planned) => planned.stage === stage);
  const isAsked = plan.isProbing && missing.length > 0 && earlier?.probe === undefined;
  const itemsById = new Map(items.map((item) => [item.id, item]));
  const asked = isAsked ? await probeStage({ requests: missing, model, signal }) : undefined;
  const probe = asked === undefined ? earlier?.probe : { ...asked, passed: findPasses(asked, { itemsById, record }) };
  // Never 0, or a stage that draws until it has enough would draw for ever
  const passRate = probe && Math.max(probe.passed.length, 0.5) / Math.max(1, probe.completions.length);
  const planned = estimateStage({ stage, missing, existing, probe, model, dataset: plan.dataset });
  plan.stages.push({ ...planned.totals, probe, passRate });

  const known = { texts: probe?.passed.map(({ text }) => text) ?? [], tokens: planned.meanOutput };
  let place = 0;
  const passes = passRate === undefined ? () => true : spread(passRate);
  const breathe = letOthersRun(signal);
  const records: RunRecord[] = [];
  for (const { request: asked } of wanted) {
    const { id: input, samples = 1 } = asked;
    const item = itemsById.get(input);
    if (item === undefined) continue;
    for (let sample = 0; sample < samples; sample += 1) {
      const id = recordId(stage, input, sample);
      const identity = { id, stage, input, sample, promptTokens: 0, completionTokens: 0 };
      const written = existing.get(id);
      if (written !== undefined) records.push(written);
      else if (!passes()) records.push({ ...identity, status: 'failed', reason: 'expected' });
      else {
        const { failed, ...fields } = record(item, standIn(item, { sample, place: place++, ...known }));
        records.push({ ...fields, ...identity, status: 'done' });
      }
    }
    const breath = breathe();
    if (breath !== undefined) await breath;
  }
  return records;
}

function leaveOutCached(
  requests: readonly GenerationRequest[],
  isCached: NonNullable<RunPlan['isCached']>,
): readonly GenerationRequest[] {
  return requests.flatMap((request) => {
    const lacking = askedSamples(request).filter((sample) => !isCached(request, sample));
    return lacking.length === 0 ? [] : [{ ...request, lacking }];
  });
}

/** What requests would cost in tokens and time, from a probe, earlier records, or what is known of such completions. */
export function estimateStage({
  stage,
  missing,
  existing,
  probe,
  model,
  dataset,
}: {
  stage: string;
  missing: readonly GenerationRequest[];
  existing: ReadonlyMap<string, { readonly [field: string]: unknown }>;
  probe: Probe | undefined;
  model: Pick<LanguageModel, 'name' | 'concurrency'>;
  dataset?: string | undefined;
}): { readonly totals: Omit<StagePlan, 'probe' | 'passRate'>; readonly meanOutput: number } {
  const answered = probe?.completions.filter(({ finishReason }) => finishReason !== 'error') ?? [];
  const known =
    answered.length === 0
      ? expectedOutput(stage, { records: existing, model: model.name, dataset })
      : describeProbe(answered);
  const correction = promptCorrection(answered, missing);
  const totals = { completions: 0, inputTokens: 0, outputTokens: 0, maxOutputTokens: 0 };
  for (const request of missing) {
    const { prompt, sampling } = request;
    const count = askedSamples(request).length;
    totals.completions += count;
    totals.inputTokens += correction * countPromptTokens(prompt);
    totals.outputTokens += count * Math.min(known.mean, sampling.maxTokens);
    totals.maxOutputTokens += count * sampling.maxTokens;
  }
  const elapsedMs =
    probe && answered.length > 0 ? expectedMs({ probe, answered, totals, concurrency: model.concurrency }) : undefined;
  const described = {
    stage,
    requests: missing.length,
    completions: totals.completions,
    inputTokens: Math.round(totals.inputTokens),
    outputTokens: Math.round(totals.outputTokens),
    maxOutputTokens: totals.maxOutputTokens,
    outputSource: known.source,
    elapsedMs,
  };
  return { totals: described, meanOutput: known.mean };
}

function describeProbe(answered: readonly Completion[]) {
  const tokens = answered.reduce((sum, { completionTokens }) => sum + completionTokens, 0);
  return { mean: tokens / answered.length, source: `a probe of ${answered.length} completions` };
}

/** What the engine counts for each token that we estimate: templates and tokenizers differ. */
function promptCorrection(answered: readonly Completion[], missing: readonly GenerationRequest[]): number {
  const byId = new Map(missing.map((request) => [request.id, request]));
  let [counted, estimated] = [0, 0];
  for (const { requestId, promptTokens } of answered) {
    const request = byId.get(requestId);
    if (request === undefined || promptTokens === 0) continue;
    counted += promptTokens;
    estimated += countPromptTokens(request.prompt);
  }
  return estimated === 0 ? 1 : counted / estimated;
}

/** Calls to an endpoint take as long however many are under way; an engine that batches gives so many tokens a second. */
function expectedMs({
  probe,
  answered,
  totals,
  concurrency,
}: {
  probe: Probe;
  answered: readonly Completion[];
  totals: { completions: number; outputTokens: number };
  concurrency: number | undefined;
}): number {
  if (concurrency !== undefined) return (totals.completions * probe.latencyMs) / concurrency;
  const tokens = answered.reduce((sum, { completionTokens }) => sum + completionTokens, 0);
  return tokens === 0 ? 0 : (totals.outputTokens * probe.elapsedMs) / tokens;
}

function findPasses<Item extends { readonly id: string }>(
  { completions }: Probe,
  { itemsById, record }: { itemsById: ReadonlyMap<string, Item>; record: RunStageOptions<Item>['record'] },
): readonly Completion[] {
  return completions.filter((completion) => {
    const item = itemsById.get(completion.requestId);
    return item !== undefined && completion.finishReason !== 'error' && record(item, completion).failed === undefined;
  });
}

/** True for this share of the calls, evenly. */
function spread(share: number): () => boolean {
  let [asked, passed] = [0, 0];
  return () => {
    asked += 1;
    const passes = Math.floor(asked * share + 1e-9) > passed;
    passed += passes ? 1 : 0;
    return passes;
  };
}

/**
 * A text that the probe wrote, else the item's own question, else one of the expected length: later stages are asked with it. Every one
 * reads differently, so that none is taken for a repetition.
 */
function standIn(
  item: { readonly id: string; readonly question?: unknown },
  { sample, place, texts, tokens }: { sample: number; place: number; texts: readonly string[]; tokens: number },
): Completion {
  const filler = `Problem ${item.id}${' .'.repeat(Math.round(tokens))}`;
  const question = typeof item.question === 'string' ? item.question : undefined;
  const text = `${question ?? texts[place % texts.length] ?? filler} (${item.id}, ${sample})`;
  return { requestId: item.id, sample, text, finishReason: 'stop', promptTokens: 0, completionTokens: 0 };
}
