import { seededRandom } from '../numbers/sample-points.js';

/** Pieces of which each is harmless; `#` becomes a number. */
const pieces =
  '(B) |1/2x|1,234|\\sin(x+#)|\\lfloor n/#\\rfloor|\\binom{n}{#}|\\sum_{k=1}^{#00} \\sqrt{k+x}|\\sum_{n=1}^{\\infty}\\frac{1}{n^2+#}|\\lim_{x\\to 0}\\frac{\\sin #x}{x}|2^{9000#}|\\frac{1}{#^{2000}}|30#!|\\sqrt[7]{#+\\sqrt{3}}|\\log_{#}{7}|(x+#y+z)^{15}|\\frac1234|\\gcd(n,#)|e^{x+#}|\\sqrt{17014118346046923173168730371588410#}|\\pm #|\\max(x,#)|\\begin{pmatrix}#&x\\\\y&#\\end{pmatrix}|\\det\\begin{pmatrix}#&x\\\\y&#\\end{pmatrix}|(#,9#)|\\{#,x\\}|x<#|\\begin{cases}x & x>#\\\\ 0 & x\\le #\\end{cases}|\\text{ apples }|12 dozen|#_{16}'.split(
    '|',
  );
const joints = ['+', '', ', ', '=', ' \\cup ', ' or ', '\\cdot ', '-', '^', '/', ' '];
const shells: readonly (readonly [string, string])[] = [
  ['\\frac{1}{', '}'],
  ['\\sqrt{', '}'],
  ['(', ')'],
  ['\\sin(', ')'],
  ['|', '|'],
  ['\\sum_{k=1}^{50} ', ''],
  ['\\lfloor ', '\\rfloor'],
  ['x^{', '}'],
  ['\\lim_{x\\to 1}', ''],
  ['\\{', '\\}'],
];

/** A deep, wide or mixed answer of up to `room` characters and 100 more, made to be as much work as its length allows. */
export function makeHostileAnswer(seed: number, room = 3800): string {
  const random = seededRandom(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const chosen = Array.from({ length: 1 + Math.floor(random() * 3) }, () => pick(pieces));
  const joint = pick(joints);
  const depth = random() < 0.4 ? Math.floor(random() ** 2 * Math.min(200, room / 8)) : 0;
  const around = Array.from({ length: depth }, () => pick(shells));
  let text = '';
  for (let count = 0; text.length < room * 0.9 && count < 900; count++)
    text += `${text === '' ? '' : joint}${pick(chosen).replaceAll('#', String(2 + (count % 7)))}`;
  const left = Math.max(60, room - around.join('').length);
  return `${around.map(([open]) => open).join('')}${text.slice(0, left)}${around
    .reverse()
    .map(([, close]) => close)
    .join('')}`;
}
