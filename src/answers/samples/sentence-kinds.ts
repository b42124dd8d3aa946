import { seededRandom } from '../numbers/sample-points.js';
import type { ExamplePair } from './read-pairs.js';

/** Draws one response and its gold; `a` and `b` are different numbers from 2 to 999, `pick` takes one of several words. */
type Maker = (a: number, b: number, pick: (words: string) => string) => readonly [gold: string, response: string];

const people = 'Alice|Tom|the boy|the first team|my neighbour';
const others = 'Bob|Ann|the girl|the second team|my sister';

/** Responses that name the gold and do not answer with it. */
const misleading: Readonly<Record<string, Maker>> = {
  'a ratio': (a, b, pick) => [
    String(a),
    `${pick('The ratio|Their ratio|The ratio of cats to dogs')} is ${a}${pick(' : |:| to ')}${b}.`,
  ],
  'a line': (a, b, pick) => [
    String(a),
    `${pick('The line|The plane|The tangent|The equation|The equation of the line')} is ${b}x ${pick('+|-')} 4y = ${a}.`,
  ],
  'a line in signs': (a, b, pick) => [String(a), `${pick('The line|The circle|The curve')} is $${b}x^2 + y^2 = ${a}$.`],
  'two elements': (a, b, pick) => [
    String(a),
    `The ${pick('set|list|group')} has ${pick('elements|values|members')} ${b} and ${a}.`,
  ],
  'a quotient in words': (a, b, pick) => [
    String(a),
    `${pick('The slope is|The answer is|It is|We get')} ${a} ${pick('over|divided by')} ${b}.`,
  ],
  'a residue': (a, b, pick) => [
    String(a),
    `${pick('So n is|The number is|The answer is|Hence x is congruent to')} ${b} mod ${a + b}${a}.`,
  ],
  'a guess': (a, _, pick) => [
    String(a),
    `${pick('It could be|It might be|Maybe it is|I would say')} ${a}, but I am ${pick('not sure|not certain|unsure|not entirely sure|not so sure')}.`,
  ],
  'a condition': (a, _, pick) => [
    String(a),
    `${pick('If|Unless')} ${pick('x|n|k')} = ${a}${pick(' then|,')} ${pick('there is a contradiction|nothing works|we are stuck')}.`,
  ],
  'an assumption': (a, _, pick) => [
    String(a),
    `${pick("Let's assume|Assume|Suppose|Let us suppose|We assume|Imagine")} ${pick('that |')}the answer ${pick('is|equals')} ${a}.`,
  ],
  'one of two unknowns': (a, b, pick) => [
    String(a),
    pick(
      `$x = ${b}$ and $y = ${a}$|So we have x = ${b} and y = ${a}.|p = ${b}, q = ${a}|Therefore, $m = ${b}$, $n = ${a}$.`,
    ),
  ],
  'one of two parts': (a, b, pick) => [
    String(a),
    pick(
      `First part: ${b}; second part: ${a}|The answer is ${b} for the first part and ${a} for the second part.|(a) \\boxed{${b}} (b) \\boxed{${a}}|x = ${b}\ny = ${a}`,
    ),
  ],
  'a bound in words': (a, _, pick) => [
    String(a),
    pick(
      `It takes a minimum of ${a} steps.|The answer is a maximum of ${a}.|The answer is $${a}$ or more.|The answer is **${a}** or fewer.|Final answer: ${a}+|Answer: min. ${a}|The answer is somewhere near ${a}.`,
    ),
  ],
  'a purpose': (a, b, pick) => [
    String(a),
    `${pick('It takes Jim|They need|She has')} ${b} ${pick('minutes|more boxes|apples left')} to ${pick('walk|carry|give to')} ${a} ${pick('miles|stones|friends')}.`,
  ],
  'an unknown not yet alone': (a, b, pick) => [
    String(a),
    `${pick('The final answer is|The answer is|Final answer:')} $${pick(`${b}x|-x|\\sqrt{x}|x^2|x + ${b}`)} = ${a}$.`,
  ],
  'the next question': (a, b, pick) => [
    String(a),
    `The answer is ${b}.\n\n${pick('Question|Q|Problem')}: What is ${a} + 0?\n${pick('Answer|A')}: ${a}`,
  ],
  'an opinion of others': (a, b, pick) => [
    String(a),
    `${pick('One might think|Some people say|Students often claim|You might believe')} that ${pick('the answer|it|the value')} is ${a}${pick(`, but it is ${b}|, which is wrong|; it is ${b}`)}.`,
  ],
  'taken back': (a, _, pick) => [
    String(a),
    `${pick('We get|I get|x =|The value is')} ${a}${pick(', which is impossible|, which contradicts the assumption|. This is wrong|, which is extraneous')}.`,
  ],
  'one of two clauses': (a, b, pick) => {
    const verb = pick('is|has|gets|costs|weighs');
    return [String(a), `${pick(people)} ${verb} ${b} and ${pick(others)} ${verb} ${a}.`.replace(/^t/, 'T')];
  },
  corrected: (a, b, pick) => [
    String(a),
    `The answer is ${a}${pick(`. Wait, no, it is ${b}|. Oops, it should be ${b}|, sorry, ${b}|... no, ${b}|. Actually, the correct answer is ${b}`)}.`,
  ],
  'no value': (a, _, pick) => [
    String(a),
    `The answer is ${pick('a multiple of|a divisor of|divisible by|close to|the square of|different from|bounded by|other than')} ${a}.`,
  ],
  'a size': (a, b, pick) => [
    String(a),
    pick(
      `It is a ${a} by ${b} grid.|The dimensions are ${a} by ${b}.|The dimensions are ${a} × ${b}.|It is a ${a}-by-${b} board.`,
    ),
  ],
  'another unit': (a, _, pick) => [
    `${a} \\text{ cm}`,
    `The ${pick('length|width|height')} is ${a} ${pick('m|km|meters|inches')}.`,
  ],
  denied: (a, _, pick) => [
    String(a),
    `${pick('It is not true that|It is false that|There is no way that|It is wrong that')} ${pick('x =|the answer is|it is')} ${a}.`,
  ],
  disbelieved: (a, _, pick) => [
    String(a),
    `${pick('I|We|Tom|My teacher')} ${pick("don't|doesn't|do not|would not really|wouldn't|would never|cannot|can hardly|refuse to")} ${pick('think|believe|say|accept|claim|agree|go so far as to say|go as far as to claim|be so bold as to say|dare to claim')} ${pick('that |')}${pick('it is|it equals|it can be|x =|the answer is|the total is|we get')} ${pick(`${a}|$${a}$`)}.`,
  ],
  'rather not said': (a, _, pick) => [
    String(a),
    `${pick("I'd hesitate to say|I am reluctant to claim|I stop short of saying|It is too early to say|I am not prepared to say|I'm not saying")} ${pick('that |')}${pick('it is|x =|the answer is')} ${pick(`${a}|$${a}$`)}.`,
  ],
  'denied in another language': (a, _, pick) => [
    String(a),
    `${pick("Non è|La risposta non è|Non sono|Non può essere|Non è uguale a|Não é|A resposta não é|Não são|Não pode ser|No es|La respuesta no es|No son|No puede ser|Nunca es|Ce n'est pas|La réponse n'est pas|Ça ne fait jamais|Ça ne peut pas être|Es ist nicht|Die Antwort ist nicht|Das ergibt nicht")} ${pick(`${a}|$${a}$|**${a}**`)}.`,
  ],
  'disbelieved in another language': (a, _, pick) => [
    String(a),
    `${pick("Non direi che sia|Non credo che la risposta sia|Non pensiamo che sia|Non è vero che x =|Eu não diria que é|Não acho que seja|Não acreditamos que seja|Não é verdade que seja|No diría que es|No creo que la respuesta sea|No pensamos que sea|No es cierto que sea|Je ne dirais pas que c'est|Je ne pense pas que ce soit|Nous ne croyons pas que la réponse soit|Il n'est pas vrai que x =|Ich glaube nicht, dass es|Ich würde nicht sagen, dass die Antwort|Es stimmt nicht, dass es")} ${pick(`${a}|$${a}$`)}${pick('.| ist.| è.')}`,
  ],
  'not reached': (a, _, pick) => [
    String(a),
    `${pick('It|The answer|The total|$x$')} ${pick("does not|doesn't|never|fails to|cannot|can hardly|will by no means|won't")} ${pick('be|equal|reach|become|give|come out to|add up to|amount to|seem to be|turn out to be')} ${pick('|exactly |the value ')}${pick(`${a}|$${a}$|**${a}**|${a} apples`)}.`,
  ],
  'denied behind': (a, _, pick) => [
    String(a),
    `${pick(`${a}|$${a}$|x = ${a}|The value ${a}|**${a}**`)} ${pick('can be ruled out|must be rejected|was discarded|is excluded|is the wrong answer|is an incorrect value|is out of the question|is unlikely|is just a guess|remains to be checked|has yet to be verified|is not what we want|fails')}.`,
  ],
  'gainsaid or not known': (a, _, pick) => [
    String(a),
    pick(
      `My friend says it is ${a}, I disagree.|My friend says that it is ${a}. I don't agree.|She gets ${a}, but I don't think so.|I don't know. ${a}|No idea. $${a}$|I'm not sure. **${a}**|${a}. I don't know.`,
    ),
  ],
  否定: (a, _, pick) => [
    String(a),
    `${pick('|合計は|よって、|x=|答えは|求める値は')}${pick(`${a}|$${a}$|${a}個|${a}人|${a}円`)}${pick('ではありません|じゃありません|でありません|ではない|ではありませんでした|ではなかった|になりません|にはなりません|にならない|とはなりません|だと思いません|だとは思わない|とは思えない|とは言えません|であるとは言えない|とは限りません|は正しくありません|は正解ではありません|のはずがない|と等しくありません|とは異なります|とは違います')}${pick('。|')}`,
  ],
  'an example': (a, _, pick) => [String(a), `${pick('Let n =|Take k =|For example, n =|Say x =')} ${a}.`],
  仮定: (a, _, pick) => [String(a), `${pick('x|n')}=${a}${pick('とすると矛盾する|と仮定する|は不適である')}。`],
  自信がない: (a, _, pick) => [String(a), `${a}だと思いますが、${pick('自信|確信')}が${pick('ありません|ない')}。`],
  比: (a, b, pick) => [String(a), `${pick('比|面積の比')}は${b}${pick(':|対')}${a}です。`],
  直線: (a, b, pick) => [String(a), `${pick('直線|平面の方程式')}は${b}x-4y=${a}${pick('です|である')}。`],
};

