/**
 * How many steps a worked solution takes: GSM8K's own marks (`<<48/2=24>>`, one a calculation; Cobbe et al. 2021), else its sentences and lines
 * that state an equation of numbers. Undefined where there is none.
 */
export function countSteps(solution: string): number | undefined {
  const marked = solution.match(/<<[^<>]{1,200}>>/g)?.length ?? 0;
  if (marked > 0) return marked;
  const body = solution.replace(/^####.*$/gm, '');
  const count = body.split(/\n|(?<=[.!?])\s/).filter((sentence) => equation.test(sentence)).length;
  return count === 0 ? undefined : count;
}

/** A sign of equality between a calculation and a number: `4 * 3 = 12`, `20% of $50 = $10`. */
const equation = /[\d)%}]\s*=\s*[-$€£\\]*\s*[\d({.]/;
