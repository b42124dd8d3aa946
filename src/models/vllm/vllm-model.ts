import { GpuError, ModelError } from '../../errors.js';
import { findPython } from '../../gpu/find-python.js';
import { type OpenSessionOptions, openSession } from '../../gpu/open-session.js';
import { scriptNeeds } from '../../gpu/scripts.js';
import type { ChatTemplate } from '../../prompts/chat-template.js';
import { findModelThinking } from '../../prompts/model-thinking.js';
import { derivePreQuery } from '../../prompts/pre-query.js';
import { applyTemplateOptions, type TemplateOptions } from '../../prompts/template-options.js';
import { turnEnds } from '../../prompts/turn-ends.js';
import { drawnSamples } from '../asked-samples.js';
import { streamCompletions } from '../completion-stream.js';
import type {
  ChatMessage,
  Completion,
  GenerationRequest,
  LanguageModel,
  ModelCapabilities,
} from '../language-model.js';
import { refuseUnsupported } from '../refuse-unsupported.js';
import { type EngineOptions, settleEngine } from './engine-options.js';
import { parseVllmName } from './parse-vllm-name.js';
import { fromWireCompletion, toWireRequest, type WireCompletion } from './wire.js';

export type VllmOptions = Partial<Pick<OpenSessionOptions, 'python' | 'folder' | 'environment' | 'graceMs'>> & {
  readonly engine?: EngineOptions | undefined;
};

/** What the engine says of itself when it is loaded. */
type Ready = {
  readonly chatTemplate: string | null;
  readonly beginToken: string;
  readonly endToken: string;
  readonly context?: number;
};

/** What one call of `generate` still waits for: its own ids by those on the wire, with the samples that are missing. */
type Call = {
  readonly waiting: Map<string, { readonly requestId: string; missing: number }>;
  readonly push: (completion: Completion) => void;
  readonly fail: (error: Error) => void;
};

/**
 * Opens a model with vLLM, in a Python process that lives until `close`: calls share one engine and one batch. Resolves
 * when the weights are loaded, which takes from half a minute to many. Throws `ModelError` when the engine refuses the
 * model, `InputError` for a wrong setting or when no Python has vLLM.
 */
