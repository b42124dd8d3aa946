import { ModelError, PromptError } from '../../errors.js';
import type { ChatMessage, LanguageModel, Opening } from '../../models/language-model.js';
import { isOwnModel } from '../../models/own-models.js';
import { named } from '../../name-setting.js';
import { findModelConfig } from '../../prompts/model-configs.js';
import { turnThinking } from '../../prompts/model-thinking.js';
import { derivePreQuery } from '../../prompts/pre-query.js';
import { recordedTemplate } from '../../prompts/recorded-templates.js';
import { userModelsFile } from '../../prompts/user-models.js';

/** The text that a model continues with a problem, and what ends the problem. */
export type OpenTurn = {
  /** As it is given as text. */
  readonly preQuery: string;
  /** The whole of it: `preQuery` lacks a begin token that a server writes in front by itself. */
  readonly text: string;
  readonly stop: readonly string[];
};

/**
 * The text in front of an open user turn: what is given; else from the model's own chat template where the engine tells it; for a server
 * that continues raw text, from configs/ or the user's own table, else from what the server tells when it is asked. Where the template knows no system turn, a
 * system prompt stands in front of the user's, as Magpie's authors do it. Throws `ModelError` before the first token for a model that takes
 * chat messages only, and for one whose text nobody knows.
 */
export function openUserTurn(
  model: LanguageModel,
  systemPrompt: string | undefined,
  {
    history = [],
    preQuery: given,
    told,
  }: {
    readonly history?: readonly ChatMessage[];
    readonly preQuery?: string | undefined;
    /** What the server tells of a model that no table knows, or a template that was given says. */
    readonly told?: Opening | undefined;
  } = {},
): OpenTurn {
  const config = findModelConfig(model.name);
  const known = isOwnModel(model.name) ? [] : (config?.stop_tokens ?? told?.stop ?? []);
  const stop = [...new Set([...known, ...(model.turnEnds ?? [])])];
  const own = model.preQuery?.bind(model);
  if (given !== undefined && model.capabilities.raw) return { preQuery: given, text: given, stop };
  const derive = own ?? told?.preQuery ?? deriveFromConfigs(model.name);
  if (!model.capabilities.raw || derive === undefined) {
    throw new ModelError(
      `Cannot draw instructions from ${model.name}: ${describeLack(model)}; use pocket, gguf:FILE, vllm:OWNER/NAME, or a server with raw completions (vLLM, llama.cpp) and a model of configs/model_configs.json or of your own ${userModelsFile}, or give the text by ${named('preQuery')}, or its template by ?chatTemplate=FILE behind the model`,
    );
  }
  const derived = withoutRefusal(derive, { systemPrompt, history });
  const begin = told?.begin ?? config?.begin_token ?? '';
  const isTold = systemPrompt === undefined || derived.includes(systemPrompt.trim());
  if (!isTold && isOwnModel(model.name)) {
    throw new ModelError(
      'Cannot steer pocket by a system prompt: it was trained without one; draw without domain, difficulty and language',
    );
  }
  const text = isTold ? derived : inFront(derived, { begin, systemPrompt });
  // A server puts its begin token in front of every text by itself; twice would be a text that no model has seen.
  const preQuery = own === undefined ? withoutBegin(text, begin) : text;
  if (history.some(({ content }) => !preQuery.includes(content.trim()))) {
    throw new ModelError(
      `Cannot go on with a conversation of ${model.name}: the engine opens first turns only; use pocket, gguf:FILE, vllm:OWNER/NAME or a server`,
    );
  }
  return { preQuery, text, stop };
}

/** A template may leave a system turn out in silence, or refuse it, as gemma 2's does: both stand without one. */
function withoutRefusal(
  derive: NonNullable<LanguageModel['preQuery']>,
  { systemPrompt, history }: { readonly systemPrompt: string | undefined; readonly history: readonly ChatMessage[] },
): string {
  try {
    return derive(systemPrompt, history);
  } catch (error) {
    if (systemPrompt === undefined || !(error instanceof PromptError)) throw error;
    return derive(undefined, history);
  }
}

/** Asks a server how it opens a user turn, where nobody else knows. */
export async function askOpening(
  model: LanguageModel,
  { preQuery }: { readonly preQuery?: string | undefined } = {},
): Promise<Opening | undefined> {
  const isInTable = findModelConfig(model.name) !== undefined && model.turnEnds === undefined;
  const isKnown = preQuery !== undefined || model.preQuery !== undefined || isInTable;
  return isKnown ? undefined : model.askOpening?.();
}

function deriveFromConfigs(name: string): LanguageModel['preQuery'] {
  const config = findModelConfig(name);
  if (config === undefined) return undefined;
  const recorded = recordedTemplate(config);
  // Some templates say in front of the first turn whether to think
  const wanted = /[?&]thinking=(on|off)\b/.exec(name)?.[1];
  const turned = recorded === undefined || wanted === undefined ? undefined : turnThinking(recorded, wanted === 'on');
  const template = turned ?? recorded;
  return (systemPrompt, history = []) =>
    template === undefined
      ? config.pre_query_template
      : derivePreQuery({ template, history, ...(systemPrompt === undefined ? {} : { systemPrompt }) });
}

const withoutBegin = (text: string, begin: string): string =>
  begin !== '' && text.startsWith(begin) ? text.slice(begin.length) : text;

/** Behind the token that begins a text, which goes first everywhere. */
function inFront(
  text: string,
  { begin, systemPrompt }: { readonly begin: string; readonly systemPrompt: string },
): string {
  const head = begin !== '' && text.startsWith(begin) ? begin : '';
  return `${head}${systemPrompt.trim()}\n\n${text.slice(head.length)}`;
}

function describeLack({ capabilities }: LanguageModel): string {
  return capabilities.raw
    ? 'it has no chat template that is known, and Magpie needs the text in front of an open user turn'
    : 'it takes chat messages only, and Magpie needs raw text in front of an open user turn';
}
