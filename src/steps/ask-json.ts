import { splitThinking } from '../answers/extract/split-thinking.js';
import type { JsonSchema, LanguageModel, Prompt } from '../models/language-model.js';
import { isUnanswered } from '../runs/count-calls.js';
import { itemSeed } from '../runs/item-seed.js';
import type { Run } from '../runs/open-run.js';
import type { JsonValue } from '../runs/run-record.js';
import { runStage } from '../runs/run-stage.js';
import type { StageProgress } from '../runs/track-progress.js';
import { repairsSetting } from './shared-settings.js';
import type { StageFields } from './stage-fields.js';

export type AskJsonOptions<Value extends JsonValue> = {
  readonly run: Run;
  /** Repairs are stages of their own: `{stage}-repair-1` and so on. */
  readonly stage: string;
  readonly model: LanguageModel;
  readonly items: readonly { readonly id: string; readonly prompt: string }[];
  /** Sent to endpoints that keep to schemas; `read` has the last word everywhere. */
  readonly schema: JsonSchema;
  /** The value of a parsed reply, or what is wrong with it in a few words. */
  readonly read: (reply: unknown) => { readonly value: Value } | { readonly fault: string };
  /** @default 256 */
  readonly maxTokens?: number;
  /** How often a reply that cannot be used is asked for again. @default that of `repairsSetting` */
  readonly repairs?: number;
  /** @default the run's seed */
  readonly seed?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: StageProgress) => void) | undefined;
};

export type JsonReplies<Value extends JsonValue> = {
  readonly values: ReadonlyMap<string, Value>;
  /** Items that have no value after all repairs, with the last reason. */
  readonly failed: ReadonlyMap<string, string>;
  readonly repairedCount: number;
};

/** Asks a model for JSON and asks again, with the fault named, where the reply is none: a bounded number of times. */
export async function askJson<Value extends JsonValue>(options: AskJsonOptions<Value>): Promise<JsonReplies<Value>> {
  const { run, stage, model, schema, read, maxTokens = 256, seed = run.seed, signal, onProgress } = options;
  // What a reply would be is not known in a run that is only planned.
  const repairs = run.plan === undefined ? (options.repairs ?? repairsSetting.fallback) : 0;
  const values = new Map<string, Value>();
  const failed = new Map<string, string>();
  const unanswered = new Map<string, string>();
  let repairedCount = 0;
  for (let round = 0; round <= repairs; round++) {
    const items = round === 0 ? options.items : options.items.filter(({ id }) => failed.has(id) && !unanswered.has(id));
    if (items.length === 0) break;
    const name = round === 0 ? stage : `${stage}-repair-${round}`;
    const records = await runStage({
      run,
      stage: name,
      model,
      items,
      request: ({ id, prompt }) => ({
        prompt: addFault(prompt, failed.get(id)),
        // A greedy reply would be the same again
        sampling: { temperature: round === 0 ? 0 : 0.7, maxTokens, jsonSchema: schema, seed: itemSeed(seed, name, id) },
      }),
      record: (_, { text, finishReason }): StageFields => {
        if (finishReason === 'length') return { failed: 'the reply was cut' };
        const reply = parseReply(text);
        const found = reply === undefined ? { fault: 'it is no JSON object' } : read(reply);
        return 'fault' in found ? { failed: found.fault } : { value: found.value };
      },
      signal,
      onProgress,
    });
    for (const record of records) {
      // Nobody answered, so there is no reply to mend
      if (isUnanswered(record)) unanswered.set(record.input, record.reason ?? 'no reply');
      if (record.status === 'failed' || record.value === undefined) {
        failed.set(record.input, record.reason ?? 'no reply');
        continue;
      }
      values.set(record.input, record.value as Value);
      if (failed.delete(record.input)) repairedCount += 1;
    }
  }
  return { values, failed, repairedCount };
}

/** The fault alone is told: the reply itself is untrusted text, and may be long. */
function addFault(prompt: string, fault: string | undefined): Prompt {
  const content =
    fault === undefined
      ? prompt
      : `${prompt}\n\nAn earlier reply could not be used (${fault}). Reply with the JSON object alone, nothing before or after it.`;
  return { messages: [{ role: 'user', content }] };
}

const longestReply = 20_000;

/** The JSON object in a reply: the whole of it, or from its first brace to its last, behind any thinking. */
export function parseReply(text: string): object | undefined {
  const { response, isOpen } = splitThinking(text);
  if (isOpen || response.length > longestReply) return undefined;
  const [start, end] = [response.indexOf('{'), response.lastIndexOf('}')];
  if (start === -1 || end < start) return undefined;
  const json = response.slice(start, end + 1);
  for (const text of [json, doubleBackslashes(json)]) {
    try {
      const value: unknown = JSON.parse(text);
      return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
    } catch {
      // The next reading, or none
    }
  }
  return undefined;
}

/** LaTeX that a model forgot to escape: `\sqrt` is no escape of JSON. */
const doubleBackslashes = (json: string): string =>
  json.replace(/\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})|\\/g, (found) => (found.length > 1 ? found : '\\\\'));
