import type { JsonObject } from '../../storage/read-jsonl.js';
import { numberOf, objectOf, textOf } from './read-values.js';

/** What a harness itself says of a run: its model, and an accuracy by task and metric. */
export type ReportedTotals = {
  readonly harness: string;
  readonly model: string | undefined;
  readonly totals: readonly { readonly task: string; readonly metric: string; readonly value: number }[];
};

/** The totals of a `results_DATE.json` of lm-evaluation-harness or lighteval; undefined for anything else. */
export function readReportedTotals(value: JsonObject): ReportedTotals | undefined {
  const results = objectOf(value.results);
  if (results === undefined) return undefined;
  const general = objectOf(value.config_general);
  const isHarness = 'n-shot' in value || 'lm_eval_version' in value || 'versions' in value;
  if (general === undefined && !isHarness) return undefined;
  const totals = Object.entries(results).flatMap(([task, metrics]) =>
    Object.entries(objectOf(metrics) ?? {}).flatMap(([metric, said]) => {
      const share = numberOf(said);
      return share === undefined || /stderr/.test(metric) ? [] : [{ task, metric, value: share }];
    }),
  );
  const model = general === undefined ? textOf(value.model_name) : (textOf(general.model_name) ?? modelOf(general));
  return { harness: general === undefined ? 'lm-evaluation-harness' : 'lighteval', model, totals };
}

const modelOf = (general: JsonObject): string | undefined => textOf(objectOf(general.model_config)?.model_name);
