import type { LanguageModel, TokenChoice } from '../../models/language-model.js';
import { isOwnModel } from '../../models/own-models.js';
import { itemSeed } from '../../runs/item-seed.js';
import type { RunRecord } from '../../runs/run-record.js';
import { runStage } from '../../runs/run-stage.js';
import { instructionTokens } from '../../steps/answer-tokens.js';
import { rareSampling } from '../../steps/response-presets.js';
import { settle } from '../../steps/setting.js';
import type { StageFields } from '../../steps/stage-fields.js';
import { isOtherTask } from './control-words.js';
import type { InstructOptions } from './draw-instructions.js';
import { flamingSampling } from './flaming-tokens.js';
import { type ForbiddenTokens, forbidTokens } from './forbid-tokens.js';
import { instruct as step } from './instruct.js';
import { type MixShare, planMix } from './mix.js';
import { askOpening, type OpenTurn, openUserTurn } from './open-user-turn.js';
import { readDrawnText } from './read-drawn-text.js';
import { turnTokens } from './turn-tokens.js';

/** A part of the mix with the open turn that its texts are drawn from. */
export type Part = MixShare & { readonly turn: OpenTurn; readonly tokens: readonly number[] | undefined };

/** How texts are drawn, where it is not as the part or the options say. */
export type Drawing = { readonly temperature: number; readonly topP: number; readonly minP?: number | undefined };

export type Draw = { readonly id: string; readonly part: Part; readonly drawing?: Drawing | undefined };

/** How likely a text is to the model itself, at temperature 1. */
export type Likelihood = {
  /** Mean natural-log probability of its tokens. */
  readonly meanLogProbability: number;
  /** Share of its tokens that are the likeliest in their place, which greedy drawing would have taken. */
  readonly greedyShare: number;
};

export type DrawnText = {
  readonly input: string;
  readonly instruction: string;
  readonly fault: string | undefined;
  readonly completionTokens: number;
  readonly likelihood: Likelihood | undefined;
};

/** The parts of a mix with their turns, and the tokens that are not drawn. Throws before anything is asked what the model cannot. */
export async function openParts(
  options: InstructOptions,
): Promise<{ readonly parts: readonly Part[]; readonly forbidden: ForbiddenTokens }> {
  const { model, count, preQuery } = options;
  const shares = planMix(options.mix, { count, systemPrompt: options.systemPrompt });
  flamingSampling(model, { ...options, temperature: 0 });
  const told = await askOpening(model, options);
  const turns = shares.map(({ systemPrompt }) => openUserTurn(model, systemPrompt, { preQuery, told }));
  const forbidden = await forbidTokens(model, options);
  const parts = await Promise.all(
    shares.map(async (share, index): Promise<Part> => {
      const turn = turns[index] as OpenTurn;
      return { ...share, turn, tokens: await turnTokens(model, turn) };
    }),
  );
  return { parts, forbidden };
}

/**
 * Draws texts as records of a stage, each with what is wrong with it. Of the first `measured` the model tells how likely they are to itself, where
 * the engine gives that.
 */
