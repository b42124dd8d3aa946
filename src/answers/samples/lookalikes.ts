import { seededRandom } from '../numbers/sample-points.js';
import type { ExamplePair } from './read-pairs.js';

type Maker = (small: number, large: number) => readonly [gold: string, other: string];

/** Formulas that agree wherever nobody looks closely: `c` is a constant up to 2,000, `k` one up to 12. */
const different: Readonly<Record<string, Maker>> = {
  'beyond a bend': (_, c) => [`|x-${c}|`, `${c}-x`],
  'on the other side of a bend': (_, c) => [`|x+${c}|`, `x+${c}`],
  'a root of a square': (_, c) => [`\\sqrt{(x-${c})^2}`, `x-${c}`],
  'a bend with a slope': (k, c) => [`|${k}x-${c}|`, `${c}-${k}x`],
  'a ceiling and a floor': (k) => [`\\lceil n/${k}\\rceil`, `\\lfloor n/${k}\\rfloor+1`],
  'a floor of a fraction': (_, c) => [`\\lfloor x/${c}\\rfloor`, '0'],
  'a maximum far off': (_, c) => [`\\max(x,-${c})`, 'x'],
  'a minimum far off': (_, c) => [`\\min(x,${c})`, 'x'],
  'the binomial beside': (k) => [`\\binom{n}{${k}}`, `\\binom{n}{${k - 1}}`],
  'a binomial that begins late': (k) => [`\\binom{n}{${k}}`, '0'],
  'a divisor': (k) => [`\\gcd(n,${k})`, '1'],
  'a residue': (k) => [`n \\bmod ${k}`, 'n'],
  'a tiny term': (k) => [`x+10^{-${k + 10}}`, 'x'],
  'a derivative': (k) => [`\\frac{dy}{dx}+${k}`, `\\frac{y}{x}+${k}`],
  'a complex part': (k) => [`\\operatorname{Re}(z)+${k}`, `z+${k}`],
  'a conjugate': (k) => [`${k}\\overline{z}`, `${k}z`],
  'an alternating sign': (k) => [`${k}(-1)^n`, `${k}`],
  'a bell curve': (k) => [`e^{-${k}x^2}`, '0'],
  'a sum of one term less': (k) => [`\\sum_{j=1}^{n} (j+${k})`, `\\sum_{j=1}^{n-1} (j+${k})`],
  'a function by cases': (_, c) => [`\\begin{cases} x & x>${c} \\\\ ${c} & x \\le ${c} \\end{cases}`, 'x'],
};

/** Formulas that look different and are equal. */
const equal: Readonly<Record<string, Maker>> = {
  'a bend as a maximum': (_, c) => [`|x-${c}|`, `\\max(x-${c},${c}-x)`],
  'a bend turned': (k, c) => [`|${k}x-${c}|`, `|${c}-${k}x|`],
  'a ceiling as a floor': (k) => [`\\lceil n/${k}\\rceil`, `\\lfloor (n+${k - 1})/${k}\\rfloor`],
  'a shifted floor': (_, c) => [`\\lfloor x+${c}\\rfloor`, `\\lfloor x\\rfloor+${c}`],
  'a maximum by its mean': (_, c) => [`\\max(x,${c})`, `\\frac{x+${c}+|x-${c}|}{2}`],
  'a residue by its floor': (k) => [`n \\bmod ${k}`, `n-${k}\\lfloor n/${k}\\rfloor`],
  'a mirrored binomial': (k) => [`\\binom{n+${k}}{n}`, `\\binom{n+${k}}{${k}}`],
  'a conjugate product': (k) => [`${k}z\\overline{z}`, `${k}|z|^2`],
  'a finite sum': (k) => [`\\sum_{j=1}^{n} (j+${k})`, `\\frac{n(n+1)}{2}+${k}n`],
  'another index': (k) => [`\\sum_{j=1}^{n} j^${1 + (k % 3)}`, `\\sum_{i=1}^{n} i^${1 + (k % 3)}`],
  'a function by cases': (_, c) => [`\\begin{cases} x & x>${c} \\\\ ${c} & x \\le ${c} \\end{cases}`, `\\max(x,${c})`],
  'a shifted sine': (k) => [`\\sin(${k}x+2\\pi)`, `\\sin(${k}x)`],
};

export const lookalikeKinds = { different, equal };

/** So many pairs of one kind, the same for the same seed. */
export function makeLookalikes(make: Maker, isRight: boolean, count: number, seed: number): ExamplePair[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => {
    const [gold, other] = make(2 + Math.floor(random() * 11), 3 + Math.floor(random() ** 2 * 1998));
    return [gold, other, isRight] as const;
  });
}
