import type { RunRecord } from '../runs/run-record.js';

/** Tokens of the prompts and of the completions of records, as the models counted them. */
export function sumTokens(records: readonly RunRecord[]): { prompt: number; completion: number } {
  const sum = (field: 'promptTokens' | 'completionTokens'): number =>
    records.reduce((total, record) => total + Number(record[field] ?? 0), 0);
  return { prompt: sum('promptTokens'), completion: sum('completionTokens') };
}
