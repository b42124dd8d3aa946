import { rational } from '../../answers/numbers/rational.js';
import type { Level, Link, Numbers, Subject, WordSlot, Words } from './link.js';
import { events, openings } from './links/index.js';
import { hashText, type Random } from './random.js';
import { type LinkUse, type Story, solveStory, storyNumber } from './story.js';
import { colors, foods, goods, people } from './words.js';

export type Split = 'train' | 'test';

/** How many links may follow the opening one. */
const eventCount: Readonly<Record<Level, readonly [number, number]>> = {
  1: [0, 0],
  2: [0, 1],
  3: [1, 2],
  4: [2, 4],
  5: [3, 6],
};

export const largestStepCount = 8;

/** Draws until a story works out, has at most eight steps, and belongs to the split. */
export function drawStory(
  random: Random,
  { level, subject, split }: { level: Level; subject: Subject; split: Split },
): Story {
  const families = openings.filter((link) => link.subject === subject);
  for (;;) {
    const story = tryStory(random, random.pick(families), level);
    if (story && splitOf(story) === split) return story;
  }
}

/**
 * Train and test are disjoint by construction: the links and their numbers, without words and wordings, decide.
 * One problem in ten is a test problem.
 */
export function splitOf(story: Story): Split {
  return hashText(storyKey(story), 7) % 10 === 0 ? 'test' : 'train';
}

export function storyKey({ uses }: Story): string {
  return uses
    .map(({ link, numbers }) => {
      const written = Object.keys(numbers)
        .sort()
        .map((slot) => `${slot}=${numbers[slot]?.numerator}/${numbers[slot]?.denominator}`);
      return `${link.id}(${written.join(',')})`;
    })
    .join(' ');
}

function tryStory(random: Random, opening: Link, level: Level): Story | undefined {
  const words = drawWords(random, opening.words);
  const first = drawUse(random, opening, level, 0);
  if (!first) return undefined;
  let story: Story = { uses: [first], words };
  let solved = solveStory(story);
  if (!solved || !isPositive(solved.total)) return undefined;
  const wanted = random.integer(...eventCount[level]);
  for (let done = 0, tries = 0; done < wanted && solved.total && tries < 40; tries++) {
    const last = story.uses.at(-1) as LinkUse;
    const isLast = done === wanted - 1;
    const fitting = events.filter(
      (event) => event.takes === last.link.gives && event !== last.link && (isLast || event.gives !== 'end'),
    );
    if (fitting.length === 0) break;
    const use = drawUse(random, random.pick(fitting), level, storyNumber(solved.total));
    const longer: Story = use ? { ...story, uses: [...story.uses, use] } : story;
    const next = use && solveStory(longer);
    if (!next || next.work.lines.length > largestStepCount || !isPositive(next.total)) continue;
    [story, solved, done] = [longer, next, done + 1];
  }
  return solved.work.lines.length <= largestStepCount ? story : undefined;
}

function isPositive(total: { readonly value: { readonly numerator: bigint } } | undefined): boolean {
  return total === undefined || total.value.numerator > 0n;
}

function drawUse(random: Random, link: Link, level: Level, total: number): LinkUse | undefined {
  const numbers = link.draw(random, level, total);
  if (!numbers) return undefined;
  return {
    link,
    numbers: toRationals(numbers),
    tell: random.integer(0, link.tells.length - 1),
    ask: random.integer(0, link.asks.length - 1),
  };
}

function toRationals(numbers: Numbers): LinkUse['numbers'] {
  return Object.fromEntries(
    Object.entries(numbers).map(([slot, value]) => [slot, typeof value === 'number' ? rational(value) : value]),
  );
}

/** Every word slot gets a word, whether the opening names it or not, so that the draws stay in step. */
function drawWords(random: Random, slots: readonly WordSlot[]): Words {
  const who = random.pick(people);
  const noun = random.pick(goods);
  const others = { people: people.filter((name) => name !== who), goods: goods.filter((other) => other !== noun) };
  const second = random.pick(others.goods);
  const all = {
    who,
    who2: random.pick(others.people),
    thing: noun.one,
    things: noun.many,
    thing2: second.one,
    things2: second.many,
    color: random.pick(colors),
    food: random.pick(foods),
  };
  const wanted = new Set<string>(slots.flatMap((slot) => [slot, slot.replace('thing', 'things')]));
  return Object.fromEntries(Object.entries(all).filter(([slot]) => wanted.has(slot)));
}
