import { ModelError } from '../../errors.js';
import type { Completion, GenerationProgress, LanguageModel, TokenChoice } from '../../models/language-model.js';
import { checkInstruction, type InstructionFault } from './check-instruction.js';
import { instruct } from './instruct.js';
import { askOpening, openUserTurn } from './open-user-turn.js';

export type DrawTurnsOptions = {
  readonly model: LanguageModel;
  readonly count: number;
  /** The text to continue, special tokens recognised. @default the model's own, in front of an open user turn */
  readonly preQuery?: string | undefined;
  /** The defaults of these two are those of the step `instruct`. */
  readonly temperature?: number;
  readonly topP?: number;
  /** @default 400 */
  readonly maxTokens?: number;
  /** @default 0 */
  readonly seed?: number;
  /** For each token how many of the likeliest in its place to tell; only engines with the capability `tokenChoices` do. @default 0 */
  readonly likeliest?: number;
  readonly onProgress?: ((progress: GenerationProgress) => void) | undefined;
};

/** A text that a model wrote in the user’s place, and what the filter of problems says of it. */
export type DrawnTurn = {
  readonly text: string;
  /** What the filter says; null where it lets the text through. */
  readonly fault: InstructionFault | null;
  readonly tokens: number;
  readonly finishReason: Completion['finishReason'];
  /** Only where `likeliest` asks for them. */
  readonly choices?: readonly TokenChoice[];
};

/**
 * Lets a model speak in the user's place `count` times, in the order of the samples: for looking at what comes, without a run
 * directory, without accepting or leaving out any. Another `preQuery` than the model's own shows what a wrong template does.
 * Throws `ModelError` for a model that cannot continue raw text, and for one that fails on the way.
 */
export async function drawTurns(options: DrawTurnsOptions): Promise<readonly DrawnTurn[]> {
  const { model, count, maxTokens = 400, seed = 0, likeliest = 0, onProgress } = options;
  const { temperature = instruct.settings.temperature.fallback, topP = instruct.settings.topP.fallback } = options;
  const { preQuery, stop } = openUserTurn(model, undefined, { told: await askOpening(model) });
  const choices = likeliest > 0 ? { tokenChoices: true, topLogProbabilities: likeliest } : {};
  const sampling = { temperature, topP, maxTokens, seed, ...(stop.length === 0 ? {} : { stop }), ...choices };
  const request = { id: 'turns', prompt: { raw: options.preQuery ?? preQuery }, samples: count, sampling };
  const drawn: Completion[] = [];
  for await (const completion of model.generate([request], onProgress ? { onProgress } : {})) {
    if (completion.finishReason === 'error') {
      throw new ModelError(`Cannot draw turns from ${model.name}: ${completion.error}`);
    }
    drawn.push(completion);
  }
  return drawn.sort((left, right) => left.sample - right.sample).map(toTurn);
}

function toTurn({ text, finishReason, completionTokens, tokenChoices }: Completion): DrawnTurn {
  return {
    text: text.trim(),
    fault: checkInstruction({ text, finishReason }) ?? null,
    tokens: completionTokens,
    finishReason,
    ...(tokenChoices === undefined ? {} : { choices: tokenChoices }),
  };
}
