/**
 * Whether a text is written in a language whose problems the filter cannot tell from other texts: it knows the words of English and Japanese alone.
 * By script, and where that is Latin by the small words that each sentence has; a name or a loan makes no language.
 */
export function isOtherLanguage(text: string): boolean {
  const words = text.slice(0, longestRead).replace(formulas, ' ');
  if (kana.test(words)) return false;
  const letters = words.match(/\p{L}/gu)?.length ?? 0;
  const latin = words.match(latinLetters)?.length ?? 0;
  // Greek is notation, and Han without kana is Chinese
  const others = (words.match(otherScripts)?.length ?? 0) + 2 * (words.match(han)?.length ?? 0);
  if (others >= 4 && others > latin && others > letters / 3) return true;
  const small = words.toLowerCase().match(/\p{L}+/gu) ?? [];
  const count = (set: ReadonlySet<string>): number => small.filter((word) => set.has(word)).length;
  const foreign = count(foreignWords);
  return foreign >= 3 && foreign > count(englishWords);
}

const longestRead = 2000;
const formulas = /\$[^$]*\$|\\\([\s\S]*?\\\)|\\\[[\s\S]*?\\\]|\\[a-zA-Z]+/g;
const kana = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;
const han = /\p{Script=Han}/gu;
const latinLetters = /\p{Script=Latin}/gu;
const otherScripts =
  /[\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Thai}\p{Script=Hangul}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Telugu}]/gu;

const setOf = (words: string): ReadonlySet<string> => new Set(words.split(' '));

const englishWords = setOf(
  'the of and is are to in how many much what that if each for with on has have had at by from it its was were be this find he she they his her their you your there than then more which will an not or as',
);
/** Spanish, French, German, Italian, Portuguese, Dutch; none that English has. */
const foreignWords = setOf(
  [
    'el la los las una unos del y en cada tiene con para por que cuántos cuántas cuánto cuánta cuál es se su sus qué son más si',
    'le les des une est et du dans pour combien chaque avec qui elle il au aux sur ses quel quelle',
    'der das und ist ein eine einen einer wie viel viele zu mit von sie er jede jeder für wenn dem den aus je gibt',
    'lo gli di che per quanti quante quanto ogni ha ne tutto sono della nel',
    'o os um uma da tem quantos quantas quanto mais ele ela em cada dos',
    'het een van hoeveel met voor zijn heeft',
  ].join(' '),
);
