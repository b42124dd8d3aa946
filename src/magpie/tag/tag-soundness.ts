import type { LanguageModel } from '../../models/language-model.js';
import { itemSeed } from '../../runs/item-seed.js';
import type { Run } from '../../runs/open-run.js';
import { runStage } from '../../runs/run-stage.js';
import type { StageProgress } from '../../runs/track-progress.js';
import type { StageFields } from '../../steps/stage-fields.js';
import { readVerdict, yesProbability } from '../compare/yes-probability.js';
import { judgingPrompt } from '../rows/judging-prompt.js';
import { shortHash } from '../rows/magpie-row.js';
import type { MissionTags, TagItem } from './tag-missions.js';

/** Longer texts are judged by their beginning. */
const longestText = 8000;
/** Verdicts where an engine tells no log-probabilities. */
const verdicts = 8;

/**
 * Asks a model whether each text is one complete problem with consistent statements and one definite answer. `soundness` is P(yes) of the first
 * token, from 0 to 1, or the share of yes among eight verdicts where an engine tells no log-probabilities. A reply that is neither yes nor no is a failure.
 * What it is worth is measured in docs/magpie.md.
 */
export async function tagSoundness({
  items,
  run,
  model,
  seed = run.seed,
  signal,
  onProgress,
}: {
  readonly items: readonly TagItem[];
  readonly run: Run;
  readonly model: LanguageModel;
  readonly seed?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: StageProgress) => void) | undefined;
}): Promise<MissionTags> {
  const stage = `tag-soundness-${shortHash(model.name)}`;
  const most = model.capabilities.topLogProbabilities;
  const isTold = most >= 2;
  const records = await runStage({
    run,
    stage,
    model,
    items: items.map(({ key, instruction }) => ({ id: key, text: instruction.slice(0, longestText) })),
    request: ({ id, text }) => ({
      prompt: { messages: [{ role: 'user', content: judgingPrompt('soundness', { question: text }) }] },
      samples: isTold ? 1 : verdicts,
      sampling: isTold
        ? { temperature: 0, maxTokens: 1, topLogProbabilities: Math.min(20, most) }
        : { temperature: 1, maxTokens: 8, seed: itemSeed(seed, stage, id) },
    }),
    record: (_, { text, firstToken }): StageFields => {
      const said = readVerdict(text);
      const verdict = said === undefined ? undefined : Number(said === 'yes');
      const score = isTold ? yesProbability(firstToken ?? []) : verdict;
      return score === undefined ? { failed: 'neither yes nor no' } : { score };
    },
    ...(signal && { signal }),
    ...(onProgress && { onProgress }),
  });
  const scores = new Map<string, number[]>();
  const failed = new Map<string, string>();
  for (const { status, input, reason, score } of records) {
    if (status === 'failed' || typeof score !== 'number') failed.set(input, reason ?? 'no reply');
    else scores.set(input, [...(scores.get(input) ?? []), score]);
  }
  // One verdict of several is a verdict
  for (const input of scores.keys()) failed.delete(input);
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const tags = new Map(
    [...scores].map(([input, values]) => [input, { soundness: mean(values), soundness_judge: model.name }]),
  );
  return { tags, failed };
}
