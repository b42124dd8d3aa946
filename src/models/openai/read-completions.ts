import type { Completion } from '../language-model.js';
import { readEnding } from './finish-words.js';
import { cleanText, estimateTokens, type Notices, noNotices } from './notices.js';
import { isObject, type Message, readContent, readMessage, textsOf } from './read-message.js';
import type { Task } from './request-completions.js';

/** The endpoint's answer is no completion: an HTML page, or JSON of another shape. */
export class UnexpectedReplyError extends Error {
  override name = 'UnexpectedReplyError';
}

type Scored = { readonly token: string; readonly logprob: number };

/** One choice of an answer, whichever call it was. */
type Choice = {
  readonly message: Message;
  readonly finish: unknown;
  /** What went wrong with this choice alone. */
  readonly error?: unknown;
  readonly firstToken: readonly Scored[];
};

type Usage = { readonly prompt: number; readonly completion: number; readonly thinking: number | undefined };

/**
 * The completions in the answer to a call, of any of the three APIs (completions, chat, responses). Throws `UnexpectedReplyError` when
 * there are none in it.
 */
export function readCompletions(task: Task, reply: unknown, notices: Notices = noNotices()): Completion[] {
  const choices = readChoices(reply, task).slice(0, task.count);
  const usage = readUsage(reply) ?? estimateUsage(task, choices, notices);
  const { request, firstSample } = task;
  return choices.map((choice, index) => {
    const place = { index, count: choices.length };
    const { text, wasStopped } = cutAtStop(cleanText(choice.message.text, notices), request.sampling.stop ?? []);
    const ending = readEnding(choice.finish);
    if (ending === 'unknown') notices.finishWords.add(String(choice.finish).slice(0, 40));
    const fault = describeFault(choice, ending);
    const thinking = choice.message.thinking === undefined ? undefined : cleanText(choice.message.thinking, notices);
    const firstToken = [...choice.firstToken].sort((left, right) => right.logprob - left.logprob);
    return {
      requestId: request.id,
      sample: firstSample + index,
      text: fault ? '' : text,
      finishReason: fault ? 'error' : wasStopped || ending !== 'length' ? 'stop' : 'length',
      promptTokens: usage.prompt,
      completionTokens: share(usage.completion, place),
      ...(index > 0 ? { sharesPrompt: true as const } : {}),
      ...(request.sampling.topLogProbabilities
        ? { firstToken: firstToken.map(({ token, logprob }) => ({ token, logProbability: logprob })) }
        : {}),
      ...(thinking !== undefined && !fault ? { thinking } : {}),
      ...(usage.thinking ? { thinkingTokens: share(usage.thinking, place) } : {}),
      ...fault,
    };
  });
}

const emptyChoice: Choice = {
  message: { text: '', thinking: undefined, refusal: undefined },
  finish: undefined,
  error: { message: 'there is no choice in it' },
  firstToken: [],
};

function readChoices(reply: unknown, { request, count }: Task): readonly Choice[] {
  const isRaw = 'raw' in request.prompt;
  if (isObject(reply) && Array.isArray(reply.output)) return [readResponse(reply)];
  if (isObject(reply) && Array.isArray(reply.choices) && reply.choices.length === 0) {
    // It speaks the format, and has nothing to say: as many failures as were asked for, or it would be asked for ever
    return Array.from({ length: count }, () => emptyChoice);
  }
  if (!isObject(reply) || !Array.isArray(reply.choices) || reply.choices.length === 0) {
    const start = typeof reply === 'string' ? /^\s*(<|data:)/.exec(reply)?.[1] : undefined;
    if (start === 'data:') throw new UnexpectedReplyError('a stream, though none was asked for');
    throw new UnexpectedReplyError(start === undefined ? 'something that is no completion' : 'an HTML page');
  }
  const ordered = [...reply.choices].sort((left, right) => (left?.index ?? 0) - (right?.index ?? 0));
  return ordered.map((choice) => readChoice(choice, isRaw));
}

function readChoice(choice: unknown, isRaw: boolean): Choice {
  const fields = isObject(choice) ? choice : {};
  const { text, finish_reason: finish, error } = fields;
  const logprobs = isObject(fields.logprobs) ? fields.logprobs : {};
  const message = isRaw
    ? typeof text === 'string'
      ? { text, thinking: undefined, refusal: undefined }
      : undefined
    : readMessage(fields.message);
  // Gemini sends no message where it filtered, or has thought all of its tokens
  const isWithoutText = ['length', 'filter', 'failed'].includes(readEnding(finish)) && fields.message === undefined;
  if (message === undefined && error === undefined && !isWithoutText)
    throw new UnexpectedReplyError('a completion without text');
  return {
    message: message ?? { text: '', thinking: undefined, refusal: undefined },
    finish,
    error,
    firstToken: isRaw ? rawFirstToken(logprobs.top_logprobs) : chatFirstToken(logprobs.content),
  };
}

