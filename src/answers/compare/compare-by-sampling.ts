import { type Complex, distance, modulus } from '../numbers/complex.js';
import { evaluateNumerically } from '../numbers/evaluate-numerically.js';
import { type Expression, symbolsIn } from '../numbers/expression.js';
import * as is from '../numbers/is.js';
import { max } from '../numbers/math.js';
import { mutantsOf, shiftVariable } from '../numbers/mutate-expression.js';
import { samplePoints } from '../numbers/sample-points.js';
import { mentionsComplexParts } from '../numbers/variable-domains.js';
import { accept, reject, undecided, type Verdict } from '../parse/verdict.js';

type Point = ReadonlyMap<string, Complex>;
type Sample = { readonly point: Point; readonly value: Complex };

const LEAST_SAMPLES = 4;

/**
 * Two formulas at every sample point where both have a value. Equal at all of them is not enough: the points must also tell either side
 * from its mutants, or nothing was shown (|x - 50| and 50 - x agree wherever nobody looks beyond 50).
 */
export const compareBySampling = (gold: Expression, answer: Expression, names: ReadonlySet<string>): Verdict => {
  const sides = [gold, answer];
  const isComplex = sides.some(mentionsComplexParts);
  const evaluate = (expression: Expression, point: Point): Complex | undefined =>
    evaluateNumerically(expression, point, { stepsLeft: 12_000, isReal: !isComplex });
  const hasCases = is.piecewise(gold) || is.piecewise(answer);
  const samples: Sample[] = [];
  let definedCount = 0;
  for (const point of samplePoints(names, sides)) {
    const left = evaluate(gold, point);
    const right = evaluate(answer, point);
    if (left || right) definedCount++;
    // Where only one has a value a function by cases has a gap; a root or a logarithm just has its domain.
    if (!left !== !right && hasCases) return reject('sampled');
    // Outside the real domain principal values differ by branch: √(1/n) and 1/√n at negative n.
    if (!left || !right) continue;
    if (differ(left, right)) return reject('sampled');
    if (left.noise + right.noise < 1e-6 * max(modulus(left), modulus(right), 1e-3))
      samples.push({ point, value: left });
  }
  if (samples.length < LEAST_SAMPLES || samples.length < definedCount / 4) return undecided;
  for (const name of names) {
    const shifted = sides.map((side) => shiftVariable(side, name));
    const seen = shifted.map((side) => isTold(side, samples, evaluate));
    // A variable of one side alone may cancel; one of both has to matter in both.
    if (sides.every((side) => symbolsIn(side).has(name)) && seen.includes(false)) return undecided;
  }
  for (const { mutants, isBend, part, changed } of sides.flatMap(mutantsOf)) {
    if (mutants.some((mutant) => isTold(mutant, samples, evaluate))) continue;
    if (isBend || !isVisible(part, changed, samples, evaluate)) return undecided;
  }
  return accept('sampled');
};

/** Whether a part and its change differ at most points, so that what hides the change is a symmetry: sin(x + 2π) without its 2π. */
const isVisible = (
  part: Expression,
  changed: Expression,
  samples: readonly Sample[],
  evaluate: (expression: Expression, point: Point) => Complex | undefined,
): boolean => {
  const seen = samples.filter(({ point }) => {
    const left = evaluate(part, point);
    const right = evaluate(changed, point);
    return left && right && differ(left, right);
  });
  return seen.length * 2 > samples.length;
};

const isTold = (
  mutant: Expression,
  samples: readonly Sample[],
  evaluate: (expression: Expression, point: Point) => Complex | undefined,
): boolean =>
  samples.some(({ point, value }) => {
    const other = evaluate(mutant, point);
    return !other || differ(value, other);
  });

const differ = (left: Complex, right: Complex): boolean => {
  const size = max(modulus(left), modulus(right));
  return distance(left, right) > 1e-9 * size + 8 * (left.noise + right.noise);
};
