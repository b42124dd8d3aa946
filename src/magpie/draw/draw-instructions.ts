import { FailedCallsError, InputError, ModelError } from '../../errors.js';
import type { LanguageModel } from '../../models/language-model.js';
import { named } from '../../name-setting.js';
import { countCalls, describeCalls, isPassing } from '../../runs/count-calls.js';
import type { Run } from '../../runs/open-run.js';
import type { RunRecord } from '../../runs/run-record.js';
import type { StageProgress } from '../../runs/track-progress.js';
import { settle } from '../../steps/setting.js';
import { magpieFileName, unixSeconds } from '../rows/magpie-file.js';
import type { MagpieRow } from '../rows/magpie-row.js';
import { type Draw, type DrawnText, drawnAt, drawTexts, openParts, type Part } from './draw-texts.js';
import type { ForbiddenTokens, ForbidOptions } from './forbid-tokens.js';
import { instruct as step } from './instruct.js';
import {
  countReasons,
  type JudgedInstruction,
  type JudgedInstructions,
  judgeInstructions,
  partOf,
} from './judge-instructions.js';
import type { MixPart } from './mix.js';
import { nextRoundSize } from './next-round-size.js';
import { describeYield, toldAfter } from './tell-yield.js';

export type InstructOptions = ForbidOptions & {
  readonly run: Run;
  readonly model: LanguageModel;
  /** How many problems to accept. */
  readonly count: number;
  /** @default the run's seed */
  readonly seed?: number;
  /** The defaults of these two are those of the step `instruct`. */
  readonly temperature?: number;
  readonly topP?: number;
  readonly minP?: number | undefined;
  readonly repetitionPenalty?: number | undefined;
  /** Draws the first token warmer than the rest (`flamingFactor`). */
  readonly flamingTokens?: boolean | undefined;
  /** Stands in place of the text that the model's template puts in front of an open user turn. */
  readonly preQuery?: string | undefined;
  /** Texts that run longer are rejected. @default that of the model (`instructionTokens`) */
  readonly maxTokens?: number;
  /** Texts with a lower mean log-probability a token are rejected, where the engine tells it. @default that of the step */
  readonly leastLikelihood?: number;
  /** Refuses a problem with its answer, which is else cut in front of the answer. */
  readonly noCut?: boolean | undefined;
  /** Put in front of the user turn. Magpie's authors advise against one, domain prompts apart (section 2 and appendix). */
  readonly systemPrompt?: string | undefined;
  /** What the problems are to be about, by weight; each part gets exactly its share. Instead of `systemPrompt`. */
  readonly mix?: readonly MixPart[] | undefined;
  /** @default the model's special tokens in configs/model_configs.json */
  readonly stop?: readonly string[] | undefined;
  /** Gives up after so many drawn texts. @default 50 + 8 x count */
  readonly maxCandidates?: number | undefined;
  /** Told once of what comes of drawing, after some fifty texts. */
  readonly onYield?: ((line: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: StageProgress) => void) | undefined;
};

export type InstructResult = {
  /** Exactly `count`, distinct, in the order in which they were drawn. */
  readonly rows: readonly MagpieRow[];
  readonly fileName: string;
  /** Every drawn text with its verdict; also in `instruct_candidates.jsonl` of the run. */
  readonly candidates: readonly JudgedInstruction[];
  readonly rejected: Readonly<Record<string, number>>;
};

const stage = 'instruct';

/**
 * Magpie's first step (Xu et al. 2024, section 2): the model continues the text in front of an open user turn, and what it writes is a
 * problem. Candidate i is drawn with a seed of its own, a round's size depends on whole earlier rounds alone, and texts are accepted in
 * the order of i: a run that was killed and continued gives the same files. Throws `ModelError` before the first token when the model
 * cannot continue raw text, and after `maxCandidates`.
 *
 * @example const run = { directory: 'runs/magpie', stage: 'instruct', config: { seed: 7 } };
 * const { rows } = await withRun(run, (run) => instruct({ run, model, count: 20 }));
 */
export async function instruct(options: InstructOptions): Promise<InstructResult> {
  const { run, model, count, seed = run.seed, maxCandidates = 50 + 8 * count } = options;
  if (!(Number.isInteger(count) && count >= 1)) {
    throw new InputError(`Cannot draw ${count} problems: give a whole number from 1`);
  }
  const { parts, forbidden } = await openParts(options);
  const quotas = new Map(parts.map((part) => [part.key, part.count]));
  const records: RunRecord[] = [];
  const early = tellEarly(options, { quotas, maxCandidates });
  const byKey = new Map(parts.map((part) => [part.key, part]));
  const rowsOf = ({ accepted }: JudgedInstructions): readonly MagpieRow[] =>
    accepted.map((record, id) => toRow(record, { id, part: byKey.get(partOf(record)), seed, options, forbidden }));
  const leave = async (found: JudgedInstructions): Promise<string> => {
    const file = magpieFileName({ model: model.name, count, startedAt: new Date(run.startedAt), type: 'ins' });
    // The first file of a stage holds its rows
    const left = await run.leave({ name: 'instructions', file }, rowsOf(found));
    await run.leave({ name: 'draws', file: 'instruct_candidates.jsonl' }, found.candidates);
    return left;
  };
  let judged = judgeInstructions(records, { quotas });
  while (judged.accepted.length < count) {
    const round = nextRound(parts, { judged, count, maxCandidates });
    if (round.length === 0) {
      refuseUnanswered(records);
      const file = judged.accepted.length === 0 ? undefined : await leave(judged);
      throw new ModelError(describeShortage(options, { judged, maxCandidates, file }));
    }
    for (const record of await drawTexts(round, {
      options: { ...options, seed },
      stage,
      forbidden,
      measured: toldAfter,
      onDrawn: early,
    }))
      records.push(record);
    judged = judgeInstructions(records, { quotas });
  }
  // Others took the place of draws that failed
  run.calls.add(records, { isKept: true });
  // Drawn beyond what is needed while an endpoint was down: without that, nobody would have asked
  const used = new Set(records.map(({ id }) => id));
  const needless = [...run.records(stage).values()].filter((record) => isPassing(record) && !used.has(record.id));
  if (needless.length > 0) await run.setAside(new Set(needless.map(({ id }) => id)));
  const fileName = await leave(judged);
  const { candidates } = judged;
  return { rows: rowsOf(judged), fileName, candidates, rejected: countReasons(candidates) };
}