export function drawTexts(
  draws: readonly Draw[],
  {
    options,
    stage,
    forbidden,
    measured = 0,
    onDrawn = () => undefined,
  }: {
    readonly options: InstructOptions & { readonly seed: number };
    readonly stage: string;
    readonly forbidden: ForbiddenTokens;
    readonly measured?: number;
    readonly onDrawn?: (draw: DrawnText) => void;
  },
): Promise<readonly RunRecord[]> {
  const { run, model, stop, seed, flamingTokens, signal, onProgress } = options;
  const { repetitionPenalty, leastLikelihood, noCut, ...settled } = settle(step.settings, options);
  const { maxTokens = instructionTokens(model.name) } = options;
  const tellsAll = tellsLikelihood(model);
  const isMeasured = (id: string): boolean =>
    tellsAll || (options.onYield !== undefined && model.capabilities.tokenChoices === true && numberOf(id) < measured);
  return runStage({
    run,
    stage,
    model,
    isReplaced: run.artifacts().some((artifact) => artifact.stage === stage),
    items: draws,
    request: ({ id, part, drawing }) => {
      const { turn, tokens } = part;
      const ends = stop ?? turn.stop;
      const { minP, ...drawn } = drawing ?? { ...drawnAt(part, settled), minP: settled.minP };
      const sampling = {
        ...drawn,
        ...flamingSampling(model, { temperature: drawn.temperature, flamingTokens }),
        ...rareSampling({ minP, repetitionPenalty }),
        maxTokens,
        ...forbidden.sampling,
        ...(ends.length === 0 ? {} : { stop: ends }),
        seed: itemSeed(seed, stage, id),
        ...(isMeasured(id) ? { tokenChoices: true, topLogProbabilities: 1 } : {}),
      };
      return { prompt: tokens === undefined ? { raw: turn.preQuery } : { raw: turn.text, tokens }, sampling };
    },
    record: ({ id, part }, { text, finishReason, completionTokens, tokenChoices, logProbability }): StageFields => {
      const { task } = part.control;
      const read = readDrawnText(text, {
        finishReason,
        task: isOtherTask(task) ? task : undefined,
        cutsAnswers: !noCut,
      });
      const { instruction, cut } = read;
      // How sure a model is of its answer says nothing of the problem
      const likelihood = likelihoodOf(cut === undefined ? tokenChoices : choicesOf(tokenChoices, text, instruction));
      // Some engines tell the sum alone
      const mean = tellsAll ? likelihood?.meanLogProbability : logProbability && logProbability / completionTokens;
      const isUnlikely = mean !== undefined && mean < leastLikelihood;
      const fault = read.fault ?? (isUnlikely ? 'unlikely' : undefined);
      onDrawn({ input: id, instruction, fault, completionTokens, likelihood });
      const fields = { instruction, ...(cut === undefined ? {} : { cut }), ...likelihood };
      return fault === undefined ? fields : { failed: fault, ...fields };
    },
    signal,
    onProgress,
  });
}

/** A part's own settings go before those of all. */
export function drawnAt(
  part: Pick<Part, 'temperature' | 'topP'> | undefined,
  { temperature, topP }: { readonly temperature: number; readonly topP: number },
): { readonly temperature: number; readonly topP: number } {
  return { temperature: part?.temperature ?? temperature, topP: part?.topP ?? topP };
}

/** Not asked of our own models, which know nothing but their grammar and are never so far off. */
const tellsLikelihood = (model: LanguageModel): boolean =>
  model.capabilities.tokenChoices === true && !isOwnModel(model.name);

const numberOf = (id: string): number => Number(/\d+$/.exec(id)?.[0] ?? Number.POSITIVE_INFINITY);

function likelihoodOf(choices: readonly TokenChoice[] | undefined): Likelihood | undefined {
  if (choices === undefined || choices.length === 0) return undefined;
  const sum = choices.reduce((total, { logProbability }) => total + Math.max(logProbability, leastLog), 0);
  const greedy = choices.filter(({ token, likeliest }) => likeliest[0]?.token === token).length;
  return { meanLogProbability: round(sum / choices.length), greedyShare: round(greedy / choices.length) };
}

/** Those of the piece of a text that was kept; all of them where it does not stand in the text as it is. */
function choicesOf(
  choices: readonly TokenChoice[] | undefined,
  text: string,
  piece: string,
): readonly TokenChoice[] | undefined {
  const end = text.indexOf(piece) + piece.length;
  let length = 0;
  const last = choices?.findIndex(({ token }) => {
    length += token.length;
    return length >= end;
  });
  return text.includes(piece) && last !== undefined && last >= 0 ? choices?.slice(0, last + 1) : choices;
}

/** A probability of 0 would make a mean of minus infinity, which JSON cannot hold. */
const leastLog = -30;
const round = (value: number): number => Number(value.toFixed(4));
