import { type Rational, rational } from '../../answers/numbers/rational.js';
import type { Random } from './random.js';
import { type Solved, type Story, solveStory } from './story.js';
import { apply, type Operation, type Slip, type Step } from './work.js';

/**
 * A solution of the story with one error at one step, from which it goes on correctly: a slip in the arithmetic,
 * a wrong number, or a wrong operation. Undefined when a few tries give nothing tidy or the right answer.
 */
export function wrongSolution(random: Random, story: Story, right: Solved): Solved | undefined {
  const stepIndexes = right.work.lines.flatMap((line, index) => ('written' in line ? [] : [index]));
  if (stepIndexes.length === 0) return undefined;
  for (let tries = 0; tries < 8; tries++) {
    const place = pickStep(random, right, stepIndexes);
    const change = drawChange(random, right);
    const slip: Slip = (step, index) => (index === place ? change(step) : step);
    const wrong = trySolve(story, slip);
    if (wrong && wrong.answer !== right.answer) return wrong;
  }
  return undefined;
}

/** Long calculations go wrong more often than short ones. */
function pickStep(random: Random, { work }: Solved, indexes: readonly number[]): number {
  return random.weighted(
    indexes.map((index) => {
      const step = work.lines[index] as Step;
      return [index, digitCount(step.left.value) * digitCount(step.right.value)] as const;
    }),
  );
}

function drawChange(random: Random, right: Solved): (step: Step) => Step {
  const kind = random.next();
  if (kind < 0.7) return (step) => ({ ...step, value: slipDigit(random, step.value) });
  if (kind < 0.85) {
    const values = right.work.lines.flatMap((line) => ('written' in line ? [] : [line.left, line.right]));
    return (step) => withValue({ ...step, right: { value: random.pick(values).value } });
  }
  const others: Readonly<Record<Operation, readonly Operation[]>> = {
    '+': ['-', '*'],
    '-': ['+'],
    '*': ['+', '/'],
    '/': ['*'],
    '%': ['*', '-'],
  };
  return (step) => withValue({ ...step, operation: random.pick(others[step.operation]) });
}

function withValue(step: Step): Step {
  return { ...step, value: apply(step.operation, step.left.value, step.right.value) };
}

/** One digit of the numerator is off, mostly by one or two. */
function slipDigit(random: Random, { numerator, denominator }: Rational): Rational {
  const digits = numerator.toString().length;
  const place = 10n ** BigInt(random.integer(0, digits - 1));
  const size = BigInt(random.chance(0.7) ? random.integer(1, 2) : random.integer(3, 9));
  const moved = random.chance(0.5) ? numerator + size * place : numerator - size * place;
  return rational(moved < 0n ? numerator + size * place : moved, denominator);
}

function trySolve(story: Story, slip: Slip): Solved | undefined {
  try {
    return solveStory(story, { slip });
  } catch (error) {
    if (error instanceof RangeError) return undefined; // the slip led to a division by zero
    throw error;
  }
}

function digitCount({ numerator, denominator }: Rational): number {
  return numerator.toString().length + (denominator === 1n ? 0 : denominator.toString().length);
}
