import { CancelledError, InputError, ModelError } from '../errors.js';
import type { Completion, GenerationRequest, LanguageModel } from '../models/language-model.js';
import { stopButton } from '../stop-button.js';
import { isPassing } from './count-calls.js';
import { holdFirstFailures } from './hold-first-failures.js';
import { listMissing, listRequests, type WantedRequest } from './list-requests.js';
import type { Run } from './open-run.js';
import { planStage } from './plan-stage.js';
import { type JsonValue, type RunRecord, recordId } from './run-record.js';
import { separateThinking } from './separate-thinking.js';
import { type Outcome, type StageProgress, trackProgress } from './track-progress.js';

export type RunStageOptions<Item extends { readonly id: string }> = {
  readonly run: Run;
  readonly stage: string;
  readonly model: LanguageModel;
  readonly items: readonly Item[];
  /** `sampling.seed` may be left out: it is then made of the run's seed, the stage and the item's id. */
  readonly request: (item: Item) => Omit<GenerationRequest, 'id'>;
  /**
   * The fields that the record keeps of a completion (it may be cut: `finishReason` is `length`), or why it failed. Its text is what was
   * said; what was thought stands in `thinking`.
   */
  readonly record: (item: Item, completion: Completion) => { readonly [field: string]: JsonValue } | Failed;
  /**
   * Something else takes the place of an item that failed (another draw, say), so that it is not asked for again.
   * @default false
   */
  readonly isReplaced?: boolean;
  /** Asked too for a completion that was cut while the model thought; otherwise that has failed. @default false */
  readonly takesOpenThinking?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: StageProgress) => void;
};

export type Failed = { readonly failed: string };

/**
 * Generates what is missing of a stage and appends a record as each completion arrives; returns all records of these
 * items, earlier ones included, in (item, sample) order. The same run continued gives the same records: what failed in passing (the
 * network, an endpoint that was down) is asked for again, what failed for good is kept. Throws what the model throws (`ModelError`,
 * `CancelledError`), and `FailedCallsError` where the first calls all fail for the same lasting reason; the records made before stay.
 */
export async function runStage<Item extends { readonly id: string }>({
  run,
  stage,
  model,
  items,
  request,
  record,
  isReplaced = false,
  takesOpenThinking = false,
  signal = stopButton.signal(),
  onProgress,
}: RunStageOptions<Item>): Promise<readonly RunRecord[]> {
  if (run.plan !== undefined) return planStage({ run, stage, model, items, request, record, plan: run.plan });
  const existing = run.records(stage);
  const itemsById = indexItems(items, stage);
  const ids = (found: readonly WantedRequest[]): readonly string[] => found.flatMap((each) => each.ids);
  const wanted = await listRequests({ run, stage, items, request, signal });
  if (!isReplaced) {
    const again = ids(wanted).filter((id) => isPassing(existing.get(id) ?? {}));
    if (again.length > 0) await run.setAside(new Set(again));
  }
  const missing = listMissing(wanted, existing);
  const total = wanted.reduce((count, { ids }) => count + ids.length, 0);
  const there = ids(wanted).filter((id) => existing.has(id));
  const doneAlready = there.length;
  const count = (outcome: Outcome): number => there.filter((id) => outcomeOf(existing.get(id)) === outcome).length;
  const [failed, leftOut] = [count('failed'), count('left-out')];
  const progress = trackProgress({ stage, total, done: doneAlready, failed, leftOut, onProgress });

  if (missing.length > 0) {
    throwIfStopped(signal, stage);
    const hasAnswer = there.some((id) => existing.get(id)?.status === 'done');
    const first = holdFirstFailures({ calls: run.calls, hasAnswer });
    const keep = async (records: readonly RunRecord[]): Promise<void> => {
      for (const record of records) await run.append(record);
      run.calls.add(records, { isKept: isReplaced });
    };
    const onModelProgress = ({ completionTokens }: { completionTokens: number }) => progress.tokens(completionTokens);
    const prompts = new Map(missing.map(({ id, prompt }) => [id, prompt]));
    const take: typeof record = (item, completion) =>
      completion.isThinkingOpen === true && !takesOpenThinking
        ? { failed: 'open-thinking', ...thoughtOf(completion) }
        : record(item, completion);
    for await (const drawn of model.generate(missing, { signal, onProgress: onModelProgress })) {
      const completion = separateThinking(drawn, { model, prompt: prompts.get(drawn.requestId) });
      const item = itemsById.get(completion.requestId);
      const id = recordId(stage, completion.requestId, completion.sample);
      if (item === undefined || existing.has(id)) continue;
      const made = toRecord(id, stage, item, completion, take);
      await keep(first.pass(made));
      progress.record({ outcome: outcomeOf(made), tokens: completion.completionTokens });
      throwIfStopped(signal, stage);
    }
    throwIfStopped(signal, stage);
    await keep(first.end());
  }

  const records = wanted.flatMap(({ ids }) => ids.map((id) => existing.get(id)));
  const absent = records.filter((found) => found === undefined).length;
  if (absent > 0) {
    throw new ModelError(
      `Cannot finish stage "${stage}": ${model.name} left out ${absent} of ${total} completions; repeat the same command to ask again`,
    );
  }
  const made = records.filter((found): found is RunRecord => found !== undefined);
  run.calls.add(made, { isKept: isReplaced });
  return made;
}

/** A record has a kind of failure where nobody answered, and a reason alone where the answer is of no use. */
function outcomeOf(record: RunRecord | undefined): Outcome {
  if (record?.status !== 'failed') return 'done';
  return record.failure === undefined ? 'left-out' : 'failed';
}

function throwIfStopped(signal: AbortSignal | undefined, stage: string): void {
  if (signal?.aborted) throw new CancelledError(`Stage "${stage}" was stopped; repeat the same command to continue`);
}

function indexItems<Item extends { readonly id: string }>(items: readonly Item[], stage: string): Map<string, Item> {
  const byId = new Map<string, Item>();
  for (const item of items) {
    if (byId.has(item.id)) {
      throw new InputError(`Cannot run stage "${stage}": two items have the id "${item.id}"; give each row its own id`);
    }
    byId.set(item.id, item);
  }
  return byId;
}

function toRecord<Item extends { readonly id: string }>(
  id: string,
  stage: string,
  item: Item,
  completion: Completion,
  record: RunStageOptions<Item>['record'],
): RunRecord {
  const {
    sample,
    finishReason,
    promptTokens,
    completionTokens,
    thinkingTokens,
    error,
    failure = 'lasting',
  } = completion;
  const isError = finishReason === 'error';
  const { failed, ...kept } = isError ? { failed: error ?? 'the model gave no reason' } : record(item, completion);
  const identity = { id, stage, input: item.id, sample };
  const outcome =
    failed === undefined
      ? { status: 'done' as const }
      : { status: 'failed' as const, reason: firstLine(failed), ...(isError ? { failure } : {}) };
  const thought = thinkingTokens === undefined ? {} : { thinkingTokens };
  const own = { ...identity, ...outcome, promptTokens, completionTokens, ...thought, finishReason };
  // Twice: the first puts our fields in front, the second keeps a stage from overwriting them.
  return { ...own, ...kept, ...own };
}

const thoughtOf = ({ thinking }: Completion): { readonly thinking?: string } =>
  thinking === undefined ? {} : { thinking };

function firstLine(reason: JsonValue): string {
  return String(reason).split(/\r?\n/, 1)[0] || 'no reason given';
}