/** An answer of the Responses API: items of reasoning and of messages. */
function readResponse({
  output,
  status,
  incomplete_details: incomplete,
  error,
}: Readonly<Record<string, unknown>>): Choice {
  let [text, thinking] = ['', ''];
  let refusal: string | undefined;
  for (const item of output as readonly unknown[]) {
    if (!isObject(item)) continue;
    if (item.type === 'reasoning')
      thinking += [textsOf(item.summary), textsOf(item.content)].filter(Boolean).join('\n');
    if (item.type !== 'message') continue;
    const parts = readContent(item.content);
    text += parts?.text ?? '';
    refusal = parts?.refusal ?? refusal;
  }
  const reason = isObject(incomplete) ? incomplete.reason : undefined;
  return {
    message: { text, thinking: thinking === '' ? undefined : thinking, refusal },
    finish: status === 'failed' ? 'error' : (reason ?? status),
    error: error ?? undefined,
    firstToken: [],
  };
}

const rawFirstToken = (top: unknown): readonly Scored[] =>
  Object.entries((Array.isArray(top) ? top[0] : undefined) ?? {}).map(([token, logprob]) => ({
    token,
    logprob: Number(logprob),
  }));

const chatFirstToken = (content: unknown): readonly Scored[] => {
  const first = Array.isArray(content) ? content[0] : undefined;
  return isObject(first) && Array.isArray(first.top_logprobs) ? (first.top_logprobs as Scored[]) : [];
};

function readUsage(reply: unknown): Usage | undefined {
  const usage = isObject(reply) && isObject(reply.usage) ? reply.usage : undefined;
  if (usage === undefined) return undefined;
  const prompt = usage.prompt_tokens ?? usage.input_tokens;
  const completion = usage.completion_tokens ?? usage.output_tokens;
  if (!isCount(prompt) || !isCount(completion)) return undefined;
  const details = usage.completion_tokens_details ?? usage.output_tokens_details;
  const thinking = isObject(details) ? details.reasoning_tokens : undefined;
  // Some count the thought beside the completion, and only in the total
  const counted = isCount(thinking) ? thinking : undefined;
  const inTotal = isCount(usage.total_tokens) ? usage.total_tokens - prompt - completion : 0;
  const beside = inTotal > 0 ? inTotal : counted !== undefined && counted > completion ? counted : 0;
  if (beside <= 0) return { prompt, completion, thinking: counted };
  return { prompt, completion: completion + beside, thinking: counted ?? beside };
}

/** What an endpoint counts is no more to be trusted than what it writes. */
const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) < 1e9;

function estimateUsage({ request: { prompt } }: Task, choices: readonly Choice[], notices: Notices): Usage {
  notices.estimated += choices.length;
  const asked = 'raw' in prompt ? prompt.raw : prompt.messages.map(({ content }) => content).join('\n');
  const written = choices.map(({ message }) => estimateTokens(`${message.thinking ?? ''}${message.text}`));
  const completion = written.reduce((sum, count) => sum + count, 0);
  return {
    prompt: 'raw' in prompt && prompt.tokens ? prompt.tokens.length : estimateTokens(asked),
    completion,
    thinking: undefined,
  };
}

/** A choice that is none, and why: it was declined, filtered, or failed on the way. */
function describeFault(
  { message, error, finish }: Choice,
  ending: string,
): Pick<Completion, 'error' | 'failure'> | undefined {
  if (message.refusal) return { error: `The model refused: ${oneLine(message.refusal, 200)}`, failure: 'refusal' };
  if (ending === 'filter') return { error: "The endpoint's content filter stopped the answer", failure: 'refusal' };
  const said = isObject(error) ? error : undefined;
  if (said === undefined && ending !== 'failed') return undefined;
  const code = said?.code === undefined || said.code === null ? '' : ` (${oneLine(String(said.code), 40)})`;
  const words =
    typeof said?.message === 'string' ? `: ${oneLine(said.message, 160)}` : ` with "${oneLine(String(finish), 40)}"`;
  const isLasting = typeof said?.code === 'number' && said.code < 500 && said.code !== 408 && said.code !== 429;
  return { error: `The endpoint ended the answer${code}${words}`, failure: isLasting ? 'lasting' : 'passing' };
}

const oneLine = (text: string, length: number): string => text.replace(/\s+/g, ' ').trim().slice(0, length);

/** Not every server cuts the stop string away. */
function cutAtStop(text: string, stop: readonly string[]): { text: string; wasStopped: boolean } {
  const positions = stop.map((end) => (end === '' ? -1 : text.indexOf(end))).filter((position) => position !== -1);
  if (positions.length === 0) return { text, wasStopped: false };
  return { text: text.slice(0, Math.min(...positions)), wasStopped: true };
}

/** The endpoint counts the tokens of all choices together; they are shared out so that the sum is right. */
const share = (total: number, { index, count }: { index: number; count: number }): number =>
  Math.floor(((index + 1) * total) / count) - Math.floor((index * total) / count);
