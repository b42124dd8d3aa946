import { extractAnswer } from '../../answers/extract/extract-answer.js';
import { InputError } from '../../errors.js';
import type { JsonObject } from '../../storage/read-jsonl.js';
import type { Candidate, CandidatesRow, MagpieRow } from './magpie-row.js';
import { rowTexts } from './row-texts.js';

/** A row of the original's `…_{k}res.json` or `…_{k}res_armorm.json`, ready for `judge` and `rank`. */
export type UpstreamCandidatesRow = CandidatesRow & {
  /** Scores of its reward model by candidate, where the file has them; null where one is missing. */
  readonly rewards: readonly (number | null)[] | null;
};

/**
 * Reads the responses of one of the original's rows as candidates: the answer is taken from each, empty ones (a failed call leaves
 * "") are failed candidates, and its rewards stay with the candidates they belong to. Throws `InputError` where the row
 * has no responses, or another number of rewards.
 */
export function fromUpstreamCandidates(row: JsonObject, { place }: { place: number }): UpstreamCandidatesRow {
  const { responses, rewards_armorm: scored } = row;
  const instruction = rowTexts(row)?.instruction;
  if (instruction === undefined || !Array.isArray(responses)) {
    throw new InputError(
      `Cannot use row ${place} as candidates: it holds no "responses"; give a file of several responses (…_5res.json)`,
    );
  }
  if (scored !== undefined && (!Array.isArray(scored) || scored.length !== responses.length)) {
    throw new InputError(
      `Cannot use row ${place}: it has ${responses.length} responses and ${Array.isArray(scored) ? scored.length : 'no'} rewards; score the file again`,
    );
  }
  const configs = row.gen_response_configs as { readonly temperature?: number } | null | undefined;
  const temperature = typeof configs?.temperature === 'number' ? configs.temperature : 0;
  const drawn = responses.map((response: unknown, sample) => ({
    sample,
    temperature,
    response: typeof response === 'string' ? response.trim() : '',
    score: readScore(scored?.[sample]),
  }));
  const said = drawn.filter(({ response }) => response !== '');
  return {
    ...toMagpieRow(row, { instruction, place }),
    responses: said.map(({ response }) => response),
    candidates: said.map(({ score: _, ...candidate }): Candidate => {
      const found = extractAnswer(candidate.response);
      return { ...candidate, extracted: found?.answer ?? null, rule: found?.rule ?? null, tokens: 0 };
    }),
    failed_candidates: drawn
      .filter(({ response }) => response === '')
      .map(({ sample }) => ({ sample, temperature, reason: 'empty' })),
    rewards: scored === undefined ? null : said.map(({ score }) => score),
  };
}

/** The fields that our steps need, where one of the original's rows lacks them. */
export function toMagpieRow(
  row: JsonObject,
  { instruction, place }: { instruction: string; place: number },
): MagpieRow {
  const { rewards_armorm: _, responses: __, ...rest } = row;
  return {
    pre_query_template: null,
    response: null,
    created: 0,
    gen_input_configs: null,
    gen_response_configs: null,
    ...(rest as Partial<MagpieRow>),
    id: typeof row.id === 'number' ? row.id : place - 1,
    instruction,
  };
}

function readScore(reward: unknown): number | null {
  const score = typeof reward === 'object' && reward !== null ? (reward as { score?: unknown }).score : reward;
  return typeof score === 'number' && Number.isFinite(score) ? score : null;
}
