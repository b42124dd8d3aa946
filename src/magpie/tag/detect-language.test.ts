import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { createLanguageDetector, plainWords } from './detect-language.js';

let detect: (text: string) => string | null;
beforeAll(async () => {
  detect = await createLanguageDetector();
});

describe('createLanguageDetector()', () => {
  it.each([
    ['en', 'How many positive integers $n$ satisfy $\\frac{n}{2} \\le \\sin x$?'],
    ['en', 'Solve the equation \\begin{align*}x^2 &= 4 \\\\ y &= \\text{maximal}\\end{align*}'],
    ['ja', '方程式 $x^2+3x+2=0$ を解け。'],
    ['ja', '半径3の円の面積を求めなさい。'],
    ['zh', '求方程 $x^2=4$ 的所有实数解。'],
    ['ko', '반지름이 3인 원의 넓이를 구하시오.'],
    ['de', 'Berechne die Fläche eines Kreises mit Radius 3.'],
    ['fr', "Trouvez l'aire d'un triangle de côtés 3, 4 et 5."],
    ['es', 'Encuentra el área de un triángulo de lados 3, 4 y 5.'],
    ['ru', 'Найдите сумму чисел 3 и 5.'],
    [null, 'Compute $\\sin 60^\\circ$.'],
    [null, '$\\sum_{k=1}^{10} k = ?$'],
    [null, ''],
  ])('%s: %s', (language, text) => {
    expect(detect(text)).toBe(language);
  });

  it('looks at words alone', () => {
    expect(plainWords('Let $x$ be 3 \\text{apples and} \\(y\\). \\[ \\int \\] Find \\sqrt{2}')).toBe(
      'Let be apples and . Find',
    );
  });

  it('a long text is done at once', () => {
    const start = performance.now();
    detect('$'.repeat(3999) + '\\begin{a}'.repeat(100_000));
    expect(performance.now() - start).toBeLessThan(1000);
  });

  const math500 = join(import.meta.dirname, '../../../shared/data/math/math500.jsonl');
  it.skipIf(!existsSync(math500))(
    'finds English in the English problems of MATH-500, or nothing where there are no two words',
    () => {
      const lines = readFileSync(math500, 'utf8').trim().split('\n');
      const found = lines.map((line) => detect(JSON.parse(line).problem));
      const count = (wanted: string | null): number => found.filter((language) => language === wanted).length;
      expect([found.length, count('en'), count(null)]).toEqual([500, 479, 21]);
    },
  );
});
