import { watchRunningOn } from '../../answers/extract/end-at-answer.js';
import type { FinishReason, LikelyToken, TokenChoice } from '../language-model.js';
import { sampleSeed } from '../sample-seed.js';
import type { Engine, EngineContext, Sampler, ScoredToken } from './llama-engine.js';

/** A request as the batch loop sees it. */
export type Job = {
  /** At least one token. */
  readonly prompt: Uint32Array;
  readonly samples: number;
  /** Cells that a sample can need: the prompt and all that may follow it. */
  readonly tokens: number;
  /** The most tokens to draw. */
  readonly limit: number;
  readonly temperature: number;
  /** Of the first token alone. @default temperature */
  readonly firstTemperature?: number | undefined;
  readonly topP: number;
  readonly minP: number;
  readonly seed: number;
  readonly stop: readonly string[];
  readonly stopTokens: ReadonlySet<number>;
  /** Stop a text that has stated its answer and goes on with other things. @default false */
  readonly stopsBehindAnswer?: boolean;
  /** Special tokens that stay in the text: marks of thinking, which a reader looks for. @default none */
  readonly shownTokens?: ReadonlySet<number>;
  readonly topLogProbabilities: number;
  /** Keep `topLogProbabilities` for each token, and not for the first alone. @default false */
  readonly tokenChoices?: boolean;
  readonly forbidden: readonly number[];
  /** Not drawn as the first token, beside `forbidden`. */
  readonly forbiddenFirst: readonly number[];
  readonly onSample: (sample: FinishedSample) => void;
  readonly onFailure: (error: Error) => void;
  cancelled: boolean;
};

export type FinishedSample = {
  readonly sample: number;
  readonly text: string;
  readonly finishReason: FinishReason;
  readonly completionTokens: number;
  readonly firstToken?: readonly LikelyToken[];
  readonly tokenChoices?: readonly TokenChoice[];
  /** Stopped behind its answer. */
  readonly ranOn?: true;
  readonly error?: string;
};

/** A sample that is being drawn. */
export type ActiveSample = {
  readonly job: Job;
  readonly sample: number;
  readonly sampler: Sampler;
  /** Tokens of this sequence that the model has seen. */
  position: number;
  /** The one token that comes next: the prompt's last, then the one drawn before. */
  nextToken: Uint32Array;
  readonly drawn: number[];
  firstToken: FinishedSample['firstToken'];
  /** Of each drawn token, where the job asks for them. */
  readonly choices: TokenChoice[];
  /** Looks at the text so far, where the job asks for it. */
  readonly runsOn: ((text: string) => boolean) | undefined;
  /** Text so far, kept only when there is something to look for in it. */
  text: string;
  /** How many drawn tokens `text` covers; a character may still be incomplete. */
  textTokens: number;
  /** How many characters of `text` were searched for stop strings. */
  searched: number;
};

export function startSample(job: Job, sample: number, engine: Engine): ActiveSample {
  return {
    job,
    sample,
    sampler: engine.openSampler({
      ...job,
      temperature: job.firstTemperature ?? job.temperature,
      forbidden: [...job.forbidden, ...job.forbiddenFirst],
      seed: sampleSeed(job.seed, sample),
    }),
    position: 0,
    nextToken: job.prompt.subarray(-1),
    drawn: [],
    firstToken: undefined,
    choices: [],
    runsOn: job.stopsBehindAnswer === true ? watchRunningOn() : undefined,
    text: '',
    textTokens: 0,
    searched: 0,
  };
}

/** The likeliest token alone is asked for: other ways sort the vocabulary, which several threads do sooner. */
export const isCheaplyDrawn = ({ temperature, firstTemperature = temperature, topLogProbabilities }: Job): boolean =>
  temperature === 0 && firstTemperature === 0 && topLogProbabilities === 0;

