import type { Environment } from '../environment.js';
import { InputError, ModelError } from '../errors.js';
import { recordingPath } from '../everyday-files.js';
import { findPython } from '../gpu/find-python.js';
import { baseOfRecordedModel } from '../gpu/recorded-model-name.js';
import { hasNvidiaGpu, scriptNeeds } from '../gpu/scripts.js';
import { named } from '../name-setting.js';
import { stopButton } from '../stop-button.js';
import { recordingFiles } from '../storage/recording-files.js';
import { openEmbeddedModel } from './embedded/embedded-model.js';
import type { FetchProgress } from './files/find-hub-file.js';
import { findModelFile, isFileName } from './files/find-model-file.js';
import { ggufOfFolder, isForGpu, isModelFolder } from './files/trained-folder.js';
import type { LanguageModel } from './language-model.js';
import type { BatchOptions } from './openai/batch/batch-model.js';
import { openOpenAiModel } from './openai/openai-model.js';
import { isEndpointName, parseEndpoint } from './openai/parse-endpoint.js';
import { ownModelFile } from './own-models.js';
import { recordedModel } from './recording/recorded-model.js';
import { openReplayModel } from './replay/replay-model.js';
import type { EngineOptions } from './vllm/engine-options.js';
import { openVllmModel } from './vllm/vllm-model.js';

export type OpenModelOptions = {
  /** Calls to an endpoint under way at the same time. @default 16 */
  readonly concurrency?: number;
  /** How often a call is tried again after 408, 409, 429, 5xx or a lost connection. @default MATHPIE_MAX_RETRIES, or 4 */
  readonly maxRetries?: number;
  /** A call that takes longer is broken off and tried again, in milliseconds. @default 600000, and longer for more than 12,000 tokens */
  readonly timeoutMs?: number;
  /** Ask an endpoint by way of its Batch API: cheaper, and within a day. */
  readonly batch?: BatchOptions | undefined;
  /** Where and how vLLM runs; other engines have no such settings. */
  readonly engine?: EngineOptions | undefined;
  /** Hears what is fetched before the model can be opened: its licence, its size, and where it stays. */
  readonly onNote?: ((line: string) => void) | undefined;
  /** Hears how far a fetch has come. */
  readonly onFetch?: ((progress: FetchProgress) => void) | undefined;
  /** Breaks a fetch off; what came is kept. @default the stop button of a notebook */
  readonly signal?: AbortSignal | undefined;
  /** @default connections of our own, kept until the model is closed */
  readonly fetch?: typeof globalThis.fetch;
  /** Where keys are read from (OPENAI_API_KEY, or MATHPIE_API_KEY for `http://` endpoints), and MATHPIE_MAX_RETRIES. @default process.env */
  readonly environment?: Environment;
};

const forms =
  'pocket, student, gguf:FILE, hf:OWNER/REPO:Q4_K_M, ollama:NAME, vllm:OWNER/NAME, vllm:FOLDER, FOLDER (a trained model), http://host:port/v1#model, openai:NAME (or anthropic:, gemini:, openrouter:, azure:), replay:FILE';

/**
 * Opens a model by its string: `pocket` and `student` (the small models in data/), `gguf:FILE` (embedded), `hf:OWNER/REPO/FILE.gguf` or `hf:OWNER/REPO:Q4_K_M` (the same, fetched once from the Hugging Face hub), `ollama:NAME` (the same, from Ollama's store), `vllm:OWNER/NAME` or `vllm:FOLDER` (vLLM
 * in a Python process of its own; `?key=value&…` behind it sets the engine), a URL of an OpenAI-compatible server with the model after
 * `#`, `openai:NAME`, `anthropic:NAME`, `gemini:NAME`, `openrouter:NAME`, `azure:DEPLOYMENT` (options behind `?`: docs/endpoints.md), `FOLDER` (a checkpoint: by vLLM where there is a GPU and vLLM, else as a GGUF file that is kept beside it), or `replay:FILE` (recorded completions; `replay:everyday`: a real model's answers to the problems that `everyday` names). Throws `InputError` for any other string, `ModelError` when the model
 * cannot be opened. Where the environment names a recording (`MATHPIE_REPLAY`, `MATHPIE_RECORD`), completions come from it or go into it.
 *
 * @example const model = await openModel('pocket');
 * for await (const { text } of model.generate(requests)) console.log(text);
 * await model.close();
 */
