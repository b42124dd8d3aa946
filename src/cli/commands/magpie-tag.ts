import type { TagMission } from '../../magpie/tag/tag-missions.js';
import { askedMissions, tagMissions } from '../../magpie/tag/tag-missions.js';
import type { MissionCounts } from '../../magpie/tag/tag-rows.js';
import { withRun } from '../../runs/with-run.js';
import type { JsonObject } from '../../storage/read-jsonl.js';
import { defineCommand } from '../declare/command.js';
import { integer, text, texts, words } from '../declare/option.js';
import { type GenerationTools, generateInRun } from '../generate-in-run.js';
import { runOption } from '../options/shared-options.js';
import { spendingOptions } from '../options/spending-options.js';
import { formatReasons } from '../show/format-reasons.js';
import type { Terminal } from '../show/terminal.js';
import { toJson } from '../show/to-json.js';

export const magpieTag = defineCommand({
  name: 'magpie tag',
  summary: 'Tag problems: measured difficulty, language, and by models difficulty, quality, category, safety, reward',
  usage: '--run DIR [--missions NAME,…] [--model MODEL] [options]',
  options: {
    run: runOption,
    data: texts({
      valueName: 'FILE',
      description: "rows from here instead of --run, ours or the original's; may be given again",
    }),
    type: text({
      valueName: 'TYPE',
      description: 'type of the file in --run, such as ins_res; the last step when left out',
    }),
    missions: words({
      description: `what to tag: ${tagMissions.join(', ')}`,
      words: tagMissions,
      fallback: ['solve-rate', 'language'],
    }),
    model: text({ valueName: 'MODEL', description: `for ${askedMissions.join(', ')}: a model that writes JSON` }),
    'guard-model': text({
      valueName: 'MODEL',
      description: 'for safety: any model string; a Llama-Guard gets its own prompt',
    }),
    'reward-model': text({ valueName: 'MODEL', description: 'for reward: OWNER/NAME or a folder' }),
    scores: text({
      valueName: 'FILE',
      description: "scores.jsonl of this run's tag-reward-input.jsonl, scored on another machine by mathpie score",
    }),
    set: texts({
      valueName: 'KEY=VALUE',
      description: 'a setting of score_rewards.py; may be given again; docs/gpu.md',
    }),
    graded: text({
      valueName: 'DIR',
      description: 'for solve-rate: a run of mathpie evaluate on the same problems, instead of candidates',
    }),
    repairs: integer({
      description: 'how often a tag that is no JSON is asked for again',
      fallback: 2,
      minimum: 0,
      maximum: 10,
    }),
    ...spendingOptions,
  },
  examples: [
    'mathpie magpie tag --run runs/magpie',
    'mathpie magpie tag --run runs/magpie --missions difficulty,quality,category --model vllm:Qwen/Qwen2.5-7B-Instruct',
    'mathpie magpie tag --run runs/magpie --missions safety --guard-model vllm:meta-llama/Llama-Guard-3-8B',
  ],
  run: async ({ values, terminal, signal }) => {
    const { readTagRows } = await import('../../magpie/rows/read-tag-rows.js');
    const { checkTagMissions, tagRows } = await import('../../magpie/tag/tag-rows.js');
    const { run: directory, data, repairs, missions, scores, set, model: tagger } = values;
    const [guard, rewardModel] = [values['guard-model'], values['reward-model']];
    checkTagMissions(missions, { model: tagger, guard, reward: rewardModel });
    const found = await readTagRows({ files: data, directory, type: values.type });
    const solveRates = missions.includes('solve-rate') ? await findRates(values) : undefined;
    const reward =
      rewardModel === undefined
        ? undefined
        : { model: rewardModel, scores, set, onProgress: terminal.progress, onEvent: () => undefined };
    let rows: readonly JsonObject[] = found.rows;
    const groups = groupMissions(missions, { tagger, guard });
    for (const { model: name, missions: group } of groups) {
      const stage = `tag-${[...group].sort().join('-')}`;
      const config = toJson({
        missions: group,
        model: name,
        rewardModel: group.includes('reward') ? rewardModel : undefined,
        repairs,
      });
      const work = async ({ run, terminal, model, onProgress }: TagTools): Promise<void> => {
        const isGuard = group.includes('safety');
        const result = await tagRows({
          rows,
          run,
          missions: group,
          type: found.type,
          model: isGuard ? undefined : model,
          guard: isGuard ? model : undefined,
          reward,
          solveRates,
          repairs,
          signal,
          onProgress,
        });
        rows = result.rows;
        const summary = { stage: 'tag', rows: rows.length, missions: result.counts, file: result.fileName };
        await run.finish(toJson(summary));
        for (const [mission, counts] of Object.entries(result.counts)) terminal.note(describe(mission, counts));
        terminal.row(summary);
      };
      if (name !== undefined) {
        await generateInRun({ name, directory, stage, config: () => config, values, terminal }, work);
      } else if (values['dry-run']) {
        terminal.note(`Dry run of ${group.join(', ')}: no language model is asked`);
      } else {
        await withRun({ directory, stage, config }, (run) => work({ run, terminal }));
      }
    }
  },
});

type TagTools = {
  readonly run: GenerationTools['run'];
  readonly terminal: Terminal;
  /** Undefined where a mission needs none. */
  readonly model?: GenerationTools['model'];
  readonly onProgress?: GenerationTools['onProgress'];
};

type Group = { readonly model: string | undefined; readonly missions: readonly TagMission[] };

/** One stage for each model that has to be open, the missions without one first. */
function groupMissions(
  missions: readonly TagMission[],
  { tagger, guard }: { tagger: string | undefined; guard: string | undefined },
): readonly Group[] {
  const asked: readonly TagMission[] = askedMissions;
  const distinct = [...new Set(missions)];
  const groups: Group[] = [
    { model: undefined, missions: distinct.filter((mission) => !asked.includes(mission) && mission !== 'safety') },
    { model: tagger, missions: distinct.filter((mission) => asked.includes(mission)) },
    { model: guard, missions: distinct.filter((mission) => mission === 'safety') },
  ];
  return groups.filter(({ missions: group }) => group.length > 0);
}

/** From an evaluation, else from the run's candidates; none where the rows have to bring their own. */
async function findRates({
  graded,
  data,
  run: directory,
}: {
  graded: string | undefined;
  data: readonly string[];
  run: string;
}) {
  const { ratesOfCandidates, ratesOfVerdicts } = await import('../../magpie/tag/solve-rates.js');
  if (graded !== undefined) {
    const { readGradedRows, readGrader } = await import('../read-graded-rows.js');
    return ratesOfVerdicts(await readGradedRows(graded), { grader: await readGrader(graded), solver: null });
  }
  if (data.length > 0) return undefined;
  const { hasCandidates, readCandidates } = await import('../../magpie/rows/read-candidates.js');
  if (!(await hasCandidates(directory))) return undefined;
  return ratesOfCandidates(await readCandidates({ files: [], directory }));
}

function describe(mission: string, { tagged, failed, words = {} }: MissionCounts): string {
  const spread = Object.entries(words)
    .sort(([, left], [, right]) => right - left)
    .slice(0, 12)
    .map(([word, number]) => `${word} ${number}`);
  const said = spread.length > 0 ? `: ${spread.join(', ')}` : '';
  return `${mission}: ${tagged} rows tagged${said}${formatReasons(failed, 'not: ')}`;
}
