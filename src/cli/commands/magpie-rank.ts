import { scoreSources } from '../../magpie/rows/score-fields.js';
import { withRun } from '../../runs/with-run.js';
import { defineCommand } from '../declare/command.js';
import { decimal, flag, text, texts, words } from '../declare/option.js';
import { type GenerationTools, generateInRun } from '../generate-in-run.js';
import { promptsOption, runOption } from '../options/shared-options.js';
import { spendingOptions } from '../options/spending-options.js';
import { promptsIn } from '../prompts-in.js';
import { formatReasons } from '../show/format-reasons.js';
import { toJson } from '../show/to-json.js';

const share = { minimum: 0, maximum: 1 };

export const magpieRank = defineCommand({
  name: 'magpie rank',
  summary: 'Choose preference pairs by answer agreement and a judge',
  usage: '--run DIR [--model MODEL | --by SOURCE,… | --no-judge] [options]',
  options: {
    run: runOption,
    model: text({ valueName: 'MODEL', description: 'the judge; the model that wrote the candidates when left out' }),
    'no-judge': flag({ description: 'rank by agreement alone' }),
    by: words({
      description: `rank by scores of magpie score, no model is asked: ${scoreSources.join(', ')}`,
      words: scoreSources,
      fallback: undefined,
    }),
    data: texts({
      valueName: 'FILE',
      description: "candidates from here instead of --run, ours or the original's (…_5res_armorm.json)",
    }),
    margin: decimal({ description: 'least difference of the combined scores', fallback: 0.1, ...share }),
    'agreement-weight': decimal({
      description: 'weight of agreement, the rest is that of the judge or of --by',
      fallback: 0.5,
      ...share,
    }),
    'min-majority': decimal({ description: 'least share of the largest group of answers', fallback: 0.5, ...share }),
    'lower-margin': decimal({
      description: 'where no wrong solution is left to reject, reject a right one scored so much lower',
      fallback: undefined,
      ...share,
    }),
    prompts: promptsOption,
    ...spendingOptions,
  },
  examples: [
    'mathpie magpie rank --run runs/magpie --margin 0.2',
    'mathpie magpie rank --run runs/magpie --by reward,judge --agreement-weight 0.5',
  ],
  run: async ({ values, terminal, signal }) => {
    const { judge } = await import('../../magpie/compare/judge.js');
    const { rank } = await import('../../magpie/compare/rank.js');
    const { readCandidates } = await import('../../magpie/rows/read-candidates.js');
    const { by } = values;
    const rows = await readCandidates({ files: values.data, directory: values.run });
    const writer = rows[0]?.gen_response_configs?.output_generator ?? 'pocket';
    const judgeName = values['no-judge'] || by !== undefined ? undefined : (values.model ?? writer);
    const settings = {
      margin: values.margin,
      agreementWeight: values['agreement-weight'],
      minMajorityShare: values['min-majority'],
      lowerMargin: values['lower-margin'],
      by,
    };
    const promptSet = promptsIn(terminal.language, { prompts: values.prompts, model: judgeName });
    const config = toJson({ judge: judgeName, promptSet, ...settings });
    const directory = values.run;
    const work = async ({ run, terminal, asks }: RankTools): Promise<void> => {
      const judged = asks === undefined ? rows : (await judge({ rows, run, promptSet, signal, ...asks })).rows;
      const { pairs, dropped, fileName } = await rank({ ...settings, rows: judged, run });
      const summary = { stage: 'rank', rows: rows.length, pairs: pairs.length, dropped, file: fileName };
      await run.finish(toJson(summary));
      terminal.note(`${pairs.length} pairs from ${rows.length} problems${formatReasons(dropped, 'dropped: ')}`);
      terminal.row(summary);
    };
    if (judgeName === undefined) {
      if (values['dry-run']) return terminal.note('Dry run of rank: no model is asked');
      return withRun({ directory, stage: 'rank', config }, (run) => work({ run, terminal }));
    }
    await generateInRun(
      { name: judgeName, directory, stage: 'rank', config: () => config, values, terminal },
      ({ model, onProgress, ...tools }) => work({ ...tools, asks: { model, onProgress } }),
    );
  },
});

type RankTools = Pick<GenerationTools, 'run' | 'terminal'> & {
  /** The judge; undefined where agreement alone decides. */
  readonly asks?: Pick<GenerationTools, 'model' | 'onProgress'>;
};
