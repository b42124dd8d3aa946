import { ModelError } from '../../errors.js';
import type { ChatMessage, LanguageModel } from '../../models/language-model.js';
import { findModelConfig } from '../../prompts/model-configs.js';
import { turnThinking } from '../../prompts/model-thinking.js';
import { derivePreQuery } from '../../prompts/pre-query.js';
import { recordedTemplate } from '../../prompts/recorded-templates.js';

/** The text that a model continues with a problem, and what ends the problem. */
export type OpenTurn = {
  /** As it is given as text. */
  readonly preQuery: string;
  /** The whole of it: `preQuery` lacks a begin token that a server writes in front by itself. */
  readonly text: string;
  readonly stop: readonly string[];
};

/**
 * The text in front of an open user turn: from the model's own chat template where the engine gives it; for a server that
 * continues raw text without telling its template, from configs/. Throws `ModelError` before the first token for a
 * model that takes chat messages only, or that has no system turn where one is needed.
 */
export function openUserTurn(
  model: LanguageModel,
  systemPrompt: string | undefined,
  history: readonly ChatMessage[] = [],
): OpenTurn {
  const config = findModelConfig(model.name);
  const stop = model.name === 'pocket' ? [] : (config?.stop_tokens ?? []);
  const own = model.preQuery?.bind(model);
  const derive = own ?? deriveFromConfigs(model.name);
  if (!model.capabilities.raw || derive === undefined) {
    throw new ModelError(
      `Cannot draw instructions from ${model.name}: ${describeLack(model)}; use pocket, gguf:FILE, vllm:OWNER/NAME, or a server with raw completions (vLLM, llama.cpp) and a model of configs/model_configs.json`,
    );
  }
  const text = derive(systemPrompt, history);
  // A server puts its begin token in front of every text by itself; twice would be a text that no model has seen.
  const preQuery = own === undefined ? withoutBegin(text, config?.begin_token ?? '') : text;
  if (systemPrompt !== undefined && !preQuery.includes(systemPrompt.trim())) {
    throw new ModelError(
      `Cannot steer ${model.name} by a system prompt: its chat template leaves a system turn out; draw without domain, difficulty and language`,
    );
  }
  if (history.some(({ content }) => !preQuery.includes(content.trim()))) {
    throw new ModelError(
      `Cannot go on with a conversation of ${model.name}: the engine opens first turns only; use pocket, gguf:FILE, vllm:OWNER/NAME or a server`,
    );
  }
  return { preQuery, text, stop };
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

function describeLack({ capabilities }: LanguageModel): string {
  return capabilities.raw
    ? 'it has no chat template that is known, and Magpie needs the text in front of an open user turn'
    : 'it takes chat messages only, and Magpie needs raw text in front of an open user turn';
}
