import { InputError, ModelError } from '../../errors.js';
import type { LanguageModel, Sampling } from '../../models/language-model.js';
import { named } from '../../name-setting.js';
import { itemSeed } from '../../runs/item-seed.js';
import type { Run } from '../../runs/open-run.js';
import type { RunRecord } from '../../runs/run-record.js';
import { runStage } from '../../runs/run-stage.js';
import type { StageProgress } from '../../runs/track-progress.js';
import { instructionTokens } from '../../steps/answer-tokens.js';
import { rareSampling } from '../../steps/response-presets.js';
import { settle } from '../../steps/setting.js';
import type { StageFields } from '../../steps/stage-fields.js';
import { magpieFileName, unixSeconds } from '../rows/magpie-file.js';
import type { MagpieRow } from '../rows/magpie-row.js';
import { checkInstruction } from './check-instruction.js';
import { isOtherTask } from './control-words.js';
import { flamingSampling } from './flaming-tokens.js';
import { type ForbiddenTokens, type ForbidOptions, forbidTokens } from './forbid-tokens.js';
import { instruct as step } from './instruct.js';
import {
  countReasons,
  type JudgedInstruction,
  type JudgedInstructions,
  judgeInstructions,
  partOf,
} from './judge-instructions.js';
import { type MixPart, type MixShare, planMix } from './mix.js';
import { nextRoundSize } from './next-round-size.js';
import { askOpening, type OpenTurn, openUserTurn } from './open-user-turn.js';
import { describeYield, toldAfter } from './tell-yield.js';
import { turnTokens } from './turn-tokens.js';

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
  const shares = planMix(options.mix, { count, systemPrompt: options.systemPrompt });
  // An engine that cannot is told before anything is asked
  flamingSampling(model, { ...options, temperature: 0 });
  const told = await askOpening(model, options);
  const turns = shares.map(({ systemPrompt }) =>
    openUserTurn(model, systemPrompt, { preQuery: options.preQuery, told }),
  );
  const forbidden = await forbidTokens(model, options);
  const parts = await Promise.all(
    shares.map(async (share, index): Promise<Part> => {
      const turn = turns[index] as OpenTurn;
      return { ...share, turn, tokens: await turnTokens(model, turn) };
    }),
  );
  const quotas = new Map(parts.map((part) => [part.key, part.count]));
  const records: RunRecord[] = [];
  const early = tellEarly(options, {
    quotas: new Map(shares.map(({ key, count: share }) => [key, share])),
    maxCandidates,
  });
  let judged = judgeInstructions(records, { quotas });
  while (judged.accepted.length < count) {
    const round = nextRound(parts, { judged, count, maxCandidates });
    if (round.length === 0) throw new ModelError(describeShortage(options, { judged, maxCandidates }));
    for (const record of await drawRound({ options, seed, round, forbidden, onDrawn: early })) records.push(record);
    judged = judgeInstructions(records, { quotas });
  }
  // Others took the place of draws that failed
  run.calls.add(records, { isKept: true });
  const byKey = new Map(parts.map((part) => [part.key, part]));
  const rows = judged.accepted.map((record, id) =>
    toRow(record, { id, part: byKey.get(partOf(record)), seed, options, forbidden }),
  );
  const fileName = magpieFileName({ model: model.name, count, startedAt: new Date(run.startedAt), type: 'ins' });
  const left = await run.leave({ name: 'instructions', file: fileName }, rows);
  await run.leave({ name: 'draws', file: 'instruct_candidates.jsonl' }, judged.candidates);
  return { rows, fileName: left, candidates: judged.candidates, rejected: countReasons(judged.candidates) };
}

type Part = MixShare & { readonly turn: OpenTurn; readonly tokens: readonly number[] | undefined };
type Draw = { readonly id: string; readonly part: Part };

