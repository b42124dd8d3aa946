import { parseRational, type Rational } from '../../answers/numbers/rational.js';
import type { Link } from './link.js';
import { events, openings } from './links/index.js';
import { isPart, type LinkUse, type Solved, type Story, solveStory, writeQuestion } from './story.js';
import { colors, foods, goods, people } from './words.js';
import { isDefinite } from './work.js';

/** What the grammar reads of a question: its story, and its true answer. */
export type Recognized = {
  readonly story: Story;
  /** The grammar itself would write it: no negative value on the way, and nothing beyond two decimals. */
  readonly isTidy: boolean;
  readonly subject: string;
  readonly answer: string;
  readonly solution: string;
  readonly steps: number;
};

/**
 * Reads a question of the pocket grammar back and works it out: the true answer of a problem that a model wrote.
 * Undefined when the text is not a well-formed problem of the grammar or does not work out.
 */
export function recognizePocket(question: string): Recognized | undefined {
  if (question.length > 2000) return undefined;
  const story = readStory(question.trim());
  const solved = story && trySolve(story);
  if (!story || !solved) return undefined;
  const subject = story.uses[0]?.link.subject as string;
  return {
    story,
    isTidy: solveStory(story) !== undefined,
    subject,
    answer: solved.answer,
    solution: solved.solution,
    steps: solved.work.lines.length,
  };
}

type Bindings = Readonly<Record<string, string>>;
type Reading = { readonly use: Omit<LinkUse, 'numbers'>; readonly numbers: Bindings };
type Before = { readonly question: string; readonly readings: readonly Reading[]; readonly words: Bindings };

const longestChain = 8;

function readStory(question: string): Story | undefined {
  for (const link of openings) {
    const story = readFrom(link, question, { question, readings: [], words: {} });
    if (story) return story;
  }
  return undefined;
}

/** Tries each wording of the link at the start of `text`; then one of its asks must end the text, or an event goes on. */
function readFrom(link: Link, text: string, before: Before): Story | undefined {
  if (before.readings.length >= longestChain) return undefined;
  for (const [tell, template] of link.tells.entries()) {
    const told = match(template, text, 'start', before.words);
    if (!told) continue;
    const rest = text.slice(told.length).trimStart();
    for (const [ask, [asked]] of link.asks.entries()) {
      const end = match(asked, rest, 'whole', told.words);
      const numbers = end && merge(told.numbers, end.numbers);
      if (!numbers) continue;
      const story = toStory([...before.readings, { use: { link, tell, ask }, numbers }], end.words);
      if (story && writeQuestion(story) === before.question) return story;
    }
    const readings = [...before.readings, { use: { link, tell, ask: 0 }, numbers: told.numbers }];
    for (const event of events) {
      if (event.takes !== link.gives) continue;
      const story = readFrom(event, rest, { ...before, readings, words: told.words });
      if (story) return story;
    }
  }
  return undefined;
}

function match(template: string, text: string, extent: 'start' | 'whole', words: Bindings) {
  const found = toPattern(template, extent).exec(text);
  if (!found) return undefined;
  const groups = Object.entries(found.groups ?? {}).filter(([, value]) => value !== undefined);
  const merged = merge(words, Object.fromEntries(groups.filter(([slot]) => slot in vocabulary)));
  const numbers = Object.fromEntries(groups.filter(([slot]) => !(slot in vocabulary)));
  return merged && { length: found[0].length, words: merged, numbers };
}

const vocabulary: Readonly<Record<string, readonly string[]>> = {
  who: people,
  who2: people,
  thing: goods.map(({ one }) => one),
  things: goods.map(({ many }) => many),
  thing2: goods.map(({ one }) => one),
  things2: goods.map(({ many }) => many),
  color: colors,
  food: foods,
};

const patterns = new Map<string, RegExp>();

function toPattern(template: string, extent: 'start' | 'whole'): RegExp {
  const key = `${extent} ${template}`;
  const known = patterns.get(key);
  if (known) return known;
  const seen = new Set<string>();
  const source = template
    .split(/(\{\w+\})/)
    .map((part) => {
      if (!/^\{\w+\}$/.test(part)) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      const slot = part.slice(1, -1);
      if (seen.has(slot)) return `\\k<${slot}>`;
      seen.add(slot);
      const words = vocabulary[slot];
      // The longest word first, so that "pen" does not cut "pencil" short.
      return `(?<${slot}>${words ? [...words].sort((a, b) => b.length - a.length).join('|') : numberPattern(slot)})`;
    })
    .join('');
  const pattern = new RegExp(`^${source}${extent === 'whole' ? '$' : source && '(?= |$)'}`);
  patterns.set(key, pattern);
  return pattern;
}

/** Parts are fractions; only an event's price per unit (`n`) may have cents; all other numbers are whole. */
function numberPattern(slot: string): string {
  if (isPart(slot)) return '\\d+/\\d+';
  return slot === 'n' ? '\\d+(?:\\.\\d{1,2})?' : '\\d+';
}

/** Undefined when the two disagree; a noun's singular and plural must be of the same noun. */
function merge(first: Bindings, second: Bindings): Bindings | undefined {
  const both = { ...first, ...second };
  if (Object.keys(first).some((slot) => both[slot] !== first[slot])) return undefined;
  for (const form of ['', '2']) {
    const [one, many] = [both[`thing${form}`], both[`things${form}`]];
    if (one && many && !goods.some((noun) => noun.one === one && noun.many === many)) return undefined;
  }
  return both;
}

function toStory(readings: readonly Reading[], words: Bindings): Story | undefined {
  if (words.who && words.who === words.who2) return undefined;
  const uses = readings.map(({ use, numbers }) => {
    const values = Object.entries(numbers).map(([slot, text]) => [slot, parseRational(text)] as const);
    return values.some(([, value]) => !value)
      ? undefined
      : { ...use, numbers: Object.fromEntries(values) as Record<string, Rational> };
  });
  if (uses.includes(undefined)) return undefined;
  return { uses: uses as LinkUse[], words };
}

function trySolve(story: Story): Solved | undefined {
  try {
    return solveStory(story, { isAcceptable: isDefinite });
  } catch (error) {
    if (error instanceof RangeError) return undefined; // a division by zero or a missing number: not a real problem
    throw error;
  }
}
