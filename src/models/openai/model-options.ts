import { InputError } from '../../errors.js';
import type { DoorName } from './endpoint-table.js';

/** What a model string says behind `?`, such as `openai:gpt-5.1?effort=low`. */
export type EndpointOptions = {
  /** How much to think, in the endpoint's words: none, minimal, low, medium, high, xhigh, max. */
  readonly effort?: string | undefined;
  /** How long to answer: low, medium, high. */
  readonly verbosity?: string | undefined;
  /** Turns thinking on or off where the model's chat template has a switch. */
  readonly thinking?: 'on' | 'off' | undefined;
  /** The most tokens to think. */
  readonly budget?: number | undefined;
  /** Which API is called; `responses` gives the summary of a thought that Chat keeps to itself. */
  readonly api?: 'chat' | 'responses' | undefined;
  /** Whose dialect the endpoint speaks, where its host does not tell. */
  readonly door?: DoorName | 'server' | undefined;
  /** A file with the chat template that texts are rendered by here: a server then continues raw text. */
  readonly chatTemplate?: string | undefined;
  /** Variables of the chat template: `template.NAME=VALUE`. */
  readonly template?: { readonly [name: string]: string | number | boolean } | undefined;
};

const words: { readonly [key in keyof EndpointOptions]?: readonly string[] } = {
  verbosity: ['low', 'medium', 'high'],
  thinking: ['on', 'off'],
  api: ['chat', 'responses'],
  door: ['openai', 'anthropic', 'gemini', 'openrouter', 'azure', 'server'],
};
const known = 'effort, verbosity, thinking, budget, api, door, chatTemplate, template.NAME';

/** Reads the options of an endpoint's model string, such as `effort=low&verbosity=high`. Throws `InputError` for what is no option, or has no such value. */
export function parseModelOptions(query: string, { name }: { readonly name: string }): EndpointOptions {
  const options: Record<string, unknown> = {};
  const template: Record<string, string | number | boolean> = {};
  const refuse = (fault: string, wayOut: string): never => {
    throw new InputError(`Cannot open model "${name}": ${fault}, ${wayOut}`);
  };
  for (const [key, value] of new URLSearchParams(query)) {
    if (value === '') refuse(`option ${key} has no value`, `write it as ${key}=VALUE`);
    const variable = /^template\.(\w+)$/.exec(key)?.[1];
    if (variable !== undefined) template[variable] = readValue(value);
    else if (key === 'chatTemplate') options.chatTemplate = value;
    else if (key === 'effort') {
      if (!/^[a-z]{2,12}$/.test(value)) refuse(`effort is "${value}"`, 'give a word such as none, low, medium or high');
      options.effort = value;
    } else if (key === 'budget') {
      if (!/^\d{1,7}$/.test(value)) refuse(`budget is "${value}"`, 'give the most tokens to think, a whole number');
      options.budget = Number(value);
    } else {
      const allowed = words[key as keyof EndpointOptions];
      if (allowed === undefined) return refuse(`there is no option "${key}"`, `it takes ${known}`);
      if (!allowed.includes(value)) refuse(`${key} is "${value}"`, `give one of ${allowed.join(', ')}`);
      options[key] = value;
    }
  }
  return { ...options, ...(Object.keys(template).length > 0 ? { template } : {}) };
}

function readValue(value: string): string | number | boolean {
  if (value === 'true' || value === 'false') return value === 'true';
  return /^-?\d{1,15}(?:\.\d+)?$/.test(value) ? Number(value) : value;
}

/**
 * The fields of a body that say how to think, in the dialect of a door. `switchName`: the variable of the model's chat template that
 * turns thinking on, where it is known; a server is sent both usual names otherwise, of which a template reads its own.
 */
export function thinkingFields(
  { effort, verbosity, thinking, budget, template }: EndpointOptions,
  { door, switchName }: { readonly door: DoorName | undefined; readonly switchName: string | undefined },
): Readonly<Record<string, unknown>> {
  const isOn = thinking === undefined ? undefined : thinking === 'on';
  const shared = verbosity === undefined ? {} : { verbosity };
  if (door === 'openrouter') {
    const reasoning = {
      ...(effort === undefined ? {} : { effort }),
      ...(budget === undefined ? {} : { max_tokens: budget }),
      ...(isOn === undefined ? {} : { enabled: isOn }),
    };
    return { ...shared, ...(Object.keys(reasoning).length > 0 ? { reasoning } : {}) };
  }
  if (door === 'anthropic') {
    const type = isOn === false ? 'disabled' : 'enabled';
    const budgetTokens = type === 'enabled' ? { budget_tokens: budget ?? 4096 } : {};
    const isSaid = isOn !== undefined || budget !== undefined;
    return {
      ...shared,
      ...(effort && { reasoning_effort: effort }),
      ...(isSaid && { thinking: { type, ...budgetTokens } }),
    };
  }
  if (door === 'gemini' && budget !== undefined) {
    return {
      ...shared,
      extra_body: { google: { thinking_config: { thinking_budget: budget, include_thoughts: true } } },
    };
  }
  if (door !== undefined) {
    const wanted = effort ?? (isOn === false ? 'none' : undefined);
    return { ...shared, ...(wanted === undefined ? {} : { reasoning_effort: wanted }) };
  }
  const switches =
    isOn === undefined
      ? {}
      : Object.fromEntries(
          (switchName === undefined ? ['enable_thinking', 'thinking'] : [switchName]).map((at) => [at, isOn]),
        );
  const kwargs = { ...switches, ...template };
  return {
    ...shared,
    ...(effort === undefined ? {} : { reasoning_effort: effort }),
    ...(budget === undefined ? {} : { thinking_token_budget: budget }),
    ...(Object.keys(kwargs).length > 0 ? { chat_template_kwargs: kwargs } : {}),
  };
}