/** What each part that still owes problems draws next; empty where a part has drawn its share of `maxCandidates`. */
function nextRound(
  parts: readonly Part[],
  { judged, count, maxCandidates }: { judged: JudgedInstructions; count: number; maxCandidates: number },
): readonly Draw[] {
  const draws: Draw[] = [];
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

function drawRound({
  options,
  seed,
  round,
  forbidden,
  onDrawn,
}: {
  options: InstructOptions;
  seed: number;
  round: readonly Draw[];
  forbidden: ForbiddenTokens;
  onDrawn: (draw: EarlyDraw) => void;
}): Promise<readonly RunRecord[]> {
  const { run, model, stop, signal, onProgress } = options;
  const { temperature, topP, minP, repetitionPenalty } = settle(step.settings, options);
  const { maxTokens = instructionTokens(model.name) } = options;
  const more = rareSampling({ minP, repetitionPenalty });
  const { flamingTokens } = options;
  return runStage({
    run,
    stage,
    model,
    isReplaced: run.artifacts().some((artifact) => artifact.stage === stage),
    items: round,
    request: ({ id, part }) => {
      const { turn, tokens } = part;
      const ends = stop ?? turn.stop;
      const drawn = drawnAt(part, { temperature, topP });
      const warm = flamingSampling(model, { temperature: drawn.temperature, flamingTokens });
      const sampling: Sampling = { ...drawn, ...warm, ...more, maxTokens, ...forbidden.sampling };
      const seeded = { ...sampling, ...(ends.length === 0 ? {} : { stop: ends }), seed: itemSeed(seed, stage, id) };
      const prompt = tokens === undefined ? { raw: turn.preQuery } : { raw: turn.text, tokens };
      return { prompt, sampling: seeded };
    },
    record: ({ id, part }, { text, finishReason, completionTokens }): StageFields => {
      const instruction = text.trim();
      const { task } = part.control;
      const fault = checkInstruction({ text, finishReason, task: isOtherTask(task) ? task : undefined });
      onDrawn({ input: id, instruction, fault, completionTokens });
      return fault === undefined ? { instruction } : { failed: fault, instruction };
    },
    signal,
    onProgress,
  });
}

type EarlyDraw = {
  readonly input: string;
  readonly instruction: string;
  readonly fault: string | undefined;
  readonly completionTokens: number;
};

/** Judges the first texts of a session as they come, and tells once what comes of them. */
function tellEarly(
  { count, run, onYield }: InstructOptions,
  { quotas, maxCandidates }: { readonly quotas: ReadonlyMap<string, number>; readonly maxCandidates: number },
): (draw: EarlyDraw) => void {
  const startedAt = performance.now();
  const draws: RunRecord[] = [];
  return ({ input, instruction, fault, completionTokens }) => {
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
      ...(fault === undefined ? {} : { reason: fault }),
    });
    if (draws.length < toldAfter || count <= toldAfter) return;
    const seconds = (performance.now() - startedAt) / 1000;
    const judged = judgeInstructions(draws, { quotas });
    for (const line of describeYield(draws, { judged, count, maxCandidates, seconds })) onYield(line);
  };
}

/** A part's own settings go before those of all. */
function drawnAt(
  part: Pick<Part, 'temperature' | 'topP'> | undefined,
  { temperature, topP }: { temperature: number; topP: number },
): { readonly temperature: number; readonly topP: number } {
  return { temperature: part?.temperature ?? temperature, topP: part?.topP ?? topP };
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
      ...steered,
    },
    gen_response_configs: null,
    instruction_tokens: Number(record.completionTokens ?? 0),
  };
}

function describeShortage(
  { model, count }: InstructOptions,
  { judged, maxCandidates }: { judged: ReturnType<typeof judgeInstructions>; maxCandidates: number },
): string {
  const reasons = Object.entries(countReasons(judged.candidates)).sort(([, left], [, right]) => right - left);
  const main = reasons.slice(0, 3).map(([reason, number]) => `${reason} ${number}`);
  return `Cannot draw ${count} problems from ${model.name}: ${judged.accepted.length} of ${maxCandidates} texts were accepted (rejected: ${main.join(', ')}); raise ${named('maxCandidates')}, change the ${named('temperature')}, or use another model`;
}
