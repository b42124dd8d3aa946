import { choiceValue } from '../compare/compare-text.js';
import { isEquivalent } from '../compare/is-equivalent.js';
import { seededRandom } from '../numbers/sample-points.js';
import { hostileAnswers } from './hostile-answers.js';

export type FuzzReport = {
  readonly count: number;
  readonly seed: number;
  /** What went wrong: an exception, an answer that does not equal itself, a verdict that depends on the order. */
  readonly failures: readonly FuzzFailure[];
  /** The longest single comparison, in ms, and its answer. */
  readonly slowestMs: number;
  readonly slowest: string;
  readonly parsedCount: number;
};

export type FuzzFailure = {
  readonly kind: 'threw' | 'unequal-to-itself' | 'asymmetric';
  readonly gold: string;
  readonly answer: string;
  readonly detail: string;
};

/** Rules whose verdict may depend on which side is the gold, as policies may; everywhere else the order must not matter. */
const directedRules = new Set([
  'equation',
  'interval',
  'inequality',
  'choice',
  'list',
  'different-kinds',
  'undecided',
  'set',
]);

/**
 * Compares `count` generated answers: mutated golds and random token soup, with the hostile ones in between. The same
 * seed gives the same answers.
 */
export function fuzzAnswers(
  { count, seed }: { count: number; seed: number },
  now: () => number = () => performance.now(),
): FuzzReport {
  const random = seededRandom(seed);
  const failures: FuzzFailure[] = [];
  let [slowestMs, slowest, parsedCount] = [0, '', 0];
  let previous = '1';
  for (let index = 0; index < count; index++) {
    const answer = index % 20_011 === 20_010 ? pick(hostileAnswers, random).make() : makeAnswer(random);
    const gold = random() < 0.5 ? mutate(answer, random) : previous;
    const start = now();
    const kind = check(gold, answer, failures);
    const ms = now() - start;
    if (kind === 'parsed') parsedCount++;
    if (ms > slowestMs) [slowestMs, slowest] = [ms, `${gold.slice(0, 200)} | ${answer.slice(0, 200)}`];
    previous = answer;
  }
  return { count, seed, failures, slowestMs, slowest, parsedCount };
}

function check(gold: string, answer: string, failures: FuzzFailure[]): 'parsed' | 'text' | 'failed' {
  try {
    const itself = isEquivalent(answer, answer);
    const forward = isEquivalent(gold, answer);
    const backward = isEquivalent(answer, gold);
    if (itself.answer !== undefined && !itself.equivalent)
      failures.push({ kind: 'unequal-to-itself', gold: answer, answer, detail: itself.rule });
    const accepted = forward.equivalent ? forward : backward;
    const isDirected =
      directedRules.has(forward.rule) ||
      directedRules.has(backward.rule) ||
      accepted.strength === 'policy' ||
      // "(B) 12" answers 12, and 12 does not answer it.
      choiceValue(gold) !== undefined ||
      choiceValue(answer) !== undefined;
    if (forward.equivalent !== backward.equivalent && !isDirected) {
      failures.push({ kind: 'asymmetric', gold, answer, detail: `${forward.rule} / ${backward.rule}` });
    }
    return itself.answer?.isMathematics ? 'parsed' : 'text';
  } catch (error) {
    failures.push({ kind: 'threw', gold: gold.slice(0, 300), answer: answer.slice(0, 300), detail: String(error) });
    return 'failed';
  }
}

/** Shapes that answers take; `#` becomes a number, `@` another answer. */
const shapes =
  '#|-#|#.#|\\frac{#}{#}|\\frac##|#\\frac{#}{#}|#/#|#\\%|\\$#|#^\\circ|#\\sqrt{#}|\\sqrt{@}|#\\pi|#+#i|x=@|@,@|(@,@)|[@,@)|\\{@,@\\}|(-\\infty,@)\\cup(@,\\infty)|x^2+#x+#|(x-#)(x+#)|\\frac{x+#}{x-#}|2^{#}|#!|\\binom{#}{#}|\\begin{pmatrix}@\\\\@\\end{pmatrix}|#_{#}|#:#|#\\text{ cm}|\\text{even}|x\\le @|@<x<@|\\pm @|@\\pm\\sqrt{#}|\\sin #^\\circ|\\log_{#}#|#\\times 10^{#}|@=@|\\text{@}|\\boxed{@}|$@$|\\left(@\\right)|@ and @|#,###|0.\\overline{#}|\\sum_{k=1}^{#}k|\\overline{AB}|f(@)|e^{@}|\\lfloor @\\rfloor|@ \\text{ or } @|#:#\\text{ p.m.}'.split(
    '|',
  );

const soup =
  '{ } ( ) [ ] \\{ \\} | $ $$ \\( \\) \\[ \\] ^ _ + - * / = < > , ; : . ! ? % & # @ ~ \\\\ \\, \\! \\% \\$ 0 1 2 9 10 1,000 3.5 x y n i e a A \\pi \\frac \\sqrt \\sqrt[3] \\binom \\text{a} \\text{ and } \\text{cm} \\left \\right \\cdot \\times \\le \\ne \\in \\cup \\cap \\infty \\pm \\circ \\sin \\log \\ln \\sum_{k=1} \\prod \\lim \\int \\begin{pmatrix} \\end{pmatrix} \\overline \\mathbb{R} \\boxed \\mathrm{e} or and mod gcd sqrt pi cm five ½ ² √ ≤ ∞ ° − × … \u0000 \ud800 \u200b é'.split(
    ' ',
  );

export function makeAnswer(random: () => number): string {
  const draw = random();
  if (draw < 0.55) return grow(random, 3);
  if (draw < 0.8) return mutate(grow(random, 3), random);
  return Array.from({ length: 1 + Math.floor(random() * 14) }, () => pick(soup, random)).join(
    random() < 0.5 ? '' : ' ',
  );
}

function grow(random: () => number, depth: number): string {
  const shape = depth === 0 ? pick(['#', 'x', '\\frac{#}{#}', '\\sqrt{#}', '#\\pi'], random) : pick(shapes, random);
  return shape.replace(/[#@]/g, (mark) =>
    mark === '#' ? String(Math.floor(random() ** 3 * 120)) : grow(random, depth - 1),
  );
}

/** One small change: a piece dropped, doubled, replaced or put in. */
function mutate(answer: string, random: () => number): string {
  const at = Math.floor(random() * (answer.length + 1));
  const width = Math.floor(random() * 4);
  const draw = random();
  if (draw < 0.3) return answer.slice(0, at) + answer.slice(at + width);
  if (draw < 0.6) return answer.slice(0, at) + pick(soup, random) + answer.slice(at);
  if (draw < 0.8) return answer.slice(0, at) + answer.slice(at, at + width) + answer.slice(at);
  return draw < 0.9 ? ` ${answer} ` : answer.replace(/\d/, (digit) => String((Number(digit) + 1) % 10));
}

function pick<T>(items: readonly T[], random: () => number): T {
  return items[Math.floor(random() * items.length)] as T;
}
