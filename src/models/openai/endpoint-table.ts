import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { describeSchemaIssue } from '../../describe-schema-issue.js';
import { InputError } from '../../errors.js';
import { packagePath } from '../../package-root.js';

/** How an endpoint of a name is spoken to: an entry of `doors` in configs/endpoints.json. */
export type Door = {
  readonly baseUrl: string | null;
  /** The environment variable that holds its key. */
  readonly key: string;
  /** The parameter that says how much to think. */
  readonly effort: 'reasoning_effort' | 'reasoning';
  readonly tokenLimit: 'max_tokens' | 'max_completion_tokens';
  readonly topLogProbabilities: number;
  readonly source: string;
};

export type DoorName = 'openai' | 'anthropic' | 'gemini' | 'openrouter' | 'azure';

/** What is known of a model before it has refused anything. */
export type ModelRules = {
  /** Parameters that are never sent. */
  readonly leavesOut: ReadonlySet<string>;
  readonly api: 'chat' | 'responses';
  readonly maxTemperature: number | undefined;
};

type Rule = {
  readonly doors: readonly DoorName[];
  readonly model: string;
  readonly effort?: string | undefined;
  readonly leavesOut?: readonly string[] | undefined;
  readonly takes?: readonly string[] | undefined;
  readonly api?: 'responses' | undefined;
  readonly maxTemperature?: number | undefined;
};

type EndpointTable = { readonly doors: { readonly [name in DoorName]: Door }; readonly rules: readonly Rule[] };

const text = z.string().min(1);
const names = z.array(text).min(1);
const door = z.strictObject({
  baseUrl: text.nullable(),
  key: text,
  effort: z.enum(['reasoning_effort', 'reasoning']),
  tokenLimit: z.enum(['max_tokens', 'max_completion_tokens']),
  topLogProbabilities: z.int().min(0).max(20),
  source: text,
});
const schema = z.strictObject({
  comment: text,
  doors: z.strictObject({ openai: door, anthropic: door, gemini: door, openrouter: door, azure: door }),
  rules: z.array(
    z.strictObject({
      doors: names,
      model: z.string(),
      effort: text.optional(),
      leavesOut: names.optional(),
      takes: names.optional(),
      api: z.literal('responses').optional(),
      maxTemperature: z.number().optional(),
      source: text,
    }),
  ),
});

let loaded: EndpointTable | undefined;

function loadTable(): EndpointTable {
  if (loaded !== undefined) return loaded;
  const value: unknown = JSON.parse(readFileSync(packagePath('configs', 'endpoints.json'), 'utf8'));
  const issue = describeSchemaIssue(schema, value);
  if (issue !== undefined) throw new InputError(`Cannot use configs/endpoints.json: ${issue}; correct the entry`);
  loaded = value as EndpointTable;
  return loaded;
}

/** The names of all doors. */
export const doorNames = [
  'openai',
  'anthropic',
  'gemini',
  'openrouter',
  'azure',
] as const satisfies readonly DoorName[];

/** Throws `InputError` where the table is not right. */
export function findDoor(name: DoorName): Door {
  return loadTable().doors[name];
}

/** The door of a URL, by its host; undefined for a server of one's own. */
export function doorOfHost(host: string): DoorName | undefined {
  if (/\.(?:openai|cognitiveservices|services\.ai)\.azure\.com$/.test(host)) return 'azure';
  return doorNames.find((name) => {
    const { baseUrl } = findDoor(name);
    return baseUrl !== null && new URL(baseUrl).host === host;
  });
}

/** What the rules say of a model at a door. Later rules go before earlier ones. */
export function findRules(
  model: string,
  { door, effort }: { readonly door: DoorName | undefined; readonly effort: string | undefined },
): ModelRules {
  const leavesOut = new Set<string>();
  let api: ModelRules['api'] = 'chat';
  let maxTemperature: number | undefined;
  for (const rule of loadTable().rules) {
    const isMeant = door !== undefined && rule.doors.includes(door) && new RegExp(rule.model).test(model);
    if (!isMeant || (rule.effort !== undefined && rule.effort !== effort)) continue;
    for (const name of rule.leavesOut ?? []) leavesOut.add(name);
    for (const name of rule.takes ?? []) leavesOut.delete(name);
    api = rule.api ?? api;
    maxTemperature = rule.maxTemperature ?? maxTemperature;
  }
  return { leavesOut, api, maxTemperature };
}
