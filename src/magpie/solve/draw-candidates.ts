import { InputError } from '../../errors.js';
import { isUnanswered } from '../../runs/count-calls.js';
import { itemSeed } from '../../runs/item-seed.js';
import type { RunRecord } from '../../runs/run-record.js';
import { runStage } from '../../runs/run-stage.js';
import { responseTokens } from '../../steps/answer-tokens.js';
import { renderRequest } from '../../steps/render-request.js';
import { candidateTemperatures, rareSampling, settleResponseSettings } from '../../steps/response-presets.js';
import { takenFields, takeResponse } from '../../steps/take-response.js';
import { type Candidate, type CandidatesRow, type MagpieRow, rowKey } from '../rows/magpie-row.js';
import { outputName } from '../rows/output-name.js';
import { candidates as step } from './candidates.js';
import { promptOfRow } from './prompt-of-row.js';
import { describeConfigs } from './response-configs.js';
import type { RespondOptions } from './solve-instructions.js';

export type CandidatesOptions = Omit<RespondOptions, 'temperature' | 'temperatureOf'> & {
  /** Candidates a problem. @default that of the step `candidates` */
  readonly k?: number;
  /** Candidate i is sampled at temperature i modulo their number. @default the preset's, else [0.8] as in Magpie */
  readonly temperatures?: readonly number[] | undefined;
};

export type CandidatesResult = {
  readonly rows: readonly CandidatesRow[];
  readonly fileName: string;
  readonly failed: Readonly<Record<string, number>>;
};

type Slot = { readonly id: string; readonly row: MagpieRow; readonly temperature: number; readonly slot: number };

const stage = 'candidates';

/**
 * k solutions of each problem, to be compared with each other. Cut and empty ones are counted, never filled in. Throws `InputError` where
 * `k` or `temperatures` leave nothing to draw.
 */
export async function candidates(options: CandidatesOptions): Promise<CandidatesResult> {
  const { instructions, run, model, preset, k = step.settings.repeat.fallback } = options;
  const { topP, maxTokens, directive, ...settled } = settleResponseSettings(options, responseTokens(model.name));
  const more = rareSampling(settled);
  const { temperatures = candidateTemperatures(preset) } = options;
  if (!(Number.isInteger(k) && k >= 1) || temperatures.length === 0) {
    throw new InputError(
      `Cannot sample candidates: k is ${k} with ${temperatures.length} temperatures; give at least one of each`,
    );
  }
  const { seed = run.seed } = options;
  const promptOf = promptOfRow(model, { promptSet: options.promptSet, directive });
  const used = temperatures.slice(0, k);
  const items = instructions.flatMap((row) =>
    used.map((temperature, slot): Slot => ({ id: `${rowKey(row)}@${slot}`, row, temperature, slot })),
  );
  const records = await runStage({
    run,
    stage,
    model,
    items,
    request: ({ id, row, temperature, slot }) => ({
      prompt: renderRequest(promptOf(row), { kind: 'solve', values: { question: row.instruction } }),
      samples: Math.ceil((k - slot) / used.length),
      stopsBehindAnswer: true,
      sampling: { temperature, topP, maxTokens, ...more, seed: itemSeed(seed, stage, id) },
    }),
    record: (_, completion) => takeResponse(completion),
    signal: options.signal,
    onProgress: options.onProgress,
  });
  const configsOf = (row: MagpieRow) =>
    describeConfigs({ model, promptSet: promptOf(row), temperature: used, topP, maxTokens, ...more });
  const byItem = groupByInput(records);
  const rows = instructions.map((row) => toRow({ ...row, gen_response_configs: configsOf(row) }, { used, byItem }));
  const file = outputName({ run, model: model.name, count: rows.length, type: `ins_${k}res` });
  const fileName = await run.leave({ name: 'candidates', file }, rows);
  return { rows, fileName, failed: countFailed(rows) };
}

function toRow(
  row: MagpieRow,
  { used, byItem }: { used: readonly number[]; byItem: ReadonlyMap<string, readonly RunRecord[]> },
): CandidatesRow {
  const drawn = used
    .flatMap((temperature, slot) =>
      (byItem.get(`${rowKey(row)}@${slot}`) ?? []).map((record) => ({
        record,
        temperature,
        sample: record.sample * used.length + slot,
      })),
    )
    .sort((left, right) => left.sample - right.sample);
  const done = drawn
    .filter(({ record }) => record.status === 'done')
    .map(
      ({ record, temperature, sample }): Candidate => ({
        sample,
        temperature,
        ...takenFields(record),
        tokens: Number(record.completionTokens ?? 0),
      }),
    );
  const failed = drawn.filter(({ record }) => record.status === 'failed');
  return {
    ...row,
    responses: done.map(({ response }) => response),
    candidates: done,
    failed_candidates: failed.map(({ record, temperature, sample }) => ({
      sample,
      temperature,
      reason: record.reason ?? 'no reason given',
      ...(isUnanswered(record) ? { unanswered: true as const } : {}),
    })),
  };
}

function groupByInput(records: readonly RunRecord[]): Map<string, RunRecord[]> {
  const groups = new Map<string, RunRecord[]>();
  for (const record of records) groups.set(record.input, [...(groups.get(record.input) ?? []), record]);
  return groups;
}

function countFailed(rows: readonly CandidatesRow[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { reason } of rows.flatMap((row) => row.failed_candidates)) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}