export async function openVllmModel(
  name: string,
  {
    environment: given = process.env,
    engine = {},
    python = () => findPython(scriptNeeds('generate'), { environment: given }),
    ...rest
  }: VllmOptions = {},
): Promise<LanguageModel> {
  const { model, settings, template: asked } = parseVllmName(name);
  const { config, environment } = settleEngine(engine, given);
  const calls = new Set<Call>();
  const texts: Texts = new Map();
  let callCount = 0;
  let failure: Error | undefined;
  const loading = createLoading();
  const session = await openSession({
    script: 'generate',
    file: 'generate_session.py',
    // Not part of a completion here, and it costs the engine time.
    config: { logProbabilities: false, ...settings, ...config, model, requests: '-' },
    python,
    environment,
    ...rest,
    onMessage: ({ ready, completion, tokens }) => {
      if (ready !== undefined) loading.resolve(ready as Ready);
      if (completion !== undefined) deliver(completion as WireCompletion, calls);
      if (tokens !== undefined) settle(tokens as WireTokens, texts);
    },
    onFailure: (error) => {
      failure = toModelError(error, name);
      loading.reject(failure);
      for (const call of calls) call.fail(failure);
      for (const { reject } of texts.values()) reject(failure);
    },
  });
  const { chatTemplate, beginToken, endToken, context } = await loading.promise;

  const own = chatTemplate === null ? undefined : { source: chatTemplate, beginToken, endToken };
  const template = await applyOptions(own, { asked, name, close: () => session.close() });
  const thinking = template === undefined ? undefined : findModelThinking(template);
  const capabilities: ModelCapabilities = {
    chat: template !== undefined,
    raw: true,
    topLogProbabilities: 20,
    seed: true,
    tokenIds: true,
    // vLLM's V1 engine takes a bias for each token id, and no function that could look at the place
    forbiddenTokens: 'whole',
    // By a request for the first token, and one that goes on with it
    firstTemperature: true,
  };
  const ends = settings.chatTemplate === undefined || template === undefined ? undefined : turnEnds(template);
  let closing: Promise<void> | undefined;
  const checkOpen = (): void => {
    if (failure !== undefined) throw failure;
    if (closing) throw new ModelError(`Cannot generate with ${name}: it is closed, open it again`);
  };
  return {
    name,
    ...(thinking && { thinking }),
    ...(ends && { turnEnds: ends }),
    capabilities,
    generate: (requests, options) =>
      streamCompletions({
        total: requests.reduce((sum, request) => sum + drawnSamples(request), 0),
        options,
        produce: ({ push, fail }) => {
          checkOpen();
          refuseUnsupported(requests, { name, capabilities });
          const call: Call = { waiting: new Map(), push, fail };
          const prefix = callCount++;
          calls.add(call);
          requests.forEach((request, index) => {
            const id = `${prefix}/${index}`;
            call.waiting.set(id, { requestId: request.id, missing: drawnSamples(request) });
            session.send({ request: toWireRequest(withEnds(request, ends), id) });
          });
          return () => {
            calls.delete(call);
            if (call.waiting.size > 0) session.send({ cancel: [...call.waiting.keys()] });
          };
        },
      }),
    ...(template
      ? {
          preQuery: (systemPrompt?: string, history: readonly ChatMessage[] = []) =>
            derivePreQuery({ template, history, ...(systemPrompt === undefined ? {} : { systemPrompt }) }),
        }
      : {}),
    askContext: async () => context,
    // Also in a chat nothing is put in front of the template's own text
    tokenize: async (text) => {
      checkOpen();
      const id = String(callCount++);
      const found = new Promise<readonly number[]>((resolve, reject) => texts.set(id, { resolve, reject }));
      session.send({ tokenize: { id, text } });
      return found;
    },
    close: () => {
      for (const call of calls) session.send({ cancel: [...call.waiting.keys()] });
      const gone = new ModelError(`The model ${name} was closed while it was generating`);
      for (const { fail } of calls) fail(gone);
      for (const { reject } of texts.values()) reject(gone);
      closing ??= session.close();
      return closing;
    },
  };
}

/** Under a template that is not the model's own its own end of a turn need not be that of the template. */
function withEnds(request: GenerationRequest, ends: readonly string[] = []): GenerationRequest {
  if (ends.length === 0 || !('messages' in request.prompt)) return request;
  return { ...request, sampling: { ...request.sampling, stop: [...(request.sampling.stop ?? []), ...ends] } };
}

/** A template that has no such switch is refused, and the engine let go. */
async function applyOptions(
  own: ChatTemplate | undefined,
  { asked, name, close }: { asked: TemplateOptions; name: string; close: () => Promise<void> },
): Promise<ChatTemplate | undefined> {
  try {
    return own === undefined ? undefined : applyTemplateOptions(own, asked, name);
  } catch (error) {
    await close();
    throw error;
  }
}

function deliver(completion: WireCompletion, calls: ReadonlySet<Call>): void {
  for (const call of calls) {
    const found = call.waiting.get(completion.requestId);
    if (found === undefined) continue;
    found.missing -= 1;
    if (found.missing === 0) call.waiting.delete(completion.requestId);
    call.push(fromWireCompletion(completion, found.requestId));
  }
}

type WireTokens = { readonly id: string; readonly ids: readonly number[] };
type Texts = Map<string, { resolve(ids: readonly number[]): void; reject(error: Error): void }>;

function settle({ id, ids }: WireTokens, texts: Texts): void {
  texts.get(id)?.resolve(ids);
  texts.delete(id);
}

function createLoading() {
  let resolve: (ready: Ready) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<Ready>((...settle) => {
    [resolve, reject] = settle;
  });
  // Whoever waits for it is told; before that it must not end the program.
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}

/** What the engine refuses says its own way out; after a fault it has to be opened anew. */
function toModelError(error: Error, name: string): ModelError {
  const message =
    error instanceof GpuError ? `The engine of ${name} is gone: ${error.message}; open it again` : error.message;
  return new ModelError(message, { cause: error });
}
