import type { ChatTemplate } from './chat-template.js';
import { findSpecialStrings } from './find-special-strings.js';
import type { ModelConfig } from './model-configs.js';
import { derivePreQuery } from './pre-query.js';

export type SpecialString = {
  readonly text: string;
  /** Null where it is not one token, or its id is not known. */
  readonly id: number | null;
  /** `token`: one token; `text`: plain text of several tokens, as the model was trained; `unverified`: no tokenizer at hand; `missing`: none of the vocabulary. */
  readonly status: 'token' | 'text' | 'unverified' | 'missing';
};

/** Where two texts part: the position in characters, and both from there on. */
export type TextDifference = { readonly at: number; readonly derived: string; readonly other: string };

export type TemplateInspection = {
  /** Null where there is no chat template to derive it from. */
  readonly derived: string | null;
  readonly configured: string | null;
  readonly upstream: string | null;
  /** Of `configured` from `derived`; null where they are equal or one is absent. */
  readonly difference: TextDifference | null;
  readonly upstreamDifference: TextDifference | null;
  /** Why a system prompt cannot stand in front; null where it can. */
  readonly systemRefused: string | null;
  readonly specials: readonly SpecialString[];
  /** What makes the template unfit, one line each; empty where it is fit. */
  readonly faults: readonly string[];
};

/**
 * Compares the pre-query text that a chat template gives with the table's, and looks up each special string. A string that is
 * none of the vocabulary would be read as plain text, the commonest silent failure of Magpie: it is a fault. `tokens` are
 * those of the model's own tokenizer; without them the table's are taken.
 */
export function inspectTemplate({
  template,
  config,
  tokens,
}: {
  template: ChatTemplate | undefined;
  config: ModelConfig | undefined;
  tokens?: ReadonlyMap<string, number> | undefined;
}): TemplateInspection {
  const derived = template === undefined ? null : derivePreQuery({ template });
  const configured = config?.pre_query_template ?? null;
  const vocabulary = [...(tokens?.keys() ?? Object.keys(config?.special_tokens ?? {}))];
  const texts = [derived ?? configured ?? '', ...(config?.stop_tokens ?? [])].join('\n');
  const specials = findSpecialStrings(texts, vocabulary).map((text) => lookUp(text, { config, tokens }));
  const contradictions = [...(tokens ?? [])]
    .filter(([text, id]) => typeof config?.special_tokens[text] === 'number' && config.special_tokens[text] !== id)
    .map(([text, id]) => `"${text}" is token ${id} of the tokenizer and ${config?.special_tokens[text]} in the table`);
  return {
    derived,
    configured,
    upstream: config?.upstream_pre_query_template ?? null,
    difference: compare(derived, configured),
    upstreamDifference: compare(derived, config?.upstream_pre_query_template ?? null),
    systemRefused: template === undefined ? null : refusesSystem(template),
    specials,
    faults: [
      ...specials
        .filter(({ status }) => status === 'missing')
        .map(({ text }) => `"${text}" is no token of the vocabulary: the model would read it as plain text`),
      ...contradictions,
    ],
  };
}

function lookUp(
  text: string,
  { config, tokens }: { config: ModelConfig | undefined; tokens: ReadonlyMap<string, number> | undefined },
): SpecialString {
  const id = tokens?.get(text);
  if (id !== undefined) return { text, id, status: 'token' };
  if (config?.plain_delimiters.includes(text)) return { text, id: null, status: 'text' };
  if (tokens !== undefined) return { text, id: null, status: 'missing' };
  const recorded = config?.special_tokens[text];
  if (typeof recorded === 'number') return { text, id: recorded, status: 'token' };
  return { text, id: null, status: recorded === null || config === undefined ? 'unverified' : 'missing' };
}

function compare(derived: string | null, other: string | null): TextDifference | null {
  if (derived === null || other === null || derived === other) return null;
  let at = 0;
  while (at < derived.length && derived[at] === other[at]) at += 1;
  return { at, derived: derived.slice(at), other: other.slice(at) };
}

function refusesSystem(template: ChatTemplate): string | null {
  const prompt = 'Be brief.';
  try {
    if (derivePreQuery({ template, systemPrompt: prompt }).includes(prompt)) return null;
    return 'the chat template leaves a system turn out';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
