import { describe, expect, it } from 'vitest';
import { checkRephrasing } from './check-rephrasing.js';

const original = 'Tom has 3 boxes of 1,200 pens and pays $2.50. How many pens are there?';

describe('checkRephrasing()', () => {
  it.each([
    ['How many pens are in the 3 boxes of 1200 for which Tom pays $2.5?', undefined],
    ['Tom pays $2.50 for 3 boxes with 1,200 pens each. Find the number of pens.', undefined],
    ['', 'empty'],
    ['tom has 3 boxes of 1,200 pens, and pays $2.50. How many pens are there', 'same-text'],
    ['Tom has 3 boxes of 1,200 pens. How many pens are there in all?', 'quantities-changed'],
    ['Tom has 3 boxes of 1,200 pens, 3 each, and pays $2.50. How many pens?', 'quantities-changed'],
    ['Tom has 30 boxes of 1,200 pens and pays $2.50. How many pens are there?', 'quantities-changed'],
    ['Tom pays $2.50 for 3 boxes with 1,200 pens each.', 'no-question'],
  ])('says of %j: %s', (rephrased, fault) => {
    expect(checkRephrasing({ original, rephrased })).toBe(fault);
  });

  it.each([
    [
      'Calcula el área de un triángulo de base 6 cm y altura 8 cm.',
      'Halla el área de un triángulo cuya base mide 6 cm y cuya altura es 8 cm.',
      undefined,
    ],
    [
      'Calcula el área de un triángulo de base 6 cm y altura 8 cm.',
      'Un triángulo tiene 6 cm de base y 8 cm de altura.',
      'no-question',
    ],
    [
      'Calcula el área de un triángulo de base 6 cm y altura 8 cm.',
      'Halla el área de un triángulo de base 7 cm y altura 8 cm.',
      'quantities-changed',
    ],
    [
      'Berechne die Fläche eines Dreiecks mit Grundseite 6 cm und Höhe 8 cm.',
      'Bestimme die Fläche eines Dreiecks, dessen Grundseite 6 cm und dessen Höhe 8 cm ist.',
      undefined,
    ],
    ["Calculer l'aire d'un carré de côté 6 cm.", "Déterminez l'aire du carré dont le côté est de 6 cm.", undefined],
    ['一个长方形的长是8厘米，宽是5厘米。求它的面积。', '已知长方形长8厘米、宽5厘米，求其面积。', undefined],
    ['一个长方形的长是8厘米，宽是5厘米。求它的面积。', '长方形长8厘米，宽5厘米。', 'no-question'],
    [
      'Juan compra 12 manzanas a 3 euros. ¿Cuánto gasta?',
      'Si Juan compra 12 manzanas a 3 euros, ¿cuánto gasta en total?',
      undefined,
    ],
  ])('reads other languages: %j as %j: %s', (question, rephrased, fault) => {
    expect(checkRephrasing({ original: question, rephrased })).toBe(fault);
  });

  it.each([
    ['Eve has three pens and 4 cups. How many?', 'How many are 3 pens and four cups?', undefined],
    ['Eve has three pens and 4 cups. How many?', 'How many are four pens and 4 cups?', 'quantities-changed'],
    ['Eve has three pens and 4 cups. How many?', 'How many are 4 pens and 4 cups?', 'quantities-changed'],
    ['Two friends eat 6 pies each. How many?', 'Ann and Eve eat 6 pies each. How many?', undefined],
    // a fraction is one quantity, in digits, in words, as a glyph
    ['Ann eats 3/4 of 20 pies. How many?', 'Of 20 pies Ann eats three quarters. How many?', undefined],
    ['Ann eats 3/4 of 20 pies. How many?', 'Of 20 pies Ann eats ¾. How many is that?', undefined],
    [
      'Ann eats 3/4 of 20 pies. How many?',
      'With 3 friends and 4 forks Ann eats 20 pies. How many?',
      'quantities-changed',
    ],
    ['Ann eats 3/4 of 20 pies. How many?', 'Of 20 pies Ann eats 4/3. How many?', 'quantities-changed'],
    [
      'A third of the 12 cups break. How many are left?',
      'Of 12 cups some break. How many are left?',
      'quantities-changed',
    ],
    ['A third of the 12 cups break. How many are left?', 'If one third of 12 cups break, how many stay?', undefined],
    ['A third of the 12 cups break. How many are left?', 'Of 12 cups 1/3 break. How many are left?', undefined],
    ['Half of the 12 cups break. How many are left?', 'Of 12 cups 50% break. How many are left?', undefined],
    ['Half of the 12 cups break. How many are left?', 'If 12 cups lose the other half, how many stay?', undefined],
    ['All 12 cups break. How many are left?', 'Half of the 12 cups break. How many are left?', 'quantities-changed'],
    // a measure stays, a count in words may go
    [
      'Roy takes two hours to walk and walks twice a week. How many hours a week?',
      'Roy walks twice a week. How many hours does he walk a week?',
      'quantities-changed',
    ],
    [
      'Roy walks twice a week. How many hours does he walk a week?',
      'Roy takes two hours to walk and walks twice a week. How many hours a week?',
      'quantities-changed',
    ],
    [
      'Roy walks for two hours. In those two hours he sees 4 cats. How many an hour?',
      'In two hours of walking Roy sees 4 cats. How many an hour?',
      undefined,
    ],
    [
      'Two men walk two hours. How far at 3 km an hour?',
      'Al and Bo walk two hours at 3 km an hour. How far?',
      undefined,
    ],
    [
      'Roy walks for two hours at 3 km an hour. How far?',
      'On a 2-hour walk at 3 km an hour, how far is it?',
      undefined,
    ],
    ['Roy pays three dollars for 4 pens. How much is one?', 'If 4 pens are $3, how much is one?', undefined],
    [
      'Roy walks for one hour at 3 km an hour. How far?',
      'How far does Roy walk in an hour at 3 km an hour?',
      undefined,
    ],
    // a factor stays
    [
      'Ann has twice as many pens as Ben, who has 6. How many?',
      'Ann has as many pens as Ben, who has 6. How many?',
      'quantities-changed',
    ],
    [
      'Ann has twice as many pens as Ben, who has 6. How many?',
      'Ann has three times as many pens as Ben, who has 6. How many?',
      'quantities-changed',
    ],
    [
      'Ann has twice as many pens as Ben, who has 6. How many?',
      'Ben has 6 pens, and Ann half as many. How many has Ann?',
      'quantities-changed',
    ],
    [
      'Ann has twice as many pens as Ben, who has 6. How many?',
      'If Ben owns 6 pens and Ann double that, how many has Ann?',
      undefined,
    ],
    [
      'Tom is three times as old as Sam, who is 5. How old is he?',
      'Tom is older than Sam, who is 5. How old is he?',
      'quantities-changed',
    ],
    [
      'Tom is three times as old as Sam, who is 5. How old is he?',
      'Tom is three years older than Sam, who is 5. How old is he?',
      'quantities-changed',
    ],
    [
      'Tom is three times as old as Sam, who is 5. How old is he?',
      'Sam is 5. If the age of Tom is triple that, how old is Tom?',
      undefined,
    ],
    [
      'Ann has 10 more than Leo, who has 7. How many has Ann?',
      'Ann has 10 times as many as Leo, who has 7. How many?',
      'quantities-changed',
    ],
    [
      'The 12 liters quadruple. How many are there?',
      'If 12 liters become 4 times as many, how many are there?',
      undefined,
    ],
    [
      'He gets $5 times his grade of 3. How much?',
      'If he gets 5 dollars times a grade of 3, how much is it?',
      undefined,
    ],
    // counts in words, dozens
    [
      'Of one hundred pupils sixty are boys. How many girls?',
      'Of one hundred pupils some are boys. How many girls?',
      'quantities-changed',
    ],
    [
      'A dozen eggs are $3. How much are four dozen?',
      'Some eggs are $3. How much are four dozen eggs?',
      'quantities-changed',
    ],
    ['Bob has 3 dozen roses. How many is that?', 'Bob has 3 roses. How many roses has he?', 'quantities-changed'],
    ['A dozen eggs are $3. How much is one egg?', 'If twelve eggs cost $3, how much is one?', undefined],
    [
      'Al, Bo, and Cy have 9 pens. How many do the three of them buy to have 12?',
      'If 3 people have 9 pens and want 12, how many do they buy?',
      undefined,
    ],
    // what a rate is taken for, and how long
    [
      'A pool loses 5 gallons a day. How many in 30 days?',
      'A pool loses 5 gallons an hour. How many in 30 days?',
      'quantities-changed',
    ],
    [
      'Jo earns $12 an hour. How much in 40 hours?',
      'At $12 a day, how much does Jo earn in 40 hours?',
      'quantities-changed',
    ],
    [
      'Jo earns $12 an hour. How much in 40 hours?',
      'Each hour Jo earns $12. What does she get for 40 hours?',
      undefined,
    ],
    [
      'Dan works 8 hours a day, 5 days a week. How many hours?',
      'On 5 days a week Dan works 8 hours each day. How many hours?',
      undefined,
    ],
    [
      'Eve reads 15 pages a day for a week. How many pages?',
      'Eve reads 15 pages each day. How many pages are that?',
      'quantities-changed',
    ],
    [
      'Eve reads 15 pages a day for a week. How many pages?',
      'Eve reads 15 pages a day for a month. How many pages is it?',
      'quantities-changed',
    ],
    [
      'Eve reads 15 pages a day for a week. How many pages?',
      'At 15 pages a day, how many pages does Eve read in 7 days?',
      undefined,
    ],
    [
      'Lia runs 5 km a day. How far in two weeks?',
      'If Lia runs 5 km a day, how far does she run in 14 days?',
      undefined,
    ],
    ['In half an hour he bakes 12 pies. How long for 36?', '12 pies take 30 minutes. How long do 36 take?', undefined],
    // units of one letter, and what a number measures
    [
      'He drinks 500 ml and then 2 l. How much is that?',
      'How much is it if he drinks 500 l and then 2 l?',
      'units-changed',
    ],
    [
      'A rope of 2.5 m is cut in 5. How long is each piece?',
      'If a rope of 2.5 cm is cut in 5, how long is each?',
      'units-changed',
    ],
    ['A circle has radius 3. What is its area?', 'What is the area of a circle with diameter 3?', 'quantities-changed'],
    // what is asked for excludes another thing
    [
      'Half of 24 pupils are girls. How many girls?',
      'Of 24 pupils half are girls. How many boys are there?',
      'asked-changed',
    ],
    [
      'A circle has radius 3. What is its area?',
      'What is the circumference of a circle with radius 3?',
      'asked-changed',
    ],
    [
      'A price rises from 20 to 25 cents. By what percent?',
      'A price rises from 20 to 25 cents. By how many cents?',
      'asked-changed',
    ],
    [
      'A price rises from 20 to 25 cents. By what percent?',
      'A price goes up from 20 to 25 cents. What is the percentage increase?',
      undefined,
    ],
    [
      'She rides for an hour and a half on 6 days. How many hours?',
      'If she rides 1.5 hours on 6 days, how many hours is that?',
      undefined,
    ],
    [
      'She rides for an hour and a half on 6 days. How many hours?',
      'If she rides for an hour on 6 days, how many hours is that?',
      'quantities-changed',
    ],
    [
      'Kai has a dozen pencils and loses 3. How many has he?',
      'After losing 3 of his dozen pencils, how many has Kai?',
      undefined,
    ],
    [
      'There are five dozen eggs, and 6 break. How many are whole?',
      'If 6 of five eggs break, how many are whole?',
      'quantities-changed',
    ],
    [
      'A trip of 3 hours costs $15 an hour. What does it cost?',
      'What does a trip of 3 hours cost, which is $15?',
      'quantities-changed',
    ],
    ['The tax is 8 percent of $50. What is it?', 'If the tax is 8 of $50, what is it?', 'units-changed'],
    [
      'Jan spends a fifth of $20. How much is left?',
      'If Jan has $20 and spends 20% of them, how much is left?',
      undefined,
    ],
    [
      'Ed is 68 inches tall. How tall is he in feet?',
      'What is the height of Ed, who is 68 inches tall, in yards?',
      'asked-changed',
    ],
    // units stay, in any writing
    ['Ben walks 3 km in 2 hours. How fast?', 'How fast is Ben, who walks 3 miles in 2 hours?', 'units-changed'],
    ['Ben walks 3 km in 2 hours. How fast?', 'How fast is Ben, who walks 3 kilometers within 2 hours?', undefined],
    ['Ben walks 3 km in 2 hours. How fast?', 'In 2 hours Ben walks 3 km. At what speed?', undefined],
    ['A pen costs $3. How much are 4 pens?', 'At 3 cents a pen, how much are 4 pens?', 'units-changed'],
    ['A pen costs $3. How much are 4 pens?', 'If a pen is 3 dollars, how much are 4 of them?', undefined],
    // and so does what is asked for
    ['Ann has 4 pens and 9 cups. How many pens?', 'With 4 pens and 9 cups, how many cups has Ann?', 'asked-changed'],
    [
      'Ann has 4 pens and 9 cups. How many pens?',
      'What is the number of pens Ann has, beside 9 cups and 4 pens?',
      undefined,
    ],
    [
      'He runs 5 times for 7 hours. How many hours in all?',
      'If 5 runs take 7 hours each, how many minutes is that?',
      'asked-changed',
    ],
    [
      'The bells ring now. How many minutes pass until they ring again?',
      'The bells ring now. After how many minutes do they ring?',
      undefined,
    ],
    [
      'Of 18 players 3 make a team. In how many ways?',
      'From 18 players 3 are chosen. How many teams are possible?',
      undefined,
    ],
    [
      'A fair sells 9 tickets, 4 for adults. How many adults pay?',
      'Of 9 tickets 4 are for adults. How many tickets for adults are sold?',
      undefined,
    ],
    ['A pen costs $3. How many dollars are 4 pens?', 'A pen is $3. How much money are 4 pens?', undefined],
    ['Ann has 4 mugs. How many mugs are left?', 'How many cups does Ann, who has 4 mugs, keep?', undefined],
    ['Each one costs 6 dollars. How much are a dozen?', 'At 6 dollars each, how much are 12 of them?', undefined],
  ])('of %j as %j it says: %s', (before, rephrased, fault) => {
    expect(checkRephrasing({ original: before, rephrased })).toBe(fault);
  });

  it('sees numbers inside larger tokens', () => {
    const pair = { original: 'A 10-minute walk of 2km?', rephrased: 'How long is a walk of 10 minutes over 2 km?' };
    expect(checkRephrasing(pair)).toBeUndefined();
  });
});
