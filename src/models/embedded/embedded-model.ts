import { availableParallelism, freemem } from 'node:os';
import { ModelError } from '../../errors.js';
import { letOthersRun } from '../../let-others-run.js';
import type { ChatTemplate } from '../../prompts/chat-template.js';
import { findSpecialStrings } from '../../prompts/find-special-strings.js';
import { findModelThinking } from '../../prompts/model-thinking.js';
import { derivePreQuery } from '../../prompts/pre-query.js';
import { readChatTemplate } from '../../prompts/read-chat-template.js';
import { applyTemplateOptions, type TemplateOptions } from '../../prompts/template-options.js';
import type { ThinkingFamily } from '../../prompts/thinking-families.js';
import { turnEnds } from '../../prompts/turn-ends.js';
import { drawnSamples } from '../asked-samples.js';
import { streamCompletions } from '../completion-stream.js';
import type { ChatMessage, Completion, GenerationRequest, LanguageModel } from '../language-model.js';
import type { Job } from './active-sample.js';
import { startBatchLoop } from './batch-loop.js';
import { borrowTemplate } from './borrow-template.js';
import { architectureField, cacheBytesPerToken } from './cache-bytes.js';
import { chooseLayout, type EngineLayout } from './choose-layout.js';
import { type Engine, openEngine } from './llama-engine.js';
import { oddSampling } from './odd-sampling.js';
import { promptTokens } from './prompt-tokens.js';
import { type GgufHeader, readGguf } from './read-gguf.js';
import { tryLoading } from './try-loading.js';

export type EmbeddedOptions = {
  /** What the model calls itself, such as `pocket`. */
  readonly name: string;
  /** How its chat template is rendered. */
  readonly template?: TemplateOptions | undefined;
  /** Hears before the first token of what in a template that was given is odd. */
  readonly onNote?: ((line: string) => void) | undefined;
  /** @default what `chooseLayout` finds for the model and the processors */
  readonly layout?: Partial<EngineLayout>;
  /** @default 32 */
  readonly maxSequences?: number;
  /** For requests without a seed. */
  readonly random?: () => number;
};

/**
 * Opens a GGUF file in this process, on the CPU, through llama.cpp. Same seed, same text, whatever else is generated
 * at the same time. Throws `ModelError` for a file that is missing, truncated or no GGUF.
 */
export async function openEmbeddedModel(
  file: string,
  {
    name,
    template: asked,
    onNote = () => undefined,
    layout = {},
    maxSequences = 32,
    random = Math.random,
  }: EmbeddedOptions,
): Promise<LanguageModel> {
  const header = readGguf(file);
  await tryLoading(file);
  const engine = await openEngine(file);
  const own = chooseTemplate(asked, { name, header, engine });
  const isGiven = asked?.chatTemplate !== undefined;
  const template = own === undefined ? undefined : applyTemplateOptions(own, asked, name);
  const ends = isGiven && template !== undefined ? turnEnds(template) : [];
  const strange = isGiven && template !== undefined ? plainDelimiters(template, engine) : [];
  for (const line of strange) onNote(`${name}: ${line}`);
  const vocabularySize = header.arrayLengths.get('tokenizer.ggml.tokens') ?? 0;
  const loop = startBatchLoop({
    engine,
    layout: { ...chooseLayout({ ...header, processors: availableParallelism() }), ...layout },
    maxSequences,
    bytesPerToken: cacheBytesPerToken(header),
    window: windowTokens(header),
    cacheBytes: 1 << 30,
    freeBytes,
    forgets: !keepsState(header),
  });
  let closing: Promise<void> | undefined;
  const thinking = template === undefined ? undefined : findModelThinking(template);
  const shownTokens = thinking === undefined ? new Set<number>() : markTokens(thinking.family, engine);
  return {
    name,
    ...(thinking && { thinking }),
    ...(isGiven ? { turnEnds: ends } : {}),
    adaptations: () => strange,
    capabilities: {
      chat: template !== undefined,
      raw: true,
      topLogProbabilities: 20,
      seed: true,
      tokenChoices: true,
      tokenIds: true,
      forbiddenTokens: 'first',
      firstTemperature: true,
    },
    generate: (requests, options) =>
      streamCompletions({
        total: requests.reduce((sum, request) => sum + drawnSamples(request), 0),
        options,
        produce: ({ push, fail }) => {
          if (closing) throw new ModelError(`Cannot generate with ${name}: it is closed, open it again`);
          const jobs: Job[] = [];
          const isThinker = thinking !== undefined;
          const own = { name, engine, template, ends, vocabularySize, shownTokens, isThinker };
          const context = { ...own, random, push, fail };
          let isStopped = false;
          // Prompts of many requests take a while to be rendered and read: the first are answered meanwhile, and Ctrl-C is heard
          const submitAll = async (): Promise<void> => {
            const breathe = letOthersRun(undefined);
            for (const request of requests) {
              if (isStopped) return;
              if (closing) throw new ModelError('The model was closed while it was generating, open it again');
              const job = makeJob(request, context);
              if (job !== undefined) {
                jobs.push(job);
                loop.submit(job);
              }
              const breath = breathe();
              if (breath !== undefined) await breath;
            }
          };
          submitAll().catch(fail);
          return () => {
            isStopped = true;
            jobs.forEach(loop.cancel);
          };
        },
      }),
    ...(template
      ? {
          preQuery: (systemPrompt?: string, history: readonly ChatMessage[] = []) =>
            derivePreQuery({ template, history, ...(systemPrompt === undefined ? {} : { systemPrompt }) }),
        }
      : {}),
    askContext: async () => engine.contextLength,
    promptTokens: (raw) =>
      Array.from(promptTokens({ raw }, { engine, template }), (id) => ({
        id,
        token: engine.detokenize([id], { special: true }),
        isSpecial: engine.isControl(id),
      })),
    tokenize: async (text, { isPrompt = false } = {}) =>
      isPrompt ? [...promptTokens({ raw: text }, { engine, template })] : [...engine.tokenize(text, { special: true })],
    close: () => {
      closing ??= loop.close().then(() => engine.close());
      return closing;
    },
  };
}

