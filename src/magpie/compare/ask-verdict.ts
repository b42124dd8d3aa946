import type { Completion, GenerationRequest, LanguageModel } from '../../models/language-model.js';
import type { RunRecord } from '../../runs/run-record.js';
import type { StageFields } from '../../steps/stage-fields.js';
import { readVerdict, yesProbability } from './yes-probability.js';

/** Where a score is from: P(yes) of the first token, or the share of yes among several verdicts. */
export type VerdictSource = 'first-token' | 'sampled';

/** Verdicts where an engine tells no log-probabilities. */
const usualVerdicts = 8;
/** What most servers allow. */
const mostTold = 20;

export const verdictSource = ({ capabilities }: Pick<LanguageModel, 'capabilities'>): VerdictSource =>
  capabilities.topLogProbabilities >= 2 ? 'first-token' : 'sampled';

/** How a question that is answered by yes or no is asked: once with the probabilities of the first token, or several times. */
export function verdictSampling(
  model: Pick<LanguageModel, 'capabilities'>,
  { seed, verdicts = usualVerdicts }: { readonly seed: number; readonly verdicts?: number | undefined },
): Pick<GenerationRequest, 'samples' | 'sampling'> {
  if (verdictSource(model) === 'sampled')
    return { samples: verdicts, sampling: { temperature: 1, maxTokens: 8, seed } };
  const topLogProbabilities = Math.min(mostTold, model.capabilities.topLogProbabilities);
  return { samples: 1, sampling: { temperature: 0, maxTokens: 1, topLogProbabilities } };
}

/**
 * The score of one completion, from 0 to 1; `no-verdict` where it says neither yes nor no. Where an endpoint was asked for probabilities and told none, as
 * those of models that think do, its word counts as one verdict.
 */
export function readVerdictRecord(
  { text, firstToken = [] }: Pick<Completion, 'text' | 'firstToken'>,
  asked: VerdictSource,
): StageFields {
  const source = firstToken.length === 0 ? 'sampled' : asked;
  const score = source === 'sampled' ? scoreOf(readVerdict(text)) : yesProbability(firstToken);
  return score === undefined ? { failed: 'no-verdict', source } : { score, source };
}

const scoreOf = (verdict: 'yes' | 'no' | undefined): number | undefined =>
  verdict === undefined ? undefined : Number(verdict === 'yes');

/** The mean over the verdicts on each item, by its id; one verdict where the probability is known. */
export function meanVerdicts(records: readonly RunRecord[]): ReadonlyMap<string, number> {
  const sums = new Map<string, { total: number; count: number }>();
  for (const { status, input, score } of records) {
    if (status !== 'done' || typeof score !== 'number') continue;
    const { total, count } = sums.get(input) ?? { total: 0, count: 0 };
    sums.set(input, { total: total + score, count: count + 1 });
  }
  return new Map([...sums].map(([input, { total, count }]) => [input, total / count]));
}
