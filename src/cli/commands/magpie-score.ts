import { scoreSources } from '../../magpie/rows/score-fields.js';
import { withRun } from '../../runs/with-run.js';
import { defineCommand } from '../declare/command.js';
import { integer, text, texts, words } from '../declare/option.js';
import { type GenerationTools, generateInRun } from '../generate-in-run.js';
import { promptsOption, runOption } from '../options/shared-options.js';
import { spendingOptions } from '../options/spending-options.js';
import { promptsIn } from '../prompts-in.js';
import { formatReasons } from '../show/format-reasons.js';
import { toJson } from '../show/to-json.js';

export const magpieScore = defineCommand({
  name: 'magpie score',
  summary: 'Score candidates: reward model, judge, grades as JSON, log-probability, agreement',
  usage: '--run DIR --by SOURCE,… [--reward-model MODEL] [--model JUDGE] [options]',
  options: {
    run: runOption,
    data: texts({
      valueName: 'FILE',
      description: "candidates from here instead of --run, ours or the original's (…_5res.json); may be given again",
    }),
    by: words({
      description: `what to score by: ${scoreSources.join(', ')}`,
      words: scoreSources,
      fallback: ['agreement'],
    }),
    'reward-model': text({
      valueName: 'MODEL',
      description:
        'for reward: OWNER/NAME or a folder, such as RLHFlow/ArmoRM-Llama3-8B-v0.1 or Qwen/Qwen2.5-Math-RM-72B',
    }),
    scores: text({
      valueName: 'FILE',
      description: "scores.jsonl of this run's reward-input.jsonl, scored on another machine by mathpie score",
    }),
    set: texts({
      valueName: 'KEY=VALUE',
      description: 'a setting of score_rewards.py; may be given again; docs/gpu.md',
    }),
    model: text({ valueName: 'MODEL', description: 'for judge and grade: the model that judges, such as pocket' }),
    repairs: integer({
      description: 'how often a grade that is no JSON is asked for again',
      fallback: 2,
      minimum: 0,
      maximum: 10,
    }),
    prompts: promptsOption,
    ...spendingOptions,
  },
  examples: [
    'mathpie magpie score --run runs/magpie --by agreement,judge --model pocket',
    'mathpie magpie score --run runs/magpie --by reward --reward-model RLHFlow/ArmoRM-Llama3-8B-v0.1',
  ],
  run: async ({ values, terminal, signal }) => {
    const { readCandidates } = await import('../../magpie/rows/read-candidates.js');
    const { checkScoreSources, scoreCandidates } = await import('../../magpie/compare/score-candidates.js');
    const { by, data, run: directory, scores, set, model: judge, repairs, prompts } = values;
    const promptSet = promptsIn(terminal.language, { prompts, model: judge });
    const rewardModel = values['reward-model'];
    checkScoreSources({ by, rewardModel, judge });
    const rows = await readCandidates({ files: data, directory });
    const reward = rewardModel === undefined ? undefined : { model: rewardModel, scores, set };
    const work = async ({ run, terminal, asks }: ScoreTools): Promise<void> => {
      const result = await scoreCandidates({
        ...asks,
        rows,
        run,
        by,
        promptSet,
        repairs,
        signal,
        ...(reward === undefined
          ? {}
          : { reward: { ...reward, onProgress: terminal.progress, onEvent: () => undefined } }),
      });
      const { fileName, counts, failed } = result;
      const summary = { stage: 'score', rows: rows.length, counts, failed, file: fileName };
      await run.finish(toJson(summary));
      for (const [source, { scored = 0, unscored = 0 } = {}] of Object.entries(counts)) {
        terminal.note(`${source}: ${scored} candidates scored, ${unscored} without a score`);
      }
      const reasons = formatReasons(failed, '')
        .trim()
        .replace(/^\(|\)$/g, '');
      if (reasons !== '') terminal.note(`Grades that could not be read: ${reasons}`);
      terminal.row(summary);
    };
    // Each combination of sources is a stage of its own: what was asked of a judge before stays as it was
    const stage = `score-${[...new Set(by)].sort().join('-')}`;
    const config = toJson({ by, judge, rewardModel, promptSet, repairs });
    if (judge === undefined) {
      if (values['dry-run']) return terminal.note('Dry run of score: no language model is asked');
      return withRun({ directory, stage, config }, (run) => work({ run, terminal }));
    }
    await generateInRun(
      { name: judge, directory, stage, config: () => config, values, terminal },
      ({ model, onProgress, ...tools }) => work({ ...tools, asks: { model, onProgress } }),
    );
  },
});

type ScoreTools = Pick<GenerationTools, 'run' | 'terminal'> & {
  /** The judge; undefined where no source needs one. */
  readonly asks?: Pick<GenerationTools, 'model' | 'onProgress'>;
};