/** The one that is given, that of another model, or the file's own. */
function chooseTemplate(
  asked: TemplateOptions | undefined,
  { name, header, engine }: { readonly name: string; readonly header: GgufHeader; readonly engine: Engine },
): ChatTemplate | undefined {
  if (asked?.chatTemplate !== undefined) {
    return {
      source: readChatTemplate(asked.chatTemplate),
      beginToken: engine.beginToken,
      endToken: engine.endToken,
    };
  }
  return asked?.like === undefined ? chatTemplate(header, engine) : borrowTemplate(asked.like, { name, engine });
}

/** Some models were trained on delimiters of plain text; whose template is another model's, reads nothing in its own. */
function plainDelimiters(template: ChatTemplate, engine: Engine): readonly string[] {
  const texts = [...new Set([...findSpecialStrings(derivePreQuery({ template })), ...turnEnds(template)])];
  const plain = texts.filter((text) => engine.tokenize(text, { special: true }).length !== 1);
  return plain.map((text) => `"${text}" of the chat template is no token of its vocabulary: it is read as plain text`);
}

function chatTemplate({ metadata }: GgufHeader, engine: Engine): ChatTemplate | undefined {
  const source = metadata.get('tokenizer.chat_template');
  if (typeof source !== 'string' || source === '') return undefined;
  return { source, beginToken: engine.beginToken, endToken: engine.endToken };
}

/** Other systems swap, and tell less than there is. */
const freeBytes = (): number =>
  process.platform === 'linux' ? (process.availableMemory?.() ?? freemem()) : Number.POSITIVE_INFINITY;

/** How far some layers look back, where others look back further. */
function windowTokens(header: GgufHeader): number | undefined {
  const tokens = architectureField(header, 'attention.sliding_window') ?? 0;
  return tokens > 0 ? tokens : undefined;
}

/** Layers of Mamba, RWKV, and short convolutions keep a state that is written over with each token, and cannot be cut shorter. */
const keepsState = ({ metadata }: GgufHeader): boolean =>
  [...metadata.keys()].some((key) => /^[^.]+\.(ssm|wkv|shortconv|kda)\./.test(key));

