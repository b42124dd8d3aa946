import type { LanguageModel } from '../../models/language-model.js';
import { itemSeed } from '../../runs/item-seed.js';
import type { Run } from '../../runs/open-run.js';
import { runStage } from '../../runs/run-stage.js';
import type { StageProgress } from '../../runs/track-progress.js';
import { meanVerdicts, readVerdictRecord, verdictSampling, verdictSource } from '../compare/ask-verdict.js';
import { judgingPrompt } from '../rows/judging-prompt.js';
import { shortHash } from '../rows/magpie-row.js';
import type { MissionTags, TagItem } from './tag-missions.js';

/** Longer texts are judged by their beginning. */
const longestText = 8000;

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
  const source = verdictSource(model);
  const records = await runStage({
    run,
    stage,
    model,
    items: items.map(({ key, instruction }) => ({ id: key, text: instruction.slice(0, longestText) })),
    request: ({ id, text }) => ({
      prompt: { messages: [{ role: 'user', content: judgingPrompt('soundness', { question: text }) }] },
      ...verdictSampling(model, { seed: itemSeed(seed, stage, id) }),
    }),
    record: (_, completion) => readVerdictRecord(completion, source),
    ...(signal && { signal }),
    ...(onProgress && { onProgress }),
  });
  const scores = meanVerdicts(records);
  const failed = new Map(
    records.flatMap(({ input, reason }) => (scores.has(input) ? [] : [[input, reason ?? 'no reply'] as const])),
  );
  const tags = new Map([...scores].map(([key, soundness]) => [key, { soundness, soundness_judge: model.name }]));
  return { tags, failed };
}
