import { openJsonlAppender } from '../../storage/append-jsonl.js';
import type { Completion, GenerationRequest, LanguageModel } from '../language-model.js';
import { type RecordedModel, type RecordedRequest, systemPlaceholder } from './recording.js';
import { requestHash } from './request-hash.js';

/**
 * Wraps a model so that every answered request is also appended to a JSONL file, for `replay:FILE` to play back.
 * A request with a failed completion is not recorded. `close` closes the file and the model.
 */
export async function recordTo(model: LanguageModel, file: string): Promise<LanguageModel> {
  const appender = await openJsonlAppender({ file });
  const header: RecordedModel = {
    model: model.name,
    capabilities: model.capabilities,
    ...(model.preQuery
      ? { preQuery: model.preQuery(), preQueryWithSystem: withSystem(model.preQuery.bind(model)) }
      : {}),
  };
  await appender.append(header);

  async function* generate(
    requests: readonly GenerationRequest[],
    options?: Parameters<LanguageModel['generate']>[1],
  ): AsyncGenerator<Completion> {
    const open = new Map(requests.map((request) => [request.id, { request, completions: [] as Completion[] }]));
    for await (const completion of model.generate(requests, options)) {
      const entry = open.get(completion.requestId);
      entry?.completions.push(completion);
      if (entry && entry.completions.length === (entry.request.samples ?? 1)) {
        open.delete(completion.requestId);
        if (entry.completions.every(({ finishReason }) => finishReason !== 'error')) {
          await appender.append(recordRequest(entry));
        }
      }
      yield completion;
    }
  }

  let closing: Promise<void> | undefined;
  // A recording is looked up by its text: token ids would need the tokenizer that a replay does not have
  const { tokenize: _, ...rest } = model;
  return {
    ...rest,
    generate,
    close: () => {
      closing ??= appender.close().then(() => model.close());
      return closing;
    },
  };
}

/** A template that refuses system turns has no such text. */
function withSystem(preQuery: (systemPrompt?: string) => string): string {
  try {
    return preQuery(systemPlaceholder);
  } catch {
    return '';
  }
}

function recordRequest({
  request,
  completions,
}: {
  readonly request: GenerationRequest;
  readonly completions: readonly Completion[];
}): RecordedRequest {
  const sorted = [...completions].sort((a, b) => a.sample - b.sample);
  return {
    requestHash: requestHash(request),
    id: request.id,
    completions: sorted.map(({ requestId: _, ...completion }) => completion),
  };
}
