import { describe, expect, it } from 'vitest';
import { checkInstruction } from './check-instruction.js';
import { isOtherLanguage } from './is-other-language.js';

const foreign = [
  ['Spanish', 'Una caja tiene 24 bolas rojas y 36 azules. ¿Cuál es la probabilidad de sacar una roja?'],
  ['French', 'Calculer la somme des 20 premiers entiers et le produit des 3 premiers.'],
  ['German', 'Maria kauft 12 Äpfel zu je 3 Euro. Wie viel gibt sie insgesamt aus?'],
  ['Italian', 'Marco ha 12 mele e ne compra altre 5. Quante mele ha in tutto?'],
  ['Portuguese', 'João tem 12 maçãs e compra mais 5. Quantas maçãs ele tem agora?'],
  ['Chinese', '小明有12个苹果,吃了3个,又买了5个。小明现在有多少个苹果？'],
  ['Chinese', '若$x+y=10$，$xy=21$，求$x^2+y^2$的值。'],
  ['Russian', 'У Маши было 12 яблок, она купила ещё 5. Сколько яблок у неё теперь?'],
  ['Korean', '철수는 사과 12개를 가지고 있고 5개를 더 샀습니다. 모두 몇 개입니까?'],
  ['Arabic', 'اشترى أحمد 12 تفاحة ثم أكل 3 منها. كم تفاحة بقيت؟'],
] as const;

describe('isOtherLanguage(text)', () => {
  it.each(foreign)('%s: %s', (_, text) => {
    expect(isOtherLanguage(text)).toBe(true);
    expect(checkInstruction({ text, finishReason: 'stop' })).toBe('other-language');
  });

  it.each([
    'A shop in El Paso sells 12 pens to La La. How many are left of the 20 that it had?',
    'María and José de la Cruz have 12 apples each. How many do they have in total?',
    'Find $\\lim_{x\\to 0} \\sin x / x$.',
    'Solve x² + 3x + 2 = 0.',
    '太郎は12個のりんごを持っています。3個食べると何個残りますか。',
    'Let α, β, γ be the angles of a triangle with α = 2β. Find γ when β = 30.',
    '',
  ])('not %j', (text) => {
    expect(isOtherLanguage(text)).toBe(false);
  });

  it('talk in English stays no problem', () => {
    const text = 'Tell me about the 3 best museums of Paris and what they show.';
    expect(checkInstruction({ text, finishReason: 'stop' })).toBe('not-a-problem');
  });
});
