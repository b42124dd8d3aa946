import { InputError } from '../../errors.js';
import { controlDifficulties, controlDomains, controlLanguages, controlTasks } from './control-words.js';
import { type Control, checkWord, controlKey, controlPrompt } from './controls.js';

/** One part of a mix of problems. */
export type MixPart = Control & {
  /** Share of the problems, in any unit. @default 1 */
  readonly weight?: number;
  /** Of this part's draws. @default that of all */
  readonly temperature?: number;
  /** @default that of all */
  readonly topP?: number;
};

/** A part with the number of problems that it owes. */
export type MixShare = {
  readonly key: string;
  readonly control: Control;
  readonly weight: number;
  readonly count: number;
  readonly systemPrompt: string | undefined;
  readonly temperature?: number;
  readonly topP?: number;
};

/**
 * How many of `count` problems each part owes: its weight's share, rounded by largest remainder, so that they add up to `count`
 * exactly. Parts that owe none are left out. Without parts there is one, with `systemPrompt` or none.
 */
export function planMix(
  parts: readonly MixPart[] | undefined,
  { count, systemPrompt }: { count: number; systemPrompt?: string | undefined },
): readonly MixShare[] {
  if (parts === undefined || parts.length === 0) return [{ key: '', control: {}, weight: 1, count, systemPrompt }];
  if (systemPrompt !== undefined) {
    throw new InputError('Cannot use a system prompt beside a mix: the mix writes its own; leave one of them out');
  }
  const shares = parts.map(toShare);
  const keys = shares.map(({ key }) => key);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined) throw new InputError(`Cannot use the mix: it holds "${twice}" twice; add their weights`);
  const total = shares.reduce((sum, { weight }) => sum + weight, 0);
  const exact = shares.map(({ weight }) => (count * weight) / total);
  const counts = exact.map(Math.floor);
  const order = exact
    .map((value, index) => ({ index, rest: value - Math.floor(value) }))
    .sort((left, right) => right.rest - left.rest || left.index - right.index);
  const lacking = count - counts.reduce((sum, value) => sum + value, 0);
  for (const { index } of order.slice(0, lacking)) counts[index] = (counts[index] ?? 0) + 1;
  return shares.map((share, index) => ({ ...share, count: counts[index] ?? 0 })).filter((share) => share.count > 0);
}

/**
 * Every combination of the given words, its weight the product of theirs: `{domain: 'algebra=2,geometry', language: 'en=3,ja'}` are
 * four parts. Undefined where nothing is given.
 */
export function readMix(
  words: { readonly [name in keyof Control]?: string | undefined },
): readonly MixPart[] | undefined {
  const known = {
    task: controlTasks,
    domain: controlDomains,
    difficulty: controlDifficulties,
    language: controlLanguages,
  } as const;
  let parts: readonly (MixPart & { readonly weight: number })[] = [{ weight: 1 }];
  for (const name of ['task', 'domain', 'difficulty', 'language'] as const) {
    const text = words[name];
    if (text === undefined) continue;
    const choices = text.split(',').map((choice) => readChoice(choice, { name, known: known[name] }));
    parts = parts.flatMap((part) =>
      choices.map(({ word, weight }) => ({ ...part, [name]: word, weight: part.weight * weight })),
    );
  }
  // What does not go together is refused here, before a model is opened
  for (const part of parts) controlPrompt(part);
  return parts.length === 1 && controlKey(parts[0] ?? {}) === '' ? undefined : parts;
}

/** Every combination of words of equal weight; without any there is no mix. */
export function crossMix({
  domains = [],
  difficulties = [],
  languages = [],
}: {
  readonly domains?: readonly string[] | undefined;
  readonly difficulties?: readonly string[] | undefined;
  readonly languages?: readonly string[] | undefined;
}): readonly MixPart[] | undefined {
  const listed = (words: readonly string[]): string | undefined => (words.length === 0 ? undefined : words.join(','));
  return readMix({ domain: listed(domains), difficulty: listed(difficulties), language: listed(languages) });
}

function readChoice(
  choice: string,
  { name, known }: { name: string; known: readonly string[] },
): { word: string; weight: number } {
  const [word = '', weight = '1', ...more] = choice.split('=').map((piece) => piece.trim());
  if (more.length > 0 || !/^(?:\d+\.?\d*|\.\d+)$/.test(weight)) {
    throw new InputError(
      `Cannot use the ${name} "${choice.slice(0, 60)}": write WORD or WORD=WEIGHT, such as algebra=2`,
    );
  }
  return { word: checkWord(word, { name, known }), weight: Number(weight) };
}

function toShare({ weight = 1, temperature, topP, ...control }: MixPart): Omit<MixShare, 'count'> {
  const drawn = { ...(temperature === undefined ? {} : { temperature }), ...(topP === undefined ? {} : { topP }) };
  // Parts that differ in how they are drawn alone have names of their own: `algebra@1.3`
  const key = [controlKey(control), ...Object.values(drawn)].join('@');
  if (!(Number.isFinite(weight) && weight > 0)) {
    throw new InputError(`Cannot use the mix: "${key}" has the weight ${weight}; give a number above 0`);
  }
  const words = {
    task: controlTasks,
    domain: controlDomains,
    difficulty: controlDifficulties,
    language: controlLanguages,
  };
  for (const [name, known] of Object.entries(words)) {
    const word = control[name as keyof Control];
    if (word !== undefined) checkWord<string>(word, { name, known });
  }
  return { key, control, weight, systemPrompt: controlPrompt(control), ...drawn };
}
