import { describe, expect, it } from 'vitest';
import { checkInstruction, normalInstruction } from './check-instruction.js';

describe('checkInstruction()', () => {
  it.each([
    ['Tom has 3 pens and buys 4. How many pens has he?', undefined],
    ['Find the sum of the first ten primes.', undefined],
    ['Solve for $x$: $x^2 = 9$.', undefined],
    ['What is the probability that the answer is the same as the first of two rolls?', undefined],
    ['Prove that there are infinitely many primes.', undefined],
    ['Given \\[A = \\begin{pmatrix} 3 & 7 \\end{pmatrix},\\]compute $A^2$.', undefined],
    ['If $|x|<|y|$, how many solutions are there?', undefined],
    [
      'A table shows 3 rows.\n| a | b |\n| 1 | 2 |\nUsing the numbers in the table below, find the sum of row 1.',
      undefined,
    ],
    ['太郎は鉛筆を3本持っています。4本買うと、全部で何本になりますか。', undefined],
    ['2次方程式 x^2 = 9 を解きなさい。', undefined],
    ['', 'not-a-problem'],
    [' \n', 'not-a-problem'],
    ['Show that 3 is odd.|user|', 'leaked-tokens'],
    ['Show that 3 is odd. <|begin_of_text|}', 'leaked-tokens'],
    ['<think>I need 3 and 4. What is their sum?', 'leaked-tokens'],
    ['What is 3 + 4?◁/think▷', 'leaked-tokens'],
    ['What is 3 + 4?[/THINK] It is 7.', 'leaked-tokens'],
    ['<|channel>thought What is 3 + 4?', 'leaked-tokens'],
    ['What is 3 + 4?</seed:think>', 'leaked-tokens'],
    ['<|channel|>analysis<|message|>What is 3 + 4?', 'leaked-tokens'],
    ['Can you explain what 3 + 4 is? Certainly! It is a sum.', 'assistant-voice'],
    ['もちろんです。3本の鉛筆は何円ですか。', 'assistant-voice'],
    ['Prove that 3 divides 9. To prove this, we write 9 as a product:', 'answer-bleed'],
    ['What is the sieve of 30? The sieve states that 30 is composite. Is it unique?', 'answer-bleed'],
    ['How many integers below 100 satisfy the congruence', 'missing-givens'],
    ['In a prime number $p$, if $a$ and $b$ are 3 and such that', 'missing-givens'],
    ['Find the area of the triangle shown in the figure with base 3.', 'missing-givens'],
    ['I have 3 friends. Please answer the following questions.', 'missing-givens'],
    ['Can you explain the 3 laws of exponents?', 'not-a-problem'],
    ['Could you recommend 3 books about primes?', 'not-a-problem'],
    ['Write a Python function that adds 3 numbers. What is its result?', 'not-a-problem'],
    // Numbers that name something, and questions about the world
    ['I moved here in 2019. What should I know about renting?', 'not-a-problem'],
    ['My phone is an iPhone 14 with 5G. Is it worth an upgrade?', 'not-a-problem'],
    ['Can you find a hotel in Rome for 2 nights?', 'not-a-problem'],
    ['I am 31 and want another job. How do I start?', 'not-a-problem'],
    ['How many people live in France?', 'not-a-problem'],
    ['Is there a way to make a table of all primes?', 'not-a-problem'],
    ['Create a website for a bakery with 3 pages and 2 forms. How much will it cost?', undefined],
    ['Design an app that shows 3 charts for 2 users. What does it need?', 'not-a-problem'],
    ['Return the number of pairs in the list whose sum is 10.', 'not-a-problem'],
    ['Ann was born in 1990 and Bob in 1985. How much older is Bob?', undefined],
    ['She sold 48 clips in April and half as many in May. How many did she sell?', undefined],
    ['(a) Find the sum of the first ten primes. (b) Find their product.', undefined],
    ['What is 3 * 4 + 2?', undefined],
    ['Is 91 a prime number?', undefined],
    ['How many diagonals has a hexagon?', undefined],
    ['Tom has 3 pens.<|end|><|assistant|>He has 3.', 'leaked-tokens'],
    ['<｜User｜>Tom has 3 pens. How many?', 'leaked-tokens'],
    ['What is 3 + 4? [/INST] 7', 'leaked-tokens'],
    ['Sure, here is a problem: Tom has 3 pens. How many?', 'assistant-voice'],
    ["I'm happy to help! What is 3 + 4?", 'assistant-voice'],
    ['How can I help you with 3 problems?', 'assistant-voice'],
    ['Tom has 3 pens and buys 4. How many? The answer is \\boxed{7}.', 'answer-bleed'],
    ['What is 3 + 4?\nSolution: 7', 'answer-bleed'],
    ['What is 3 + 4? To solve this problem, we add 3 and 4.', 'answer-bleed'],
    ["What is 3 + 4? Let's break it down.", 'answer-bleed'],
    ['Consider the following 3 statements:', 'trailing-colon'],
    // Question and answer in one text, choices beside it
    ['Q: How many days has April?\nA: It has 30 days.', 'answer-bleed'],
    ['Q: What is 3 + 4?\nA: 5\nB: 6\nC: 7\nD: 8', undefined],
    ['A fish swims 4.5 m/s. How far in 25 seconds? Answer: 112.5', 'answer-bleed'],
    [
      'Ann is 2, Ben is 4. How much is the total age of Ann and Ben? The total age of Ann and Ben is 6.',
      'answer-bleed',
    ],
    ['Ann is 2, Ben is 4. What is their total age? The total is asked in years.', undefined],
    // Pieces of something else
    ['trips in the country. The survey finds that 50 % drove. What fraction did not?', 'fragment'],
    ['a bag holds 3 red and 4 blue balls. how many balls are there?', undefined],
    ['problem statement:\nIn a school of 30 there are 20 boys. How many girls are there?', undefined],
    ['.Project Name: 8,000 kg go up in 3 stages. How many trips is that?', 'fragment'],
    ['.5 of 20 sheep ran away. How many are left?', undefined],
    ['A ship takes 8,000 kg in 3 stages. Compute the number of trips.acks', 'fragment'],
    ['They want a section of 30 m. How many such_sections are there in 100 m?', 'code'],
    ['The sequence a_n is 3, 5, 7. What is a_{10} - \\text{first_term}?', undefined],
    ['Result: 12. What does list.getSize() return for 3 items?', 'code'],
    ['What is the sum of the 3 numbers that people报名 for the cup of 20 teams?', 'mixed-scripts'],
    ['求 SELECT 语句中 3 个日期的数量是多少？', 'not-a-problem'],
    ['Which of the 10 countries mentioned in the passage has the largest population density?', 'missing-givens'],
    ['The robot holds 2 bats as shown in picture 1. How many more can it hold?', 'missing-givens'],
    ['What is the difference between the two types of weed killer?', 'not-a-problem'],
    ['Ann has 3 pens, Ben has 5. What is the difference between the two numbers?', undefined],
    // What only looks like one of these
    ['cos(2x) = 1/2. Find x in [0, pi].', undefined],
    ['tan A = 3/4. Find sin A.', undefined],
    ['Here is a sequence: 2, 6, 18, 54. What is the next term?', undefined],
    ['Here is the solution: 3 + 4 = 7. What is next?', 'assistant-voice'],
    ['Hello Kitty stickers cost $2 each. Mia buys 7. How much does she pay?', undefined],
    ['What is the smallest prime greater than 100? Answer: give three digits.', undefined],
    ['Three cities are on a line.\nA: 0 km\nC: 30 km\nD: 75 km\nHow far is D from C?', undefined],
    ['Two teams play.\nA: 3 goals\nHow many goals must B score to win by 2?', undefined],
    ['What is 7 × 6?\nAnswers: 36, 42, 48', undefined],
    ['What is the chance of two sixes in 3 rolls? We assume that the die is fair.', undefined],
    ['\\[ \\int_0^1 x^2 \\, dx \\] Evaluate the integral.', undefined],
    ['Compute speed_avg = total_distance / total_time for 120 km in 1.5 h.', undefined],
    ['Taro (太郎) has 5 apples and eats 2. How many are left?', undefined],
    ['Day | Sales\nMon | 12\nTue | 15\nWhat is the mean of the sales in the table above?', undefined],
    // Exercises as a book writes them
    ['How many seconds are there in 3 hours?', undefined],
    ['Convert 45 degrees to radians.', undefined],
    ['Round 47,386 to the nearest thousand.', undefined],
    ['Differentiate y = x² sin x with respect to x.', undefined],
    ['What comes next: 2, 3, 5, 7, 11, ...?', undefined],
    ['How many ways are there to arrange the letters of MISSISSIPPI?', undefined],
    // Small letters to begin with, capitals later
    ['find x if 3x = 12. Give your answer as a whole number.', undefined],
    ['let ABC be a triangle with sides 3, 4 and 5. Find its area.', undefined],
    ['in a class of 30 there are 12 boys. What fraction are girls?', undefined],
    ['what is 20% of 50? Round to the nearest whole number.', undefined],
    ['two trains start 300 km apart. How long until they meet at 50 km/h each?', undefined],
    ['the end. The survey finds that 50 % drove. What fraction did not?', 'fragment'],
    ['in the country. The survey finds that 50 % drove. What fraction did not?', 'fragment'],
    ['of a class of 30. The teacher adds 3 pupils. How many are there?', 'fragment'],
    ['is 5 meters long. The width is 3 meters. Find the area.', 'fragment'],
    // A user who begins with "Okay, so", and a model that thinks aloud
    ['Okay, so I have 3 friends and 12 cookies. How many does each get?', undefined],
    ['Okay so a train goes 60 miles in an hour. How far does it go in 4 hours?', undefined],
    ['Okay, so I need to find the sum of 3 and 4. How do I start?', 'assistant-voice'],
    ['Okay, so I have this problem. Let me see, 3 pens cost $4. What do 6 cost?', 'assistant-voice'],
    ['Okay, so the problem says that 3 pens cost $4. Hmm, what do 6 cost?', 'assistant-voice'],
    ['Okay, so 3 pens and 4 pens are 7 pens.', 'assistant-voice'],
    // A proof of what is no mathematics
    ['Prove that God exists.', 'not-a-problem'],
    ['Show that the main character changes in the course of the novel.', 'not-a-problem'],
    ['Prove that money has power over people.', 'not-a-problem'],
    ['Prove that every bounded monotone sequence converges.', undefined],
    ['Prove that every tree with an edge has a leaf.', undefined],
    ['Prove that the identity element of a group is unique.', undefined],
    ['Prove that an even number plus an even number is even.', undefined],
    ['There are 13 people in a room. Prove that two of them were born in the same month.', undefined],
    ['Let $f$ be a map. Show that it is unique.', undefined],
    ['Prove Fermat’s little theorem.', undefined],
    ["Prove De Morgan's laws.", undefined],
    ["Show that Heron's formula holds.", undefined],
    ["Prove Murphy's law.", 'not-a-problem'],
    ['Prove that Taylor Swift is popular.', 'not-a-problem'],
    ['Show that Wilson was a good president.', 'not-a-problem'],
    // The parts of a figure that everybody knows
    ['How many edges does the cube have?', undefined],
    ['How many lines of symmetry does a regular hexagon have?', undefined],
    ['How many diagonals can be drawn in a convex octagon?', undefined],
    ['How many sides does the argument have?', 'not-a-problem'],
    ['How many faces does the crowd in the square show?', 'not-a-problem'],
    // A chat written down
    ['Qwen:\n\nUser: What is the sum of 2 and 3?', 'leaked-tokens'],
    ['What is the sum of 2 and 3?\n**Assistant:** It is 5.', 'leaked-tokens'],
    ['An app has 3 users. Each user: 5 points. How many points in all?', undefined],
    // The measure of something that nobody describes
    ['Find the area of the triangle.', 'missing-givens'],
    ['Find the perimeter and the area of the rectangle.', 'missing-givens'],
    ['What is the length of the hypotenuse of the right triangle?', 'missing-givens'],
    ['What is the product of the roots of the equation?', 'missing-givens'],
    ['What is the sum of the numbers?', 'missing-givens'],
    ['Find the area of the unit circle.', undefined],
    ['Find the derivative of the sine function.', undefined],
    ['What is the sum of the angles of the triangle?', undefined],
    ['A triangle has sides 3, 4, 5. Find the area of the triangle.', undefined],
    ['Find the area of the triangle with vertices (0, 0), (3, 0), (0, 4).', undefined],
    // Quantities that say how much of nothing
    ['Which of the following helps?\nA. All know it.\nB. All data is kept.\nC. No one is told.', 'not-a-problem'],
    ['Is that a joke? I do not know, no. No.', 'not-a-problem'],
    ['Ann can type 20 words per minute and Ben can type 40 words per minute. How many more can Ben type?', undefined],
    ['She drinks one glass at each meal every weekday and none on weekends. How many glasses is that?', undefined],
    // A number behind the question
    ['What is 3 + 4? 7', 'answer-bleed'],
    ['What is 12 * 12? It is 144.', 'answer-bleed'],
    ['What is the sum of 3 and 4? The sum is 7.', 'answer-bleed'],
    ['What is 3 + 7? A) 10 B) 12 C) 14 Correct: B', 'answer-bleed'],
    ['What is x in 3x + 5 = 20? 10 points', undefined],
    ['What is 3 + 4? The result is 7.', 'answer-bleed'],
    ['What is 3 + 4? = 7', 'answer-bleed'],
    ['What is 3 + 4? A: 7', 'answer-bleed'],
    ['Tom has 3 pens and buys 4. How many pens has he? 3 + 4 = 7 pens.', 'answer-bleed'],
    ['If 2x = 8, what is x? x = 4', 'answer-bleed'],
    ['Find x if 2x = 8. Dividing both sides by 2 gives x = 4.', 'answer-bleed'],
    ['Simplify the equation:\n\n4x - 7 = 10\nTo solve for x, add 7 to both sides to get:\n4x = 17', 'answer-bleed'],
    ['What is 3x + 2? x = 4', undefined],
    ['Which sign makes this equation true? 12 ? 3 = 4', undefined],
    ['Is the following statement correct? 3 + 4 = 8', undefined],
    // One quantity, or none, is all that some questions need
    ['The interior angles of a polygon sum to 1440 degrees. How many sides does it have?', undefined],
    ['How many trailing zeros does 100! have?', undefined],
    ['I ate 3 pizzas! Are you hungry?', 'not-a-problem'],
    ['A coin is tossed until heads appears. What is the expected number of tosses?', undefined],
    ['How many different necklaces can be made from 6 beads of different colours?', undefined],
    ['How many friends can you make with a smile?', 'not-a-problem'],
    ['Disprove: every odd number greater than 1 is prime.', undefined],
    ['Describe all real numbers x with x^2 < x.', undefined],
    ['Let f(x) = x^2 - 4x + 1. (i) Complete the square. (ii) State the vertex. (iii) Solve f(x) = 0.', undefined],
    // Writing, opinions, the world
    ['Write a poem about the number seven.', 'not-a-problem'],
    ['Please write a 500-word essay on probability.', 'not-a-problem'],
    ['Write a short story in which 3 friends find 4 treasures. What happens?', 'not-a-problem'],
    ['Ann writes a 500-word essay in 4 hours. How many words does she write an hour?', undefined],
    ['What is your favorite number between 1 and 10?', 'not-a-problem'],
    ['Is it normal to have 3 cups of coffee each day?', 'not-a-problem'],
    ['Which is better, 2 monitors or 1?', 'not-a-problem'],
    ['Which is the better buy, 3 pens for $2 or 5 pens for $3?', undefined],
    ['An investment of $5000 earns 4% compounded yearly. What is it worth after 3 years?', undefined],
    ['What do the numbers 4, 8, 15, 16, 23, 42 mean in Lost?', 'not-a-problem'],
    ['Find the roots of x^2 - 5x + 6 = 0 and discuss their historical significance.', 'not-a-problem'],
    ['Prove that the law is equal for all people.', 'not-a-problem'],
    ['Prove the laws of exponents.', undefined],
    ['Tom has 3 pens and buys 4.', 'not-a-problem'],
    ['How is the weather?', 'not-a-problem'],
  ])('says of %j: %s', (text, fault) => {
    expect(checkInstruction({ text, finishReason: 'stop' })).toBe(fault);
  });

  it.each([
    ['code', 'Write a Python function that adds 3 numbers.', undefined],
    ['code', 'Why does this loop never end?\n```js\nfor (;;) {}\n```', undefined],
    ['code', '配列を逆順にする関数を書いてください。', undefined],
    ['code', 'How is the weather today in Paris?', 'not-a-problem'],
    ['code', 'Write a function that adds.\nSolution: def add(a, b): return a + b', 'answer-bleed'],
    ['code', 'Sure, here is a function that adds two numbers.', 'assistant-voice'],
    ['code', 'Write a script.<|im_end|>', 'leaked-tokens'],
    ['translation', 'Translate to French: The cat sleeps.', undefined],
    ['translation', 'Translate this sentence into English: 猫が寝ています。', undefined],
    ['translation', '次の文を英訳してください。猫が寝ています。', undefined],
    ['translation', 'Translate the following sentence into German:', 'trailing-colon'],
    ['translation', 'The cat sleeps on the sofa.', 'not-a-problem'],
  ] as const)('of the task %s says of %j: %s', (task, text, fault) => {
    expect(checkInstruction({ text, finishReason: 'stop', task })).toBe(fault);
  });

  it.each(['\n', '\u2028', '\r\n', '\n ', '\u3000', '_a', '? 1', '\nA:', 'A) '])(
    '%j as often as fits takes no time',
    (piece) => {
      const text = `Find the sum of 3 and 4 ${piece.repeat(Math.floor(7900 / piece.length))}x`;
      const before = process.cpuUsage();
      checkInstruction({ text, finishReason: 'stop' });
      const { user, system } = process.cpuUsage(before);
      // Some 40 ms on a slow machine; a pattern that goes back and forth takes seconds
      expect((user + system) / 1000).toBeLessThan(400);
    },
  );

  it('rejects whatever ran into the token limit', () => {
    expect(checkInstruction({ text: 'What is 3 + 4?', finishReason: 'length' })).toBe('length');
  });
});

describe('normalInstruction()', () => {
  it.each([
    ['What is 3 + 4?', 'what is  3 + 4', true],
    ['What is 3 + 4?', 'What is 3 - 4?', false],
    ['What is 3.4?', 'What is 34?', false],
  ])('%j and %j are the same: %s', (left, right, expected) => {
    expect(normalInstruction(left) === normalInstruction(right)).toBe(expected);
  });
});