type JobContext = {
  readonly name: string;
  readonly engine: Engine;
  readonly template: ChatTemplate | undefined;
  /** What ends a turn, of a template that was given. */
  readonly ends: readonly string[];
  /** Tokens of the vocabulary: native code does not look whether an id is one. */
  readonly vocabularySize: number;
  readonly shownTokens: ReadonlySet<number>;
  readonly isThinker: boolean;
  readonly random: () => number;
  readonly push: (completion: Completion) => void;
  readonly fail: (error: Error) => void;
};

/** A job for the loop, or none when the request cannot be started: its completions then say why. */
function makeJob(
  request: GenerationRequest,
  { name, engine, template, ends, vocabularySize, shownTokens, isThinker, random, push, fail }: JobContext,
): Job | undefined {
  const { id: requestId, sampling } = request;
  const samples = drawnSamples(request);
  const refuse = (error: string, promptTokens = 0): undefined => {
    for (let sample = 0; sample < samples; sample++) {
      push({ requestId, sample, text: '', finishReason: 'error', promptTokens, completionTokens: 0, error });
    }
    return undefined;
  };
  const odd = oddSampling(sampling);
  if (odd !== undefined) return refuse(odd);
  if ('messages' in request.prompt && template === undefined) {
    return refuse(
      `${name} has no chat template; take that of another model by ?like=OWNER/NAME behind it, one of a file by ?chatTemplate=FILE, or a GGUF file that brings one`,
    );
  }
  const { forbiddenTokens: forbidden = [], forbiddenFirstTokens: forbiddenFirst = [] } = sampling;
  const ids = [...('raw' in request.prompt ? (request.prompt.tokens ?? []) : []), ...forbidden, ...forbiddenFirst];
  const stray = ids.find((id) => !(Number.isInteger(id) && id >= 0 && id < vocabularySize));
  if (stray !== undefined) return refuse(`${name} has no token ${stray}, its ids are 0 to ${vocabularySize - 1}`);
  if ((sampling.repetitionPenalty ?? 1) !== 1) {
    return refuse(
      `${name} runs here, where no repetition penalty is known; leave it out, or serve the model by vLLM or llama.cpp`,
    );
  }
  let prompt: Uint32Array;
  try {
    prompt = promptTokens(request.prompt, { engine, template });
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
  if (prompt.length === 0) return refuse('The prompt is empty, give it at least one token');
  const room = engine.contextLength - prompt.length;
  if (room < 1) {
    return refuse(
      `The prompt has ${prompt.length} tokens, ${name} looks back on ${engine.contextLength}, shorten it`,
      prompt.length,
    );
  }
  const limit = Math.min(sampling.maxTokens, room);
  const isChat = 'messages' in request.prompt;
  const stop = [...(sampling.stop ?? []), ...(isChat ? ends : [])].filter((text) => text !== '');
  return {
    prompt,
    samples,
    tokens: prompt.length + limit,
    limit,
    temperature: sampling.temperature,
    firstTemperature: sampling.firstTemperature,
    topP: sampling.topP ?? 1,
    minP: sampling.minP ?? 0,
    seed: sampling.seed ?? Math.floor(random() * 2 ** 32),
    stop,
    stopTokens: specialStops(stop, engine),
    // What a model of that kind thinks ends by a mark, and is not its answer
    stopsBehindAnswer: request.stopsBehindAnswer === true && !isThinker,
    shownTokens,
    topLogProbabilities: sampling.topLogProbabilities ?? 0,
    tokenChoices: sampling.tokenChoices ?? false,
    forbidden,
    forbiddenFirst,
    onSample: (sample) => push({ requestId, promptTokens: prompt.length, ...sample }),
    onFailure: fail,
    cancelled: false,
  };
}

/** Special tokens that a thought is marked with: left out of the text, nobody could tell it from the answer. */
function markTokens({ written }: ThinkingFamily, engine: Engine): ReadonlySet<number> {
  return new Set([...engine.tokenize(written, { special: true })].filter((token) => engine.isControl(token)));
}

/** Stop strings that are one special token: those never appear in the text, so the token itself has to be watched. */
function specialStops(stop: readonly string[], engine: Engine): ReadonlySet<number> {
  const tokens = stop.map((text) => engine.tokenize(text, { special: true }));
  return new Set(
    tokens.flatMap(([token, ...more]) =>
      token !== undefined && more.length === 0 && engine.isControl(token) ? [token] : [],
    ),
  );
}
