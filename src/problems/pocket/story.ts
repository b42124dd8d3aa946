import { type Rational, rational, toNumber } from '../../answers/numbers/rational.js';
import type { Link, Words } from './link.js';
import { type Amount, createWork, isTidy, type Slip, type Work, writeAnswer, writeLine, writeNumber } from './work.js';

/** A problem before it is written: links with their numbers and chosen wordings. */
export type Story = { readonly uses: readonly LinkUse[]; readonly words: Words };

export type LinkUse = {
  readonly link: Link;
  readonly numbers: Readonly<Record<string, Rational>>;
  /** Index into `link.tells` and, for the last link, into `link.asks`. */
  readonly tell: number;
  readonly ask: number;
};

export type Solved = {
  readonly work: Work;
  /** What goes into the box. */
  readonly answer: string;
  readonly solution: string;
  /** Absent when the answer is an expression. */
  readonly total?: Amount;
};

/**
 * Works a story out. The grammar writes only stories whose values are all tidy; what a model wrote may be looser.
 * Undefined when a value on the way is not acceptable.
 */
export function solveStory(
  story: Story,
  { slip, isAcceptable = isTidy }: { slip?: Slip | undefined; isAcceptable?: typeof isTidy } = {},
): Solved | undefined {
  const fractions = story.uses[0]?.link.fractions ?? false;
  const work = createWork({ fractions, ...(slip && { slip }) });
  let total: Amount | { readonly latex: string } = { value: rational(0) };
  for (const [index, { link, numbers }] of story.uses.entries()) {
    if ('latex' in total) return undefined;
    const given = (slot: string): Amount => {
      const value = numbers[slot];
      if (value === undefined) throw new RangeError(`Link "${link.id}" has no number "${slot}"`);
      return { value, slot: `${index}.${slot}`, ...(isPart(slot) && { isPart: true }) };
    };
    total = link.solve({ given, total, words: story.words, work });
  }
  if (!work.lines.every((line) => 'written' in line || isAcceptable(line.value, fractions))) return undefined;
  const answer = 'latex' in total ? total.latex : writeAnswer(total.value, fractions);
  const solution = [...work.lines.map((line) => writeLine(line, fractions)), writeConclusion(answer)].join('\n');
  return 'latex' in total ? { work, answer, solution } : { work, answer, solution, total };
}

export function writeConclusion(answer: string): string {
  return `The answer is \\boxed{${answer}}.`;
}

/** The whole question; numbers whose key (`index.slot`) is `masked` are written x. */
export function writeQuestion(story: Story, masked?: string): string {
  return [writeBody(story, masked), fillLast(story, 0, masked)].filter(Boolean).join(' ');
}

/** Everything before the asked sentence. */
export function writeBody(story: Story, masked?: string): string {
  return story.uses
    .map((use, index) => fill(use.link.tells[use.tell] ?? '', story, index, masked))
    .filter(Boolean)
    .join(' ');
}

export function writeAsk(story: Story): string {
  return fillLast(story, 0);
}

/** Question and answer as a statement; an expression goes between dollar signs. */
export function writeStatement(story: Story, answer: string, masked?: string): string {
  const template = fillLast(story, 1, masked);
  const shown = answer.includes('\\') && !template.includes('${answer}$') ? `$${answer}$` : answer;
  return template.replace('{answer}', () => shown);
}

export function storyNumber(amount: Amount): number {
  return toNumber(amount.value);
}

function fillLast(story: Story, form: 0 | 1, masked?: string): string {
  const index = story.uses.length - 1;
  const use = story.uses[index] as LinkUse;
  return fill(use.link.asks[use.ask]?.[form] ?? '', story, index, masked);
}

function fill(template: string, { uses, words }: Story, index: number, masked?: string): string {
  const { numbers } = uses[index] as LinkUse;
  return template.replace(/\{(\w+)\}/g, (whole, slot: string) => {
    if (masked === `${index}.${slot}`) return 'x';
    const number = numbers[slot];
    if (number) return writeNumber(number, isPart(slot));
    return words[slot as keyof Words] ?? whole;
  });
}

/** Slots f, g and h hold fractions and are written p/q; in all others a part is a decimal. */
export function isPart(slot: string): boolean {
  return slot === 'f' || slot === 'g' || slot === 'h';
}
