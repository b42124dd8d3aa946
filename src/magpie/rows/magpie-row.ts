import { createHash } from 'node:crypto';

/** One row of a `Magpie_…_ins.json` file, with Magpie's own field names, and what we know besides. */
export type MagpieRow = {
  readonly id: number;
  readonly pre_query_template: string | null;
  readonly instruction: string;
  readonly response: string | null;
  /** Unix seconds: when the run started. */
  readonly created: number;
  readonly gen_input_configs: {
    readonly temperature: number;
    readonly top_p: number;
    readonly input_generator: string;
    /** Null in files of other tools that drew without one. */
    readonly seed: number | null;
    /** The first token was drawn warmer than the rest. */
    readonly flaming_tokens?: true;
    /** The text went on with an answer, in front of which it was cut. */
    readonly answer_cut?: true;
    /** Texts that were masked, with their token ids: in the whole problem, or as its first token. */
    readonly forbidden_tokens?: { readonly [text: string]: number };
    readonly forbidden_first_tokens?: { readonly [text: string]: number };
    /** What a system prompt asked for, where there was one. */
    readonly task?: string;
    readonly domain?: string;
    readonly difficulty?: string;
    readonly language?: string;
    /** Of this part of the mix. */
    readonly weight?: number;
    readonly system_prompt?: string;
  } | null;
  readonly gen_response_configs: ResponseConfigs | null;
  /** As drawn, with an answer that was cut. */
  readonly instruction_tokens?: number;
  readonly response_tokens?: number;
  /** The answer taken from the response and the rule that found it. */
  readonly extracted?: string | null;
  readonly rule?: string | null;
  /** What the model thought in front of its response. */
  readonly thinking?: string;
  /** Natural-log probability of the response, thinking included, where the engine gives it. */
  readonly log_probability?: number;
  /** Why there is no response. */
  readonly failed?: string | null;
  /** The right answer, where somebody knows it. */
  readonly gold?: string;
};

export type ResponseConfigs = {
  /** `name@version` of the prompt set. */
  readonly prompt: string;
  readonly temperature: number | readonly number[];
  readonly top_p: number;
  readonly min_p?: number;
  readonly repetition_penalty: number;
  readonly max_tokens: number;
  readonly stop_tokens: readonly string[];
  readonly output_generator: string;
  readonly engine: string;
};

export type Candidate = {
  readonly sample: number;
  readonly temperature: number;
  readonly response: string;
  readonly extracted: string | null;
  readonly rule: string | null;
  readonly tokens: number;
  readonly thinking?: string;
  /** Natural-log probability of the whole reply, where the engine gives it. */
  readonly log_probability?: number;
};

/** A row of a `Magpie_…_ins_{k}res.json` file. `responses` holds the texts of `candidates`, in the same order. */
export type CandidatesRow = MagpieRow & {
  readonly responses: readonly string[];
  readonly candidates: readonly Candidate[];
  readonly failed_candidates: readonly {
    readonly sample: number;
    readonly temperature: number;
    readonly reason: string;
    /** The call failed, so that nobody answered: no sign of how hard the problem is. */
    readonly unanswered?: true;
  }[];
};

/** A row of a `Magpie_…_ins_{k}res_judged.json` file. */
export type JudgedRow = CandidatesRow & {
  /** P(right) of each candidate, 0 to 1; null where the judge gave no verdict. */
  readonly scores: readonly (number | null)[];
  readonly judge: { readonly model: string; readonly source: 'first-token' | 'sampled'; readonly prompt: string };
};

/** The id of a row as an input of a stage. Holds the text, so that another instruction under the same id is another input. */
export function rowKey(row: { readonly id: number | string; readonly instruction: string }): string {
  return `${row.id}:${shortHash(row.instruction)}`;
}

export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

/** The engine of a model string: `gguf:FILE` is `gguf`, an address is `http`, a bare name names itself. */
export function engineOf(model: string): string {
  return /^([a-z]+):/.exec(model)?.[1]?.replace(/^https$/, 'http') ?? model;
}
