import type { ModelThinking } from '../prompts/model-thinking.js';

/**
 * The one interface that every engine implements. Batch-first: an engine gets all requests at once and yields each
 * completion as soon as it is finished, in any order.
 */
export type LanguageModel = {
  /** The model string that opened it, such as `pocket` or `http://localhost:8000/v1#qwen`. Never holds a key. */
  readonly name: string;
  readonly capabilities: ModelCapabilities;
  /** Calls under way at the same time; absent from engines that batch by themselves. */
  readonly concurrency?: number;
  /** How it thinks, where its template tells; what it writes still holds its marks. */
  readonly thinking?:
    | (Pick<ModelThinking, 'family' | 'isOpened'> & {
        /** Its template opens the thought, and nobody knows whether the endpoint takes it out of the text. @default false */
        readonly isPerhapsOpened?: boolean;
      })
    | undefined;
  /**
   * What was changed on the way to the model and back, a line each, once: parameters that an endpoint refuses, say. For people, the
   * manifest and the card.
   */
  adaptations?(): readonly string[];
  /**
   * Yields `request.samples` completions for each request. A request that fails yields a completion with
   * `finishReason: 'error'` and `error`; the rest goes on. Throws `ModelError` only when nothing can go on
   * (engine gone, endpoint down, key refused) and `CancelledError` when `signal` aborts.
   */
  generate(requests: readonly GenerationRequest[], options?: GenerateOptions): AsyncIterable<Completion>;
  /**
   * The text in front of an open user turn, derived from the model's own chat template (Magpie's pre-query); `history` is the
   * conversation so far. Special tokens in it would be recognised: pass no text that holds any.
   */
  preQuery?(systemPrompt?: string, history?: readonly ChatMessage[]): string;
  /** What ends a turn under a chat template that was given to it; absent where its own is used. */
  readonly turnEnds?: readonly string[] | undefined;
  /** How a server opens a user turn, asked of itself; undefined from one that does not tell. Absent where `preQuery` is there. */
  askOpening?(): Promise<Opening | undefined>;
  /** How many tokens it looks back on, prompt and text together; undefined from a server that does not tell. Absent where nobody can. */
  askContext?(): Promise<number | undefined>;
  /** What the engine makes of a `raw` prompt, token by token, to be looked at; absent where it does not tell. */
  promptTokens?(raw: string): readonly PromptToken[];
  /**
   * The token ids of a text, special tokens recognised. With `isPrompt` they begin as the engine begins a prompt of the model's chat
   * template, so that no begin token stands there twice; else nothing is put in front. Undefined from a server that does not tell.
   */
  tokenize?(text: string, options?: { readonly isPrompt?: boolean }): Promise<readonly number[] | undefined>;
  close(): Promise<void>;
};

export type ModelCapabilities = {
  readonly chat: boolean;
  /** Can continue raw text, special tokens included (Magpie's instruct step needs it). */
  readonly raw: boolean;
  /** Largest k of `topLogProbabilities` that the engine gives; 0 when it gives none. */
  readonly topLogProbabilities: number;
  /** Same seed, same text. */
  readonly seed: boolean;
  /** Gives `tokenChoices`. @default false */
  readonly tokenChoices?: boolean;
  /** Reads the `tokens` of a raw prompt. @default false */
  readonly tokenIds?: boolean;
  /** Where it can keep tokens from being drawn: in the `whole` text alone, or also at the `first` token alone. @default nowhere */
  readonly forbiddenTokens?: 'whole' | 'first';
  /** Draws the first token at a temperature of its own. @default false */
  readonly firstTemperature?: boolean;
};

export type ChatMessage = { readonly role: 'system' | 'user' | 'assistant'; readonly content: string };

/**
 * `raw` text is tokenised with special tokens recognised; the contents of `messages` never are. `tokens` are the ids of `raw`: an engine
 * that takes ids reads them and not the text.
 */
export type Prompt =
  | { readonly messages: readonly ChatMessage[] }
  | { readonly raw: string; readonly tokens?: readonly number[] };

export type Sampling = {
  /** 0 = greedy. */
  readonly temperature: number;
  /** Temperature of the first token alone; an engine that cannot refuses the call. @default temperature */
  readonly firstTemperature?: number;
  /** @default 1 */
  readonly topP?: number;
  /** Tokens less likely than this share of the likeliest are not drawn (Nguyen et al. 2024, arXiv 2407.01082). @default 0 */
  readonly minP?: number;
  /** Divides the logits of tokens that are there already (Keskar et al. 2019, arXiv 1909.05858). @default 1 */
  readonly repetitionPenalty?: number;
  readonly maxTokens: number;
  /** The text is cut before the first of these. The model's own end-of-turn tokens always stop it. */
  readonly stop?: readonly string[];
  /** Sample i of a request is drawn with a seed made of this and i. */
  readonly seed?: number;
  /** For the first generated token: the k likeliest tokens with their natural-log probability at temperature 1. */
  readonly topLogProbabilities?: number;
  /** For each generated token its own log-probability, and the `topLogProbabilities` likeliest that could stand in its place. */
  readonly tokenChoices?: boolean;
  /** Ids of tokens that are never drawn. An engine that cannot keep to that refuses the call. */
  readonly forbiddenTokens?: readonly number[];
  /** Ids of tokens that the text does not begin with; the de-markdown processor of Magpie's scripts works so. */
  readonly forbiddenFirstTokens?: readonly number[];
  /** The text has to be JSON of this schema. Endpoints that know schemas keep to it; others are asked without. */
  readonly jsonSchema?: JsonSchema;
};

