import type { StagePlan } from './plan-stage.js';

/** `elapsedMs` is undefined where the time of one of them is not known. */
export type PlanTotals = Omit<StagePlan, 'stage' | 'outputSource' | 'probe' | 'passRate'>;

export function sumPlans(plans: readonly PlanTotals[]): PlanTotals {
  return plans.reduce(addTotals, noTotals);
}

/** A stage that asks in rounds is one row. */
export function mergeRounds(stages: readonly StagePlan[]): readonly StagePlan[] {
  const rows = new Map<string, StagePlan>();
  for (const planned of stages) {
    const earlier = rows.get(planned.stage);
    rows.set(planned.stage, earlier === undefined ? planned : { ...earlier, ...addTotals(earlier, planned) });
  }
  return [...rows.values()];
}

const noTotals: PlanTotals = {
  requests: 0,
  completions: 0,
  inputTokens: 0,
  outputTokens: 0,
  maxOutputTokens: 0,
  elapsedMs: 0,
};

function addTotals(left: PlanTotals, right: PlanTotals): PlanTotals {
  const isKnown = left.elapsedMs !== undefined && (right.elapsedMs !== undefined || right.requests === 0);
  return {
    requests: left.requests + right.requests,
    completions: left.completions + right.completions,
    inputTokens: left.inputTokens + right.inputTokens,
    outputTokens: left.outputTokens + right.outputTokens,
    maxOutputTokens: left.maxOutputTokens + right.maxOutputTokens,
    elapsedMs: isKnown ? (left.elapsedMs ?? 0) + (right.elapsedMs ?? 0) : undefined,
  };
}
