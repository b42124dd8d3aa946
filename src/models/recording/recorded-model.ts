import { ModelError } from '../../errors.js';
import { recordedModelName } from '../../gpu/recorded-model-name.js';
import { openJsonlAppender } from '../../storage/append-jsonl.js';
import type { RecordingFiles } from '../../storage/recording-files.js';
import { askedSamples } from '../asked-samples.js';
import { completionKey, completionKeys } from '../cache/completion-key.js';
import type { StoredCompletion } from '../cache/completion-store.js';
import { streamCompletions } from '../completion-stream.js';
import type { Completion, GenerateOptions, GenerationRequest, LanguageModel } from '../language-model.js';
import { readRecording } from './read-recording.js';

/**
 * The opened model with its completions taken from a recording: templates and tokens are still its own, and only what takes
 * time is not done again. A completion is found by model, prompt, sampling and number of the sample, whatever the order or the
 * ids. Throws `InputError` when `replay` cannot be read, and `ModelError` from `generate` for a call that it does not know.
 */
export async function recordedModel(
  model: LanguageModel,
  { replay, record, asksWhatIsMissing = false }: RecordingFiles,
): Promise<LanguageModel> {
  const recorded = replay === undefined ? new Map<string, StoredCompletion>() : await readRecording(replay);
  const appender = record === undefined ? undefined : await openJsonlAppender({ file: record });
  const name = recordedModelName(model.name);

  async function* generate(
    requests: readonly GenerationRequest[],
    options?: GenerateOptions,
  ): AsyncGenerator<Completion, void, undefined> {
    const found: Completion[] = [];
    const asked: GenerationRequest[] = [];
    for (const request of requests) {
      const completions = askedSamples(request).flatMap((sample) => {
        const keys = completionKeys(request, { model: name, sample });
        const stored = keys.map((key) => recorded.get(key)).find((found) => found !== undefined);
        return stored === undefined ? [] : [{ ...stored, requestId: request.id, sample }];
      });
      // A request is asked whole or not at all, as an engine does that cannot begin in the middle.
      if (completions.length === askedSamples(request).length) found.push(...completions);
      else asked.push(request);
    }
    if (appender === undefined && !asksWhatIsMissing && asked[0] !== undefined)
      throw notRecorded(asked[0], { model, replay });

    const byId = new Map(requests.map((request) => [request.id, request]));
    const keep = async (completion: Completion): Promise<void> => {
      const { requestId, sample, ...kept } = completion;
      const request = byId.get(requestId);
      // A refusal too: a prompt that is too long is so in every run.
      if (request === undefined) return;
      const key = completionKey(request, { model: name, sample, ranOn: completion.ranOn });
      await appender?.append({ key, ...kept });
    };
    const replayed = streamCompletions({
      total: found.length,
      options,
      produce: ({ push }) => {
        found.forEach(push);
        return undefined;
      },
    });
    for await (const completion of replayed) {
      await keep(completion);
      yield completion;
    }
    if (asked.length === 0) return;
    for await (const completion of model.generate(asked, options)) {
      await keep(completion);
      yield completion;
    }
  }

  let closing: Promise<void> | undefined;
  return {
    ...model,
    generate,
    close: () => {
      closing ??= Promise.resolve(appender?.close()).then(() => model.close());
      return closing;
    },
  };
}

function notRecorded(
  { prompt }: GenerationRequest,
  { model, replay }: { readonly model: LanguageModel; readonly replay: string | undefined },
): ModelError {
  const text = 'raw' in prompt ? prompt.raw : (prompt.messages.at(-1)?.content ?? '');
  const start = JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
  return new ModelError(
    `Cannot answer ${start} for ${model.name}: this call is not in ${replay}; record anew with "npm run record:notebooks"`,
  );
}