/** Responses that answer with the gold among other numbers and words. */
const plain: Readonly<Record<string, Maker>> = {
  'a ratio': (a, b, pick) => [`${a}:${b}`, `The ratio${pick('| of cats to dogs')} is ${a}${pick(' : |:| to ')}${b}.`],
  'a line': (a, b) => [`${b}x+4y=${a}`, `The line is ${b}x + 4y = ${a}.`],
  'two elements': (a, b, pick) => [`${a}, ${b}`, `The set has ${pick('elements|members')} ${b} and ${a}.`],
  'a quotient in words': (a, b, pick) => [`\\frac{${a}}{${b}}`, `The slope is ${a} ${pick('over|divided by')} ${b}.`],
  'two unknowns': (a, b, pick) => [
    `(${a},${b})`,
    pick(`$x = ${a}$ and $y = ${b}$|So we have x = ${a} and y = ${b}.|x = ${a}, y = ${b}`),
  ],
  'a conclusion from two unknowns': (a, b, pick) => [
    String(a + b),
    `We get x = ${a} and y = ${b}, ${pick('so|hence|thus')} x + y = ${a + b}.`,
  ],
  corrected: (a, b, pick) => [
    String(b),
    `The answer is ${a}${pick(`. Wait, no, it is ${b}|. Oops, it should be ${b}|, sorry, ${b}|. Actually, the correct answer is ${b}`)}.`,
  ],
  'contrary to others': (a, b, pick) => [
    String(b),
    `${pick('One might think|Some people say')} that it is ${a}, but ${pick('it is|the answer is|the correct value is')} ${b}.`,
  ],
  'another is denied': (a, b, pick) => [
    String(b),
    `${pick(`I don't think that it is ${a}|I would never say it is $${a}$|I refuse to believe that it is ${a}|It never equals ${a}|It fails to be ${a}|${a} can be ruled out|My friend says it is ${a}, I disagree|It isn't true that it is ${a}`)}${pick('. It is|: it is|; it is|. The answer is|, so it is')} ${pick(`${b}|$${b}$`)}.`,
  ],
  'nothing is denied': (a, _, pick) => [
    String(a),
    `${pick("I don't think we need more: it is|It is not hard to see that the answer is|The number of those who do not believe it is|The number of eggs that did not break is|The largest value that it never takes is|Do not forget that the total is|I do not know a quicker way. The answer is|There is no other solution than|It is never negative, hence it is|The number of people who refuse to vote is|I do not hesitate to say that it is|I would go so far as to say that it is|It is not too early to say that it is|Non ci sono altre soluzioni: è|Non è difficile vedere che è|Il numero di quelli che non sono rossi è|Não há dúvida: é|No es difícil ver que es|N'oubliez pas que c'est|Vergiss nicht, dass es so ist: Es sind|Die Antwort ist")} ${pick(`${a}|$${a}$|**${a}**`)}.`,
  ],
  否定ではない: (a, b, pick) => [
    String(a),
    pick(
      `${a}でなければなりません。|${a}でなくてはならない。|${a}以外ではありません。|${a}に違いありません。|${a}に間違いない。|${a}人足りません。|${a}個しかありません。|${b}ではありません。${a}です。|${b}にはならないので、${a}です。|${b}だとは思いません。答えは${a}です。`,
    ),
  ],
  'another is impossible': (a, b, pick) => [
    String(b),
    `x = ${a} ${pick('is extraneous|is impossible|leads to a contradiction')}${pick(', so|. Hence|. Therefore')} x = ${b}.`,
  ],
  'a condition and what follows': (a, b, pick) => [
    String(a + b),
    `If there are ${a} boys and ${b} girls, ${pick('then |')}there are ${a + b} children.`,
  ],
  'a sum of two clauses': (a, b, pick) => [
    String(a + b),
    `Tom has ${a} apples and Ann has ${b} apples, ${pick('so together they have|and the total is|for a total of')} ${a + b}.`,
  ],
  checked: (a, b, pick) => [
    String(a * b),
    `The answer is ${a * b}. ${pick("Let me double check|Wait, let's verify|Check")}: ${a} × ${b} = ${a * b}.`,
  ],
  'a name in a formula': (a, _, pick) => [
    String(a),
    `${pick('Hence|So|We conclude that')} the ${pick('length of $BC$|value of $f(3)$|area of $ABC$|largest value of $n$')} ${pick('is|equals|must be')} ${a}${pick('.| cm.| units.')}`,
  ],
  'a purpose behind the value': (a, b, pick) => [
    String(a),
    `${pick('It takes Jim|They need|She has')} ${a} ${pick('minutes|more boxes|apples left')} to ${pick('walk|carry|give to')} ${b} ${pick('miles|stones|friends')}.`,
  ],
  'before the next question': (a, b, pick) => [
    String(a),
    `${pick('The answer is |#### ')}${a}\n\n${pick('Question|Q|Problem')}: What is ${b} + 0?\n${pick('Answer|A')}: ${b}`,
  ],
  'a converted unit': (a, _, pick) => [`${a} \\text{ m}`, `The ${pick('length|width')} is ${a * 100} cm.`],
  正しくは: (a, b, pick) => [
    String(b),
    pick(
      `最初は${a}と思いましたが、正しくは${b}です。|答えは${a}、いや${b}です。|x=${a}は不適なので、x=${b}。|${a}ではなく${b}です。`,
    ),
  ],
};

export const sentenceKinds = { misleading, plain };

/** So many responses of one kind, the same for the same seed. */
export function makeSentences(make: Maker, isRight: boolean, count: number, seed: number): ExamplePair[] {
  const random = seededRandom(seed);
  const below = (bound: number): number => Math.floor(random() * bound);
  const pick = (words: string): string => {
    const list = words.split('|');
    return list[below(list.length)] ?? '';
  };
  return Array.from({ length: count }, () => {
    const a = 2 + below(998);
    const b = 2 + ((a - 2 + 1 + below(997)) % 998);
    const [gold, response] = make(a, b, pick);
    return [gold, response, isRight] as const;
  });
}
