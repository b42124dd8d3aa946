import { hideKey } from './hide-key.js';
import { UnexpectedReplyError } from './read-completions.js';
import { isFilteredPrompt, isUnpaid, type SaidError } from './read-error.js';
import { oversizedStatus } from './read-whole-reply.js';

export type Failure = {
  /** One line: what was tried, what came back, what to do. */
  readonly reason: string;
  readonly status: number | undefined;
  /** True when no other request to this endpoint can succeed either. */
  readonly isFatal: boolean;
  /** The same call may be answered later. */
  readonly isPassing: boolean;
  /** A filter refused what was asked. */
  readonly isRefusal?: boolean;
};

/** Says in one line why a call failed. The key never gets into it, even where an endpoint repeats it. */
export function describeFailure(
  error: unknown,
  {
    name,
    baseUrl,
    keyVariable,
    key,
    hasAnswered = false,
    isRaw = false,
  }: {
    readonly name: string;
    readonly baseUrl: string;
    readonly keyVariable: string;
    readonly key?: string | undefined;
    /** The endpoint is the right one, and this call's failure is no reason to give up the others. @default false */
    readonly hasAnswered?: boolean;
    /** The call was for raw completions, which many endpoints lack. @default false */
    readonly isRaw?: boolean;
  },
): Failure {
  const status = statusOf(error);
  const said = excerpt(error, key);
  const fatal = (reason: string): Failure => ({ reason, status, isFatal: true, isPassing: false });
  const lasting = (reason: string): Failure => ({ reason, status, isFatal: false, isPassing: false });
  const passing = (reason: string): Failure => ({ reason, status, isFatal: false, isPassing: true });

  const broken = findUnexpected(error);
  if (broken !== undefined) {
    // A page, other JSON, or half a body comes from something in between
    const isPassing = broken !== 'a completion without text';
    if (hasAnswered) return (isPassing ? passing : lasting)(`The endpoint ${baseUrl} answered with ${broken}`);
    return fatal(
      `Cannot use ${baseUrl}: it answers with ${broken}, give the URL of an OpenAI-compatible API (it ends in /v1)`,
    );
  }
  const own = ((error as { error?: unknown } | null)?.error ?? {}) as Partial<SaidError>;
  if (isUnpaid(own)) return fatal(unpaidReason(name, status, said));
  if (status === 400 && isBadKey.test(said)) return fatal(badKeyReason(name, status, keyVariable));
  if (isFilteredPrompt(own)) {
    return { ...lasting(`The endpoint ${baseUrl} refuses the prompt (${status})${said}`), isRefusal: true };
  }
  switch (status) {
    case undefined:
      if (hasAnswered) return passing(`The endpoint ${baseUrl} cannot be reached any more: ${connectionReason(error)}`);
      return fatal(`Cannot reach ${baseUrl}: ${connectionReason(error)}, start the server or correct the URL`);
    case oversizedStatus:
      return lasting(
        `The endpoint ${baseUrl} sent a reply too large for so many tokens, repeat it or ask another model`,
      );
    case 401:
      return fatal(badKeyReason(name, status, keyVariable));
    case 402:
      // For all that is asked from now on, and not for ever
      return fatal(unpaidReason(name, status, said));
    case 403:
      return fatal(
        `Cannot use ${name}: the endpoint does not allow it (403)${said}, use another key in ${keyVariable}`,
      );
    case 404:
    case 405:
      return fatal(
        isRaw
          ? `Cannot use ${name}: ${baseUrl} has no such model, or no raw completions (${status})${said}, correct the model's name or the URL, or use a server that has them (vLLM, llama.cpp, SGLang, Ollama)`
          : `Cannot use ${name}: ${baseUrl} has no such model or call (${status})${said}, correct the model's name or the URL`,
      );
    case 429:
      return passing(
        `The endpoint ${baseUrl} still refuses for being asked too often (429)${said}, wait or lower the concurrency`,
      );
    default: {
      const isRedirected = status >= 300 && status < 400;
      // One that has answered itself redirects for a while, to a page of maintenance, say
      const isPassing = isPassingStatus(status) || (isRedirected && hasAnswered);
      const elsewhere = isRedirected ? hideKey(redirection(error), key) : '';
      return (isPassing ? passing : lasting)(`The endpoint ${baseUrl} failed (${status}${elsewhere})${said}`);
    }
  }
}

/** Gemini says so with a status that a wrong request has. */
const isBadKey = /\bapi[ _]key (?:is )?(?:not valid|invalid|expired)|\b(?:invalid|incorrect|expired) api[ _]key/i;

const unpaidReason = (name: string, status: number | undefined, said: string): string =>
  `Cannot use ${name}: the endpoint asks to be paid (${status})${said}, top up the account and give the same command again`;

const badKeyReason = (name: string, status: number, keyVariable: string): string =>
  `Cannot use ${name}: the endpoint refuses the key (${status}), set ${keyVariable} to a valid one`;

/** Too early, too often, too late, or the server's own trouble: RFC 9110, section 15, and RFC 6585. */
const isPassingStatus = (status: number): boolean =>
  status === 408 || status === 409 || status === 425 || status === 429 || status >= 500;

/** Where a redirection leads, which is not followed: the key would go there too. */
function redirection(error: unknown): string {
  const headers = (error as { headers?: { get?: (name: string) => string | null } } | null)?.headers;
  const to = headers
    ?.get?.('location')
    ?.replace(/[^\x21-\x7e]/g, '')
    .slice(0, 200);
  return to ? `, a redirection to ${to}, give the URL that answers itself` : ', a redirection';
}

/** What came instead of a completion; the openai package wraps what the transport threw. */
function findUnexpected(error: unknown): string | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof UnexpectedReplyError) return cause.message;
    if (cause instanceof SyntaxError) return 'something that is not JSON';
  }
  return undefined;
}

function statusOf(error: unknown): number | undefined {
  const status = (error as { status?: unknown } | null)?.status;
  return typeof status === 'number' ? status : undefined;
}

/** The endpoint's own words: at most 160 characters on one line; a page is only called a page. */
function excerpt(error: unknown, key: string | undefined): string {
  const body = (error as { error?: { message?: unknown } } | null)?.error;
  const words = typeof body?.message === 'string' ? body.message : error instanceof Error ? error.message : '';
  const line = words
    .replace(/^\d{3} /, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (line === '' || line === 'status code (no body)') return '';
  if (line.startsWith('<')) return ': an HTML page';
  const safe = hideKey(line, key, { isMessage: true });
  return `: ${safe.length > 160 ? `${safe.slice(0, 160)}…` : safe}`.replace(/\.$/, '');
}

const connectionReasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'the host name cannot be looked up',
  ECONNRESET: 'the connection broke off',
  UND_ERR_SOCKET: 'the connection broke off',
  ETIMEDOUT: 'no answer in time',
  UND_ERR_CONNECT_TIMEOUT: 'no answer in time',
};

function connectionReason(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const known = connectionReasons[(cause as NodeJS.ErrnoException).code ?? ''];
    if (known) return known;
    // Node tries IPv4 and IPv6 and reports both failures together.
    if (cause instanceof AggregateError && cause.errors[0] instanceof Error) return connectionReason(cause.errors[0]);
    if (cause.name === 'APIConnectionTimeoutError') return 'no answer in time';
  }
  return 'the connection failed';
}