export async function openModel(name: string, options: OpenModelOptions = {}): Promise<LanguageModel> {
  const recording = recordingFiles(options.environment ?? process.env);
  const base = baseOfRecordedModel(name);
  if (base !== undefined && recording?.replay === undefined)
    throw new InputError(
      `Cannot open model "${name}": its training was taken from a recording, which keeps no weights; train it here in another run directory`,
    );
  const model =
    base === undefined ? await openByName(name, options) : await openWithoutWeights(name, { base, options });
  return recording === undefined ? model : recordedModel(model, recording);
}

/** What was trained in a recording: template and tokens are those of its base, and answers those that are recorded. */
async function openWithoutWeights(
  name: string,
  { base, options }: { readonly base: string; readonly options: OpenModelOptions },
): Promise<LanguageModel> {
  const generate: LanguageModel['generate'] = () => {
    throw new ModelError(
      `Cannot ask ${name} what is not recorded: its training was taken from a recording, which keeps no weights; train it here, or record all anew with "npm run record:notebooks -- --all"`,
    );
  };
  return { ...(await openByName(base, options)), name, generate };
}

async function openByName(
  name: string,
  {
    fetch,
    environment = process.env,
    onNote,
    onFetch,
    signal = stopButton.signal(),
    engine,
    ...limits
  }: OpenModelOptions,
): Promise<LanguageModel> {
  if (limits.batch !== undefined && !isEndpointName(name)) {
    throw new InputError(
      `Cannot use ${named('batch')} with ${name}: only an endpoint has a Batch API; leave ${named('batch')} out`,
    );
  }
  const own = ownModelFile(name);
  if (own !== undefined) return openEmbeddedModel(own, { name });
  const [, scheme = '', rest = ''] = /^(replay|vllm):(.+)$/s.exec(name) ?? [];
  if (isFileName(name)) {
    const { file, options } = await findModelFile(name, { environment, onNote, onFetch, signal });
    return openEmbeddedModel(file, { name, template: options, onNote });
  }
  if (isModelFolder(name)) {
    // Beside a GPU vLLM reads the folder as it is.
    if (isForGpu(name) && (await hasVllm(environment))) return openVllmModel(`vllm:${name}`, { environment, engine });
    return openEmbeddedModel(await ggufOfFolder(name, { environment, onNote, signal }), { name });
  }
  if (scheme === 'vllm') return openVllmModel(name, { environment, engine });
  if (scheme === 'replay') return openReplayModel(recordingPath(rest), { name });
  if (isEndpointName(name)) {
    const effects = { fetch, environment };
    return openOpenAiModel({
      ...parseEndpoint(name, environment),
      maxRetries: readMaxRetries(environment),
      ...limits,
      effects,
    });
  }
  throw new InputError(`Cannot open model "${name}": unknown form, use one of ${forms}`);
}

/** Whether a folder can be opened as it is: a GPU, and a Python that has vLLM. */
async function hasVllm(environment: Environment): Promise<boolean> {
  if (!hasNvidiaGpu()) return false;
  return findPython(scriptNeeds('generate'), { environment }).then(
    () => true,
    () => false,
  );
}

function readMaxRetries({ MATHPIE_MAX_RETRIES: text = '' }: Environment): number | undefined {
  if (text === '') return undefined;
  if (/^\d{1,2}$/.test(text)) return Number(text);
  throw new InputError(`Cannot use MATHPIE_MAX_RETRIES="${text}": it says how often a call is tried again, 0 to 99`);
}
