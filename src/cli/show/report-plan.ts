import type { TokenPrice } from '../../models/prices/find-price.js';
import type { StagePlan } from '../../runs/plan-stage.js';
import { priceTokens } from '../../runs/spending.js';
import { mergeRounds, sumPlans } from '../../runs/sum-plans.js';
import { formatColumns } from '../../steps/format-columns.js';
import { formatCount } from '../../steps/format-count.js';
import { formatCost, formatDuration } from './format-progress.js';
import type { Terminal } from './terminal.js';

/** Says what a run would ask, cost and last: words on stderr, and the same as a row on stdout. */
export function reportPlan({
  stages,
  model,
  price,
  stage,
  terminal,
  isBatch,
}: {
  readonly stages: readonly StagePlan[];
  readonly model: string;
  readonly price: TokenPrice | undefined;
  readonly stage: string;
  readonly terminal: Terminal;
  readonly isBatch: boolean;
}): void {
  const rows = mergeRounds(stages);
  const summed = sumPlans(rows);
  const total = isBatch && summed.requests > 0 ? { ...summed, elapsedMs: undefined } : summed;
  const cost = (outputTokens: number): number | null =>
    price === undefined
      ? null
      : priceTokens({ promptTokens: total.inputTokens, completionTokens: outputTokens }, price);
  const [usd, maxUsd] = [cost(total.outputTokens), cost(total.maxOutputTokens)];
  const probed = stages.reduce((sum, { probe }) => sum + (probe?.completions.length ?? 0), 0);

  terminal.note(`Dry run of ${stage} with ${model}: nothing is written`);
  for (const line of formatStages(rows)) terminal.note(line);
  for (const source of new Set(rows.map((row) => `${row.stage}: ${row.outputSource}`))) {
    terminal.note(`Length of a completion, ${source}`);
  }
  terminal.note(describeCost({ usd, maxUsd, price, model }));
  terminal.note(`Time: ${describeTime({ elapsedMs: total.elapsedMs, probed, isBatch })}`);
  const minutes = total.elapsedMs === undefined ? null : total.elapsedMs / 60_000;
  const { elapsedMs: _, ...counts } = total;
  terminal.row({
    dryRun: stage,
    model,
    ...counts,
    usd,
    maxUsd,
    minutes,
    probed,
    price: price?.note ?? null,
    stages: rows.map(toRow),
  });
}

function describeTime({
  elapsedMs,
  probed,
  isBatch,
}: {
  elapsedMs: number | undefined;
  probed: number;
  isBatch: boolean;
}): string {
  if (elapsedMs !== undefined) {
    const source = probed === 0 ? 'nothing is left to ask' : `from ${probed} requests that were answered`;
    return `about ${formatDuration(elapsedMs)}, ${source}`;
  }
  if (isBatch) return 'up to 24 hours a batch, and stages wait for each other';
  return 'unknown without asking the model; --probe asks it a few requests';
}

function formatStages(rows: readonly StagePlan[]): readonly string[] {
  return formatColumns([
    ['stage', 'requests', 'completions', 'tokens in', 'tokens out', 'at most'],
    ...rows.map((row) => [
      row.stage,
      ...[row.requests, row.completions, row.inputTokens, row.outputTokens, row.maxOutputTokens].map(formatCount),
    ]),
  ]);
}

function describeCost({
  usd,
  maxUsd,
  price,
  model,
}: {
  usd: number | null;
  maxUsd: number | null;
  price: TokenPrice | undefined;
  model: string;
}): string {
  if (price === undefined || usd === null || maxUsd === null) {
    return `Cost: unknown, no price of ${model} is in the list; give one by --prices`;
  }
  if (price.input + price.output === 0) return `Cost: none, ${price.note}`;
  return `Cost: about ${formatCost(usd)}, at most ${formatCost(maxUsd)}; ${price.note}`;
}

function toRow({ probe, ...row }: StagePlan) {
  return {
    ...row,
    elapsedMs: row.elapsedMs ?? null,
    passRate: row.passRate ?? null,
    probed: probe?.completions.length ?? 0,
  };
}
