/**
 * Parameters that an endpoint refuses, learnt from its own words: a call goes out once more without them, and no later call of the run
 * has them. What is left out is told, once each.
 */
export type Refusals = {
  /** The body without what is known to be refused. */
  strip<Body extends object>(body: Body): Body;
  /** Names of this body that an answer with status 400 or 422 refuses; they are remembered. Empty where it is about something else. */
  learn(body: object, said: Said): readonly string[];
  /** A line for each name that was left out because the endpoint refused it. */
  lines(): readonly string[];
};

export type Said = {
  readonly status: number | undefined;
  readonly message: string;
  /** The parameter that the answer names in a field of its own. */
  readonly param?: string | undefined;
};

/** What a call can do without, and what it means that it is gone. */
const droppable: { readonly [name: string]: string } = {
  temperature: 'the endpoint draws at its own temperature',
  top_p: 'the endpoint draws with its own top-p',
  n: 'each sample is a call of its own',
  seed: 'the same seed may give other texts',
  stop: 'texts are cut here, behind what was paid for',
  logit_bias: 'no token is forbidden',
  logprobs: 'no probabilities are known',
  top_logprobs: 'no probabilities are known',
  response_format: 'JSON is read from the text',
  verbosity: 'answers are as long as the endpoint likes',
  reasoning_effort: 'the endpoint thinks as much as it likes',
  reasoning: 'the endpoint thinks as much as it likes',
  thinking: 'the endpoint thinks as much as it likes',
  thinking_token_budget: 'thoughts are as long as the endpoint likes',
  chat_template_kwargs: 'the chat template has its own values',
  extra_body: 'the endpoint thinks as much as it likes',
  min_p: 'the endpoint draws without min-p',
  repetition_penalty: 'nothing that was said counts less',
  repeat_penalty: 'nothing that was said counts less',
  // Parts of the Responses API's
  'reasoning.summary': 'thoughts are not told',
  'reasoning.effort': 'the endpoint thinks as much as it likes',
  'text.verbosity': 'answers are as long as the endpoint likes',
  'text.format': 'JSON is read from the text',
};
/** One name in place of another. */
const renamed: { readonly [name: string]: string } = {
  max_tokens: 'max_completion_tokens',
  max_completion_tokens: 'max_tokens',
};
const isAboutNames =
  /unsupported|not support|unrecognized|unknown|unexpected|extra|not permitted|not allowed|invalid|deprecated|cannot both|only the default|incompatible|does not (?:take|accept)/i;

/** `known`: names that are left out from the beginning, of which nothing is told. */
export function learnRefusals(known: ReadonlySet<string> = new Set()): Refusals {
  const refused = new Map<string, string>();
  const renames = new Map<string, string>();
  /** Undefined for an object of which nothing is left. */
  const withoutParts = (name: string, value: unknown): unknown => {
    if (![...refused.keys()].some((each) => each.startsWith(`${name}.`)) || typeof value !== 'object') return value;
    const left = Object.entries(value ?? {}).filter(([part]) => !refused.has(`${name}.${part}`));
    return left.length === 0 ? undefined : Object.fromEntries(left);
  };
  const strip = <Body extends object>(body: Body): Body => {
    const entries = Object.entries(body)
      .filter(([name]) => !known.has(name) && !refused.has(name))
      .map(([name, value]) => [renames.get(name) ?? name, withoutParts(name, value)] as const)
      .filter(([, value]) => value !== undefined);
    // How many probabilities is no question where none are asked for
    const names = new Set(entries.map(([name]) => name));
    return Object.fromEntries(entries.filter(([name]) => name !== 'top_logprobs' || names.has('logprobs'))) as Body;
  };
  return {
    strip,
    learn: (body, said) => {
      if (said.status !== 400 && said.status !== 422) return [];
      const found = namesIn(said, sentNames(body));
      for (const name of found) {
        const other = renamed[name];
        // Once in each direction, so that an endpoint that takes neither is not asked for ever
        if (other === undefined) refused.set(name, droppable[name] ?? '');
        else if (renames.has(other)) return [];
        else renames.set(name, other);
      }
      return found;
    },
    lines: () => [
      ...[...refused].map(([name, meaning]) => `${name} was left out, which the endpoint refuses: ${meaning}`),
      ...[...renames].map(([name, other]) => `${other} was sent in place of ${name}, which the endpoint refuses`),
    ],
  };
}

/** The names in a body, and those of their parts that can be left out alone. */
const sentNames = (body: object): readonly string[] =>
  Object.entries(body).flatMap(([name, value]) => {
    const parts =
      typeof value === 'object' && value !== null ? Object.keys(value).map((part) => `${name}.${part}`) : [];
    return [...parts.filter((part) => part in droppable), name];
  });

function namesIn({ message, param }: Said, sent: readonly string[]): readonly string[] {
  if (param !== undefined && param in droppable && sent.includes(param)) return [param];
  const own = param?.split(/[.[]/, 1)[0];
  if (own !== undefined && sent.includes(own) && isLeftOut(own, message)) return [own];
  const named = sent.filter((name) => isLeftOut(name, message) && mentions(message, name));
  // "temperature and top_p cannot both be specified": one of them is enough
  if (/\bboth\b/i.test(message) && named.includes('temperature')) return named.filter((name) => name !== 'temperature');
  if (named.length > 0) return named;
  const isSchema = /schema|grammar|guided|structured/i.test(message);
  return isSchema && sent.includes('response_format') ? ['response_format'] : [];
}

/** A limit that is too high is no limit that is unknown. */
function isLeftOut(name: string, message: string): boolean {
  if (name in renamed) return /unsupported|not support|unrecognized|unknown|unexpected|extra|instead/i.test(message);
  return name in droppable;
}

/** A name of one letter, or an English word, counts in quotes alone. */
function mentions(message: string, name: string): boolean {
  const word = name.replaceAll('.', '\\.');
  if (new RegExp(`['"\`]${word}['"\`]`).test(message)) return true;
  // A value of it: "thinking.type.enabled"
  if (isAboutNames.test(message) && new RegExp(`['"\`]${word}\\.[\\w.]+['"\`]`).test(message)) return true;
  if (/^(?:n|stop|seed|reasoning|thinking)$/.test(name)) return false;
  return isAboutNames.test(message) && new RegExp(`\\b${word}\\b`).test(message);
}