/** Where nobody answered a call, neither the texts nor the settings are at fault: throws `FailedCallsError`. */
function refuseUnanswered(records: readonly RunRecord[]): void {
  const calls = countCalls();
  calls.add(records);
  if (records.length > 0 && !calls.hasAnswer()) throw new FailedCallsError(describeCalls(calls.counts()));
}

type RoundDraw = Pick<Draw, 'id' | 'part'>;

/** What each part that still owes problems draws next; empty where a part has drawn its share of `maxCandidates`. */
function nextRound(
  parts: readonly Part[],
  { judged, count, maxCandidates }: { judged: JudgedInstructions; count: number; maxCandidates: number },
): readonly RoundDraw[] {
  const draws: RoundDraw[] = [];
  for (const part of parts) {
    const { key, count: owed } = part;
    const { accepted = 0, drawn = 0 } = judged.parts.get(key) ?? {};
    if (accepted >= owed) continue;
    const most = Math.ceil((maxCandidates * owed) / count);
    const size = nextRoundSize({ count: owed, accepted, drawn, maxCandidates: most });
    if (size === 0) return [];
    const prefix = key === '' ? '' : `${key}:`;
    for (let offset = 0; offset < size; offset++) draws.push({ id: `${prefix}candidate-${drawn + offset}`, part });
  }
  return draws;
}

/** Judges the first texts of a session as they come, and tells once what comes of them. */
function tellEarly(
  { count, run, onYield }: InstructOptions,
  { quotas, maxCandidates }: { readonly quotas: ReadonlyMap<string, number>; readonly maxCandidates: number },
): (draw: DrawnText) => void {
  const startedAt = performance.now();
  const draws: RunRecord[] = [];
  return ({ input, instruction, fault, completionTokens, likelihood = {} }) => {
    if (onYield === undefined || run.plan !== undefined || draws.length >= toldAfter) return;
    const status = fault === undefined ? 'done' : 'failed';
    draws.push({
      id: input,
      stage,
      input,
      sample: 0,
      status,
      instruction,
      completionTokens,
      ...likelihood,
      ...(fault === undefined ? {} : { reason: fault }),
    });
    if (draws.length < toldAfter) return;
    const seconds = (performance.now() - startedAt) / 1000;
    const judged = judgeInstructions(draws, { quotas });
    // Nobody needs to hear of what is done
    if (judged.accepted.length >= count) return;
    for (const line of describeYield(draws, { judged, count, maxCandidates, seconds })) onYield(line);
  };
}

function toRow(
  record: RunRecord,
  {
    id,
    part,
    seed,
    options,
    forbidden,
  }: { id: number; part: Part | undefined; seed: number; options: InstructOptions; forbidden: ForbiddenTokens },
): MagpieRow {
  const { run, model } = options;
  const { minP, repetitionPenalty, ...settled } = settle(step.settings, options);
  const { temperature, topP } = drawnAt(part, settled);
  const { control = {}, weight = 1, systemPrompt } = part ?? {};
  const steered =
    systemPrompt === undefined
      ? {}
      : { ...control, ...(part?.key === '' ? {} : { weight }), system_prompt: systemPrompt };
  return {
    id,
    pre_query_template: (part?.tokens === undefined ? part?.turn.preQuery : part.turn.text) ?? null,
    instruction: String(record.instruction),
    response: null,
    created: unixSeconds(new Date(run.startedAt)),
    gen_input_configs: {
      temperature,
      top_p: topP,
      ...(minP === undefined ? {} : { min_p: minP }),
      ...(repetitionPenalty === undefined ? {} : { repetition_penalty: repetitionPenalty }),
      ...(options.flamingTokens ? { flaming_tokens: true as const } : {}),
      input_generator: model.name,
      seed,
      ...forbidden.record,
      ...(record.cut === undefined ? {} : { answer_cut: true as const }),
      ...steered,
    },
    gen_response_configs: null,
    instruction_tokens: Number(record.completionTokens ?? 0),
  };
}

function describeShortage(
  { model, count }: InstructOptions,
  { judged, maxCandidates, file }: { judged: JudgedInstructions; maxCandidates: number; file: string | undefined },
): string {
  const reasons = Object.entries(countReasons(judged.candidates)).sort(([, left], [, right]) => right - left);
  const main = reasons.slice(0, 3).map(([reason, number]) => `${reason} ${number}`);
  const why = main.length === 0 ? '' : ` (rejected: ${main.join(', ')})`;
  const kept = file === undefined ? '' : `; they are in ${file}`;
  return `Cannot draw ${count} problems from ${model.name}: ${judged.accepted.length} of ${maxCandidates} texts were accepted${why}${kept}; raise ${named('maxCandidates')} to go on here, or in another run directory change the ${named('temperature')} or the model`;
}