/** What opens a user turn, as a server tells it. */
export type Opening = {
  /** The token that begins a text, which the server writes in front by itself. */
  readonly begin: string;
  /** What ends a turn, where it is told. */
  readonly stop: readonly string[];
  /** The whole text in front of the turn, with the token that begins it. */
  readonly preQuery: (systemPrompt?: string, history?: readonly ChatMessage[]) => string;
};

/** A JSON Schema as plain JSON. `name` is of letters, digits, `-` and `_`. */
export type JsonSchema = { readonly name: string; readonly schema: { readonly [key: string]: unknown } };

/** One prompt, and how its completions are drawn. */
export type GenerationRequest = {
  readonly id: string;
  readonly prompt: Prompt;
  /** How many completions. @default 1 */
  readonly samples?: number;
  /**
   * Samples before this one are there already. An engine that pays for each call leaves them out; one that cannot start
   * in the middle gives them all the same. @default 0
   */
  readonly firstSample?: number;
  /**
   * The samples that an interrupted run still lacks, ascending; the others are there. They are drawn as they would have been: an engine that draws
   * several in one call asks for that call again, whole and under the same seed, and one that draws each in a call of its own asks for these.
   * @default all from `firstSample` on
   */
  readonly lacking?: readonly number[];
  readonly sampling: Sampling;
  /**
   * Only the answer is wanted: a text that has stated it and goes on with other things may be stopped there (`ranOn`). An engine that does not see its
   * texts grow writes them to the end. @default false
   */
  readonly stopsBehindAnswer?: true;
};

export type PromptToken = { readonly id: number; readonly token: string; readonly isSpecial: boolean };

/** A token with its natural-log probability at temperature 1. */
export type LikelyToken = { readonly token: string; readonly logProbability: number };

/** A generated token, and what was likeliest in its place, best first (itself among them, where it is one of those). */
export type TokenChoice = LikelyToken & { readonly id: number; readonly likeliest: readonly LikelyToken[] };

export type FinishReason = 'stop' | 'length' | 'error';

/** What a model wrote for one sample of one request, with what it cost in tokens. */
export type Completion = {
  readonly requestId: string;
  /** 0 to samples - 1. */
  readonly sample: number;
  readonly text: string;
  readonly finishReason: FinishReason;
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** The prompt was read once for this and an earlier sample, and its tokens are to be paid once. */
  readonly sharesPrompt?: true;
  /** Natural-log probabilities of the likeliest first tokens, best first; only when asked for. */
  readonly firstToken?: readonly LikelyToken[];
  /** One for each of `completionTokens`, the one that ended the text included; only when asked for. */
  readonly tokenChoices?: readonly TokenChoice[];
  /** What the endpoint took out of the text as the model's thinking. */
  readonly thinking?: string;
  /** How many of `completionTokens` were thought, where the endpoint counts them. */
  readonly thinkingTokens?: number;
  /** The thought stood in the text, between marks. */
  readonly isThinkingInText?: true;
  /** The text ended inside a thought: nothing was said. */
  readonly isThinkingOpen?: true;
  /** It had stated its answer and went on with other things, and was stopped in them, as `stopsBehindAnswer` asked. */
  readonly ranOn?: true;
  /** Natural-log probability of the whole text under the model, at temperature 1; only where the engine gives it. */
  readonly logProbability?: number;
  /** One line, when `finishReason` is `error`. */
  readonly error?: string;
  /** What kind of error it was. @default 'lasting' */
  readonly failure?: FailureKind;
};

/**
 * `passing`: the same request may be answered at the next try (the network, no answer in time, an endpoint that was down or overloaded).
 * `lasting`: it would fail again. `refusal`: the model, or a filter behind it, declined: an answer, though none with a text.
 */
export type FailureKind = 'passing' | 'lasting' | 'refusal';

export type GenerateOptions = {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: GenerationProgress) => void;
  /**
   * Asked before each call, with the number of completions under way or not handed over yet. After false nothing more is started: what is under
   * way is finished and the stream ends, with fewer completions than were asked for. After 'later' it is asked again when a call under way has
   * ended. Models without `concurrency` do not ask, and a batch does not say which calls are in it.
   */
  readonly mayStart?: (underWay: number, call?: StartingCall) => boolean | 'later';
  /** Told when a call that `mayStart` let go has ended, as soon as its reply is there; without completions where it failed or was broken off. */
  readonly onReply?: (call: StartingCall, completions: readonly Completion[]) => void;
};

/** A call that is about to go out: so many samples of a request. The same object comes back in `onReply`. */
export type StartingCall = { readonly request: GenerationRequest; readonly samples: number };

export type GenerationProgress = {
  readonly done: number;
  readonly total: number;
  readonly completionTokens: number;
  readonly elapsedMs: number;
};
