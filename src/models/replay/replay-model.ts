import { InputError, PromptError } from '../../errors.js';
import { type JsonObject, readJsonl } from '../../storage/read-jsonl.js';
import { streamCompletions } from '../completion-stream.js';
import type { Completion, GenerationRequest, LanguageModel } from '../language-model.js';
import { type RecordedModel, type RecordedRequest, systemPlaceholder } from './recording.js';
import { requestHash } from './request-hash.js';

/**
 * Opens a file that `recordTo` wrote (or a hand-written one) and answers from it. A request is looked up by the hash of
 * its prompt, sampling and number of samples, then by its id; one that is not in the file fails and says so.
 * Throws `InputError` naming file and line when the file cannot be read.
 */
export async function openReplayModel(file: string, { name }: { readonly name: string }): Promise<LanguageModel> {
  const { rows } = await readJsonl<RecordedModel | RecordedRequest>({ file, check: checkRow });
  const header = rows.findLast((row): row is RecordedModel => 'model' in row);
  const recorded = rows.filter((row): row is RecordedRequest => 'completions' in row);
  if (recorded.length === 0) {
    throw new InputError(`Cannot replay ${file}: no recorded request in it, record some first`, { file });
  }
  // The last recording of a request counts.
  const byHash = new Map(recorded.flatMap((row) => (row.requestHash ? [[row.requestHash, row] as const] : [])));
  const byId = new Map(recorded.flatMap((row) => (row.requestHash === undefined && row.id ? [[row.id, row]] : [])));
  const find = (request: GenerationRequest): RecordedRequest | undefined =>
    byHash.get(requestHash(request)) ?? byId.get(request.id);

  return {
    name,
    capabilities: header?.capabilities ?? { chat: true, raw: true, topLogProbabilities: 0, seed: true },
    generate: (requests, options) =>
      streamCompletions({
        total: requests.reduce((sum, request) => sum + (request.samples ?? 1), 0),
        options,
        produce: ({ push }) => {
          for (const request of requests) replay(request, { file, found: find(request) }).forEach(push);
          return undefined;
        },
      }),
    ...(header?.preQuery === undefined ? {} : { preQuery: (systemPrompt) => preQuery(header, systemPrompt) }),
    close: async () => undefined,
  };
}

function checkRow(row: JsonObject): RecordedModel | RecordedRequest | string {
  if (typeof row.model === 'string' && typeof row.capabilities === 'object') return row as RecordedModel;
  if (!Array.isArray(row.completions)) return 'lacks the field "completions"';
  if (typeof row.requestHash !== 'string' && typeof row.id !== 'string') return 'has neither "requestHash" nor "id"';
  const isWhole = row.completions.every((completion) => typeof completion?.text === 'string');
  return isWhole ? (row as unknown as RecordedRequest) : 'has a completion without "text"';
}

function replay(
  request: GenerationRequest,
  { file, found }: { readonly file: string; readonly found: RecordedRequest | undefined },
): Completion[] {
  return Array.from({ length: request.samples ?? 1 }, (_, sample) => {
    const recorded = found?.completions.find((completion, index) => (completion.sample ?? index) === sample);
    const blank = { text: '', finishReason: 'stop' as const, promptTokens: 0, completionTokens: 0 };
    if (recorded) return { ...blank, ...recorded, requestId: request.id, sample };
    const error = `Not in ${file}: sample ${sample} of request ${request.id}, record it again`;
    return { ...blank, requestId: request.id, sample, finishReason: 'error' as const, error };
  });
}

function preQuery(
  { model, preQuery: text = '', preQueryWithSystem = '' }: RecordedModel,
  systemPrompt?: string,
): string {
  if (systemPrompt === undefined) return text;
  if (preQueryWithSystem === '')
    throw new PromptError(`Cannot give ${model} a system prompt: its chat template has none`);
  return preQueryWithSystem.split(systemPlaceholder).join(systemPrompt);
}
