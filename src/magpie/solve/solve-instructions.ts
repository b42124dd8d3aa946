import type { LanguageModel } from '../../models/language-model.js';
import type { PromptSet } from '../../prompts/prompt-set.js';
import { itemSeed } from '../../runs/item-seed.js';
import type { Run } from '../../runs/open-run.js';
import { runStage } from '../../runs/run-stage.js';
import type { StageProgress } from '../../runs/track-progress.js';
import { responseTokens } from '../../steps/answer-tokens.js';
import type { Directive } from '../../steps/directives.js';
import { renderRequest } from '../../steps/render-request.js';
import { type PresetName, rareSampling, settleResponseSettings } from '../../steps/response-presets.js';
import { takenFields, takeResponse } from '../../steps/take-response.js';
import { type MagpieRow, rowKey } from '../rows/magpie-row.js';
import { outputName } from '../rows/output-name.js';
import { promptOfRow } from './prompt-of-row.js';
import { describeConfigs } from './response-configs.js';

export type RespondOptions = {
  /** Rows of `instruct`, or of any set with `id` and `instruction`. */
  readonly instructions: readonly MagpieRow[];
  readonly run: Run;
  readonly model: LanguageModel;
  /** Published settings, such as `deepseek-r1`; the options below go before them. */
  readonly preset?: PresetName | undefined;
  /** @default the preset's, else greedy, as in Magpie */
  readonly temperature?: number | undefined;
  /** Of a row's own, where it is given: problems of one domain may be solved more loosely than others. */
  readonly temperatureOf?: ((row: MagpieRow) => number | undefined) | undefined;
  /** @default the preset's, else that of `answerDefaults` */
  readonly topP?: number | undefined;
  readonly minP?: number | undefined;
  readonly repetitionPenalty?: number | undefined;
  /** @default the preset's, else that of the model (`responseTokens`) */
  readonly maxTokens?: number | undefined;
  /** How to solve and what to end with. @default the prompt set's own words */
  readonly directive?: Directive | undefined;
  /** @default 'pocket' for the model `pocket`, else 'instruct' */
  readonly promptSet?: string | PromptSet | undefined;
  /** @default the run's seed */
  readonly seed?: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: StageProgress) => void) | undefined;
};

export type RespondResult = {
  /** All rows, in order; where the model failed, `response` is null and `failed` says why. */
  readonly rows: readonly MagpieRow[];
  readonly fileName: string;
  readonly failed: Readonly<Record<string, number>>;
};

const stage = 'respond';

/**
 * Magpie's second step: a solution to each instruction, with the answer taken from it. What stands inside of `<think>…</think>`
 * is kept in `thinking`. A cut solution has failed, and so has one that never stopped thinking.
 */
export async function respond(options: RespondOptions): Promise<RespondResult> {
  const { instructions, run, model, seed = run.seed } = options;
  const { temperature, topP, maxTokens, directive, ...settled } = settleResponseSettings(
    options,
    responseTokens(model.name),
  );
  const more = rareSampling(settled);
  const temperatureOf = (row: MagpieRow): number => options.temperatureOf?.(row) ?? temperature;
  const promptOf = promptOfRow(model, { promptSet: options.promptSet, directive });
  const records = await runStage({
    run,
    stage,
    model,
    items: instructions.map((row) => ({ id: rowKey(row), row })),
    request: ({ id, row }) => ({
      prompt: renderRequest(promptOf(row), { kind: 'solve', values: { question: row.instruction } }),
      stopsBehindAnswer: true,
      sampling: { temperature: temperatureOf(row), topP, maxTokens, ...more, seed: itemSeed(seed, stage, id) },
    }),
    record: (_, completion) => takeResponse(completion),
    signal: options.signal,
    onProgress: options.onProgress,
  });
  const byInput = new Map(records.map((record) => [record.input, record]));
  const configsOf = (row: MagpieRow) =>
    describeConfigs({ model, promptSet: promptOf(row), temperature: temperatureOf(row), topP, maxTokens, ...more });
  const failed: Record<string, number> = {};
  const rows = instructions.map((row): MagpieRow => {
    const record = byInput.get(rowKey(row));
    const configs = configsOf(row);
    if (record?.status === 'done') {
      const { response, extracted, rule, ...more } = takenFields(record);
      const response_tokens = Number(record.completionTokens ?? 0);
      const answer = { extracted, rule, ...more, failed: null };
      return { ...row, response, gen_response_configs: configs, response_tokens, ...answer };
    }
    const reason = record?.reason ?? 'no record';
    failed[reason] = (failed[reason] ?? 0) + 1;
    return { ...row, response: null, gen_response_configs: configs, extracted: null, rule: null, failed: reason };
  });
  const file = outputName({ run, model: model.name, count: rows.length, type: 'ins_res' });
  const fileName = await run.leave({ name: 'solutions', file }, rows);
  return { rows, fileName, failed };
}