/** Draws the next token. Returns true, after reporting the result, when the sample is finished. */
export async function advanceSample(
  sample: ActiveSample,
  { context, row, engine }: { context: EngineContext | undefined; row: number; engine: Engine },
): Promise<boolean> {
  if (context === undefined) return true;
  const { job, drawn } = sample;
  sample.position++;
  if (drawn.length === 0 && job.topLogProbabilities > 0) {
    const top = await context.topLogProbabilities(row, job.topLogProbabilities);
    sample.firstToken = top.map((scored) => spell(scored, engine));
  }
  const token = await context.sample(row, sample.sampler);
  if (job.cancelled) return true;
  if (token < 0) return finish(sample, { text: '', finishReason: 'error', error: 'the model gives no probabilities' });
  if (job.tokenChoices === true) {
    const k = job.topLogProbabilities;
    const scored = await context.topLogProbabilities(row, Math.max(1, k), token);
    const own = scored.find((each) => each.token === token) ?? { token, logProbability: Number.NEGATIVE_INFINITY };
    const likeliest = scored.slice(0, k).map((each) => spell(each, engine));
    sample.choices.push({ id: token, ...spell(own, engine), likeliest });
  }
  const plain = (): string => drawnText(drawn, { job, engine });
  if (engine.isEnd(token) || job.stopTokens.has(token)) {
    const text = plain();
    drawn.push(token); // counted: it was computed like any other
    return finish(sample, { text, finishReason: 'stop' });
  }
  drawn.push(token);
  const isFirstOther = job.forbiddenFirst.length > 0 || job.firstTemperature !== undefined;
  if (drawn.length === 1 && isFirstOther) sample.sampler.change(job);
  sample.nextToken = Uint32Array.of(token);
  if ((job.stop.length > 0 || sample.runsOn !== undefined) && readOn(sample, engine)) {
    const stopped = findStop(sample);
    if (stopped !== undefined) return finish(sample, { text: stopped, finishReason: 'stop' });
    if (sample.runsOn?.(sample.text)) return finish(sample, { text: plain(), finishReason: 'stop', ranOn: true });
    sample.searched = sample.text.length;
  }
  if (drawn.length >= job.limit) return finish(sample, { text: plain(), finishReason: 'length' });
  return false;
}

function finish(
  { job, sample, drawn, firstToken, choices }: ActiveSample,
  result: Pick<FinishedSample, 'text' | 'finishReason' | 'ranOn' | 'error'>,
): true {
  const asked = { ...(firstToken ? { firstToken } : {}), ...(job.tokenChoices ? { tokenChoices: choices } : {}) };
  job.onSample({ sample, completionTokens: drawn.length, ...asked, ...result });
  return true;
}

function spell({ token, logProbability }: ScoredToken, engine: Engine): LikelyToken {
  return { token: engine.detokenize([token], { special: true }), logProbability };
}

/**
 * Adds the newest tokens to the text; false where they are no whole character yet. Tokens are turned into text together with the one before
 * them, because some tokenizers write the first token of a text differently.
 */
function readOn(sample: ActiveSample, engine: Engine): boolean {
  const { job, drawn } = sample;
  const from = Math.max(0, sample.textTokens - 1);
  const before = drawnText(drawn.slice(from, sample.textTokens), { job, engine });
  const after = drawnText(drawn.slice(from), { job, engine });
  // A replacement character at the end is the first half of a character: wait for the rest of it.
  if (after.endsWith('\uFFFD') && drawn.length - sample.textTokens < 4) return false;
  sample.text += after.slice(before.length);
  sample.textTokens = drawn.length;
  return true;
}

/** The text in front of the earliest stop string, once there is one. Only new text is searched. */
function findStop({ job, text, searched }: ActiveSample): string | undefined {
  const from = Math.max(0, searched - Math.max(0, ...job.stop.map((stop) => stop.length)));
  const positions = job.stop.map((stop) => text.indexOf(stop, from)).filter((position) => position !== -1);
  return positions.length > 0 ? text.slice(0, Math.min(...positions)) : undefined;
}

/** The text of drawn tokens; special ones are left out, but for those that the job shows. */
function drawnText(
  drawn: readonly number[],
  { job: { shownTokens }, engine }: { readonly job: Job; readonly engine: Engine },
): string {
  if (shownTokens === undefined || !drawn.some((token) => shownTokens.has(token))) {
    return engine.detokenize(drawn, { special: false });
  }
  let text = '';
  let from = 0;
  for (const [at, token] of drawn.entries()) {
    if (!shownTokens.has(token)) continue;
    text += engine.detokenize(drawn.slice(from, at), { special: false }) + engine.tokenText(token);
    from = at + 1;
  }
  return text + engine.detokenize(drawn.slice(from), { special: false });
}
