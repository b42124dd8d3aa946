import { isObject, textsOf } from './read-message.js';

/** What an endpoint says when it refuses, in the one form that the rest of the client reads: that of OpenAI. */
export type SaidError = {
  readonly message: string;
  /** The parameter that it is about, with dots for parts. */
  readonly param?: string;
  readonly code?: string | number;
  readonly type?: string;
};

/** Whether an account is empty, whatever the status says: of OpenAI, Moonshot and Anthropic. */
export const isUnpaid = ({ code, type, message }: Partial<SaidError>): boolean =>
  [code, type].some((word) => unpaid.has(String(word))) || /credit balance is too low/i.test(message ?? '');

const unpaid = new Set(['insufficient_quota', 'billing_hard_limit_reached', 'exceeded_current_quota_error']);

/** Whether a filter refused the prompt: of Azure, OpenAI and DashScope. */
export const isFilteredPrompt = ({ code }: Partial<SaidError>): boolean => filtered.has(String(code));

const filtered = new Set(['content_filter', 'content_policy_violation', 'invalid_prompt', 'data_inspection_failed']);

/** Errors inside errors are followed so far; a proxy of a proxy has two. */
const mostDepth = 4;
const mostCharacters = 2_000;

/**
 * Reads an error in any of the shapes in use: OpenAI's; a list of one (Gemini); its words at the top (vLLM until 0.10, Cohere) or as a text (xAI,
 * text-generation-inference); `detail`, a text or places and messages (FastAPI, Mistral, DeepInfra); with the provider's own answer
 * inside (OpenRouter); `base_resp` (MiniMax). Undefined for what says nothing of an error.
 */
export function readError(value: unknown, depth = 0): SaidError | undefined {
  if (depth > mostDepth) return undefined;
  if (typeof value === 'string') return fromText(value, depth);
  if (Array.isArray(value))
    return isObject(value[0]) && 'loc' in value[0] ? fromPlaces(value) : readError(value[0], depth + 1);
  if (!isObject(value)) return undefined;
  const inner = [value.error, value.detail, value.message, value.base_resp].find(
    (each) => each && typeof each !== 'string',
  );
  const found = inner === undefined ? undefined : readError(inner, depth + 1);
  const own = [value.message, value.error, value.detail, value.status_msg, value.msg].find(
    (each) => typeof each === 'string',
  );
  const raw = isObject(value.metadata) ? readError(value.metadata.raw, depth + 1) : undefined;
  const message = [own, found?.message, raw?.message].filter(Boolean).join(': ').slice(0, mostCharacters);
  if (message === '') return undefined;
  return { ...named(value), ...found, ...raw, message };
}

/** What stands in fields of its own. */
function named({ param, code, status, type }: Readonly<Record<string, unknown>>): Omit<SaidError, 'message'> {
  const word = code ?? status;
  return {
    ...(typeof param === 'string' ? { param } : {}),
    ...(typeof word === 'string' || typeof word === 'number' ? { code: word } : {}),
    ...(typeof type === 'string' ? { type } : {}),
  };
}

function fromText(text: string, depth: number): SaidError | undefined {
  try {
    const value: unknown = /^\s*[{[]/.test(text) ? JSON.parse(text) : undefined;
    const found = value === undefined ? undefined : readError(value, depth + 1);
    if (found !== undefined) return found;
  } catch {
    // A text that only begins like JSON is one
  }
  return text.trim() === '' ? undefined : { message: text.slice(0, mostCharacters) };
}

/** `{loc: ['body', 'temperature'], msg: '…'}`, one for each field. */
function fromPlaces(places: readonly unknown[]): SaidError {
  const read = places.filter(isObject).map(({ loc, msg }) => ({
    place: (Array.isArray(loc) ? loc : []).filter((part) => part !== 'body').join('.'),
    words: textsOf(msg),
  }));
  const message = read.map(({ place, words }) => (place === '' ? words : `'${place}': ${words}`)).join('; ');
  const [first] = read;
  return { message: message.slice(0, mostCharacters), ...(first?.place ? { param: first.place } : {}) };
}
