import { add, divide, multiply, type Rational, rational, subtract } from '../../answers/numbers/rational.js';
import { isPart, type Solved, type Story, solveStory, writeConclusion, writeQuestion } from './story.js';
import { type Amount, isTidy, type Step, writeAmount, writeAnswer, writeLine, writeNumber } from './work.js';

export type BackwardProblem = {
  /** `link index.slot` of the number that became x. */
  readonly key: string;
  readonly masked: string;
  /** The answer of the original question, which the solver is told. */
  readonly known: string;
  /** The hidden number. */
  readonly answer: string;
  readonly solution: string;
};

/**
 * Every number of a story that can be found again from the answer: it is written once in the question and used once
 * on an unbroken way of steps that can be undone (FOBAR's questions, Jiang et al., 2023, with worked solutions).
 */
export function backwardProblems(story: Story): BackwardProblem[] {
  const solved = solveStory(story);
  // A note may have been worked out from the hidden number itself (a remainder, digits), so it would tell it.
  if (!solved?.total || solved.work.lines.some((line) => 'written' in line)) return [];
  return story.uses.flatMap(({ numbers }, index) =>
    Object.keys(numbers).flatMap((slot) => backward(story, solved, `${index}.${slot}`) ?? []),
  );
}

function backward(story: Story, solved: Solved, key: string): BackwardProblem | undefined {
  const masked = writeQuestion(story, key);
  if (masked.match(/\bx\b/g)?.length !== 1) return undefined;
  const way = findWay(solved, key);
  if (!way) return undefined;
  const { lines, fractions } = solved.work;
  const onWay = new Set<unknown>(way.map(({ step }) => step));
  const others = lines.filter((line) => !onWay.has(line)).map((line) => writeLine(line, fractions));
  const undone = way.map((turn, i) => undo(turn, way[i - 1]?.step.label ?? 'x', fractions)).reverse();
  if (undone.includes(undefined)) return undefined;
  const [index, slot] = key.split('.') as [string, string];
  const hidden = story.uses[Number(index)]?.numbers[slot] as Rational;
  const answer = writeAnswer(hidden, fractions || isPart(slot));
  return {
    key,
    masked,
    known: solved.answer,
    answer,
    solution: [...others, ...undone, writeConclusion(answer)].join('\n'),
  };
}

/** A step on the way from the hidden number to the answer, and the side on which the unknown stands. */
type Turn = { readonly step: Step; readonly unknown: 'left' | 'right' };

/** Undefined where the number, or what is made of it, is used twice or in a note. */
function findWay({ work, total }: Solved, key: string): Turn[] | undefined {
  const way: Turn[] = [];
  let isUnknown = (amount: Amount): boolean => amount.slot === key;
  for (;;) {
    const turns = work.lines.flatMap((step, index) => {
      if ('written' in step) return [];
      const sides = (['left', 'right'] as const).filter((side) => isUnknown(step[side]));
      return sides.map((unknown) => ({ step, unknown, index }));
    });
    const [turn] = turns;
    if (!turn || turns.length > 1) return undefined;
    way.push({ step: turn.step, unknown: turn.unknown });
    if (turn.index === total?.step) return turn.index === work.lines.length - 1 ? way : undefined;
    isUnknown = (amount) => amount.step === turn.index;
  }
}

/** One step undone, as a line about the unknown side; undefined where that divides by zero. */
function undo({ step, unknown }: Turn, label: string, fractions: boolean): string | undefined {
  const isHiddenPart = step[unknown].isPart === true;
  const other = unknown === 'left' ? step.right : step.left;
  const known = other.value;
  const [r, k] = [writeNumber(step.value, fractions), writeAmount(other, fractions)];
  const line = (text: string, value: Rational): string | undefined =>
    isTidy(value, fractions || isHiddenPart)
      ? `${label}: ${text} = ${writeNumber(value, fractions || isHiddenPart)}.`
      : undefined;
  const divisor = step.operation === '/' && unknown === 'right' ? step.value : known;
  if ('*/%'.includes(step.operation) && divisor.numerator === 0n) return undefined;
  if (step.operation === '+') return line(`${r} - ${k}`, subtract(step.value, known));
  if (step.operation === '*') return line(`${r} / ${k}`, divide(step.value, known));
  if (step.operation === '%') return line(`${r} * 100 / ${k}`, divide(multiply(step.value, rational(100)), known));
  if (step.operation === '-')
    return unknown === 'left'
      ? line(`${r} + ${k}`, add(step.value, known))
      : line(`${k} - ${r}`, subtract(known, step.value));
  return unknown === 'left'
    ? line(`${r} * ${k}`, multiply(step.value, known))
    : line(`${k} / ${r}`, divide(known, step.value));
}
