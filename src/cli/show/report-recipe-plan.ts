import { translate } from '../../language/translate.js';
import { formatColumns } from '../../steps/format-columns.js';
import { formatCount } from '../../steps/format-count.js';
import type { ChainPlan, StepPlan } from '../../steps/plan-chain.js';
import { formatCost, formatDuration } from './format-progress.js';
import type { Terminal } from './terminal.js';

/** Says what each step of a recipe would ask, cost and last: words on stderr, and the same as a row on stdout. */
export function reportRecipePlan(
  { recipe, steps, totals, usd, maxUsd }: ChainPlan & { readonly recipe: { readonly name: string } },
  { terminal, isBatch }: { readonly terminal: Terminal; readonly isBatch: boolean },
): void {
  terminal.note(`Dry run of ${recipe.name}: nothing is written`);
  const all: StepPlan = {
    ...{ step: 'together', model: null, state: 'to do', price: null, outputSources: [], probed: 0, stages: [] },
    ...{ totals: { ...totals, elapsedMs: isBatch ? undefined : totals.elapsedMs }, usd, maxUsd },
  };
  const head = ['step', 'requests', 'completions', 'tokens in', 'tokens out', 'at most', 'cost', 'time'];
  const say = (word: string): string => translate(word, terminal.language, 'notebook');
  // Steps are called as their commands and files are
  const told = [...steps, all].map((step) =>
    formatStep(step).map((cell, at) => (at === 0 && step !== all ? cell : say(cell))),
  );
  const rows = [head.map(say), ...told];
  for (const line of formatColumns(rows)) terminal.note(line.trimEnd());
  for (const step of steps.filter(({ model }) => model !== null)) terminal.note(describeModel(step));
  for (const { step, outputSources } of steps) {
    for (const source of outputSources) terminal.note(`Length of a completion, ${step}: ${source}`);
  }
  if (totals.elapsedMs === undefined && !isBatch) terminal.note(unknownTime(steps));
  terminal.row({
    dryRun: recipe.name,
    ...toCounts(totals),
    usd,
    maxUsd,
    steps: steps.map(({ totals: own, price, stages: _, ...step }) => ({
      ...step,
      ...toCounts(own),
      price: price?.note ?? null,
    })),
  });
}

function formatStep({ step, model, state, totals, usd, maxUsd, price }: StepPlan): readonly string[] {
  const { requests, completions, inputTokens, outputTokens, maxOutputTokens, elapsedMs } = totals;
  if (state === 'finished') return [step, 'finished'];
  if (requests === 0) return [step, step === 'together' || model !== null ? '0' : 'no model'];
  const tokens = completions === 0 ? ['', '', '', ''] : [completions, inputTokens, outputTokens, maxOutputTokens];
  const isFree = price !== null && price.input + price.output === 0;
  const cost = usd === null || maxUsd === null ? 'unknown' : `${formatCost(usd)} to ${formatCost(maxUsd)}`;
  return [
    step,
    formatCount(requests),
    ...tokens.map((count) => (typeof count === 'number' ? formatCount(count) : count)),
    completions === 0 ? '' : isFree || maxUsd === 0 ? 'none' : cost,
    elapsedMs === undefined ? 'unknown' : formatDuration(elapsedMs),
  ];
}

function describeModel({ step, model, price, totals, probed }: StepPlan): string {
  if (totals.completions === 0) return `${step}: ${model}${totals.requests === 0 ? '' : ', by a script of python-gpu'}`;
  const cost = price?.note ?? 'no price of it is in the list; give one by --prices';
  return `${step}: ${model}; ${cost}${probed === 0 ? '' : `; ${probed} requests were answered`}`;
}

function unknownTime(steps: readonly StepPlan[]): string {
  const unknown = steps.filter(({ totals }) => totals.elapsedMs === undefined).map(({ step }) => step);
  return `Time of ${unknown.join(', ')}: unknown without asking; --probe asks each model a few requests`;
}

function toCounts({ elapsedMs, ...counts }: StepPlan['totals']) {
  return { ...counts, minutes: elapsedMs === undefined ? null : elapsedMs / 60_000 };
}
