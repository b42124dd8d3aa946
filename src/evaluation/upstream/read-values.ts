import type { JsonObject } from '../../storage/read-jsonl.js';
import type { OnVerdicts } from './upstream-row.js';

/** What stands in a field, where it is text that says something. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A number or a text as text. */
export function wordOf(value: unknown): string | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : textOf(value);
}

export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

export function objectOf(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

/** A field by its name, in which a dot goes into an object; null for one that is there and holds nothing, undefined for none. */
export function fieldOf(value: JsonObject, name: string): unknown {
  if (Object.hasOwn(value, name)) return value[name] ?? null;
  const [first = '', ...rest] = name.split('.');
  const inner = rest.length > 0 && Object.hasOwn(value, first) ? objectOf(value[first]) : undefined;
  return inner === undefined ? undefined : fieldOf(inner, rest.join('.'));
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The objects of a list. */
export function objectsOf(value: unknown): readonly JsonObject[] {
  return listOf(value).flatMap((item): JsonObject[] => {
    const object = objectOf(item);
    return object === undefined ? [] : [object];
  });
}

/** The texts of a text or of a list of texts. */
export function textsOf(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).flatMap((item) => wordOf(item) ?? []);
}

const rightWords = new Set(['true', '1', '1.0', 'yes', 'correct', 'right', 'c', 'pass', 'passed']);
const wrongWords = new Set(['false', '0', '0.0', 'no', 'incorrect', 'wrong', 'i', 'fail', 'failed']);

/** A verdict in any of its spellings; undefined for what is neither right nor wrong, such as a share. */
export function verdictOf(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const word = wordOf(value)?.trim().toLowerCase();
  if (word === undefined) return undefined;
  return rightWords.has(word) ? true : wrongWords.has(word) ? false : undefined;
}

/** The level of MATH's rows: 3 of `Level 3`. */
export function levelOf(value: unknown): number | undefined {
  const found = typeof value === 'number' ? value : Number(/^(?:level\s*)?(\d{1,3})$/i.exec(textOf(value) ?? '')?.[1]);
  return Number.isFinite(found) ? found : undefined;
}

/** Subject and level, where an object tells them under one of the names of published sets. */
export function surroundingsOf(value: JsonObject): { [field: string]: string | number } {
  const subject = textOf(value.subject) ?? textOf(value.type) ?? textOf(value.category) ?? textOf(value.problem_type);
  const level = levelOf(value.level) ?? levelOf(value.difficulty);
  return { ...(subject !== undefined && { subject }), ...(level !== undefined && { level }) };
}

/** Short scalars of an object, which can be fields of a breakdown; at most `most` of them. */
export function scalarsOf(
  value: JsonObject,
  { without = [], most = 20 }: { readonly without?: readonly string[]; readonly most?: number } = {},
): { [field: string]: string | number | boolean } {
  const found = Object.entries(value).filter((entry): entry is [string, string | number | boolean] => {
    const [name, item] = entry;
    const isShort = typeof item === 'string' ? item.length <= 60 && item !== '' : typeof item === 'boolean';
    return !without.includes(name) && (isShort || numberOf(item) !== undefined);
  });
  return Object.fromEntries(found.slice(0, most));
}

/** The text of a chat message whose content is text or a list of parts, and what it thought. */
export function readMessage(content: unknown): { readonly text: string; readonly thinking?: string } {
  if (typeof content === 'string') return { text: content };
  const parts = objectsOf(content);
  const join = (names: readonly string[]): string =>
    parts.flatMap((part) => names.flatMap((name) => textOf(part[name]) ?? []).slice(0, 1)).join('\n');
  const thinking = join(['reasoning', 'thinking']);
  return { text: join(['text']), ...(thinking !== '' && { thinking }) };
}

/** The last message of a role, as text. */
export function lastMessage(messages: unknown, role: string): { text: string; thinking?: string } | undefined {
  const found = listOf(messages).findLast((message) => objectOf(message)?.role === role);
  return found === undefined ? undefined : readMessage(objectOf(found)?.content);
}

/** Picks one verdict of several by the name that was asked for, else the first, and tells which, and which others there are. */
export function chooseVerdict(
  names: readonly string[],
  wanted: string | undefined,
  onVerdicts: OnVerdicts,
): string | undefined {
  const taken = wanted === undefined ? names[0] : names.find((name) => name === wanted);
  const others = names.filter((name) => name !== taken);
  onVerdicts(taken, others);
  return taken;
}
