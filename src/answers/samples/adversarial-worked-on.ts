import { readPairs } from './read-pairs.js';

/** Numbers that a sentence works on, in formulas and out of them; equations not yet solved, lines of work, verbs with a purpose. */
export const adversarialWorkedOn = readPairs(String.raw`
= 7 ¦ So she has 7 apples.
= 7 ¦ They would need 7 buses to carry 300 people.
≠ 300 ¦ They would need 7 buses to carry 300 people.
= 300 ¦ They have to pay 300 dollars.
= 300 ¦ The 7 friends have to pay 300 dollars.
= 300 ¦ She wants to sell 7 boxes, so she needs to earn 300 dollars.
= 7 ¦ Tom needs to buy 7 more tickets.
= 7 ¦ We need 7 more points to reach 30.
= 7 ¦ Mary can afford to buy 7 books.
= 7 ¦ He ends up with 7 coins.
= 7 ¦ He earned 7 dollars more than Bob.
= 7 ¦ He is 7 years older than Bob.
= 7 ¦ Therefore Bob is 7 years old.
= 7 ¦ Bob's age is 7.
= 7 ¦ 3 + 4 makes 7.
= 7 ¦ Each child receives 7 sweets, with 2 left over.
≠ 2 ¦ Each child receives 7 sweets, with 2 left over.
≠ 2 ¦ Dividing 16 by 7 gives 2 remainder 2.
= 7 ¦ The remainder when 2023 is divided by 9 is 7.
= 7 ¦ 2023 leaves a remainder of 7 when divided by 9.
≠ 9 ¦ 2023 leaves a remainder of 7 when divided by 9.
≠ 9 ¦ The remainder is 7 when 2023 is divided by 9.
= 7 ¦ The units digit of $3^{2023}$ is 7.
= 7 ¦ The greatest integer less than $\sqrt{60}$ is 7.
= 7 ¦ There are 7 integers between 1 and 50 that work.
≠ 50 ¦ There are 7 integers between 1 and 50 that work.
= 7 ¦ There are 7 primes less than 18.
≠ 18 ¦ There are 7 primes less than 18.
= 7 ¦ He buys 7 pens at $2 each.
= 7 ¦ The number of solutions is 7 (counting multiplicity).
= 7 ¦ The number of solutions is exactly 7.
= 7 ¦ We have found that there are exactly 7 such triples $(a,b,c)$.
= 7 ¦ There are exactly $7$ such triples $(a,b,c)$.
= 7 ¦ Hence there exist $7$ values of $n$.
= 7 ¦ Hence $7$ values of $n$ satisfy $n < 10$.
≠ 10 ¦ Hence $7$ values of $n$ satisfy $n < 10$.
= 7 ¦ So the answer is $7$ when $x \ne 3$.
= 7 ¦ So $f(2) = 7$.
= 7 ¦ So $f(2)=7$ and we are done.
= 7 ¦ We have $3x=21$, i.e. $x=7$.
= 7 ¦ $3x=21 \implies x=7$
= 7 ¦ $3x=21 \Rightarrow x=7$
= 7 ¦ 3x = 21, so x = 7
= 7 ¦ 3x = 21⏎x = 7
= 7 ¦ $3x = 21$⏎$x = 7$
= 7 ¦ a = 3⏎b = 4⏎The answer is 7
≠ 21 ¦ 3x = 21
≠ 21 ¦ We get 3x = 21.
≠ 21 ¦ We get $3x = 21$.
= 21 ¦ Hence $a+b = 21$.
= 21 ¦ Hence $xy = 21$.
= 21 ¦ Hence $x^2+y^2 = 21$.
= 21 ¦ Hence $|AB| = 21$.
= 21 ¦ Hence $|z| = 21$.
= 21 ¦ The final answer is $m+n = 21$.
= 21 ¦ The final answer is $m + n = 10 + 11 = 21$.
= 21 ¦ The final answer is $a^2 + b^2 = \boxed{21}$.
= A ¦ A. 21
= A ¦ Final Answer: A. 21
= E ¦ Final Answer: \boxed{\text{E}}
= A ¦ I'd go with A.
= A ¦ My answer is A
= A ¦ answer: a
= no ¦ No.
= No ¦ No, since 7 is odd.
≠ Yes ¦ No, since 7 is odd.
≠ 7 ¦ No, since 7 is odd.
≠ 7 ¦ Yes, as 7 divides 21.
= 7 ¦ No, it is 7.
= 7 ¦ Yes, the answer is 7.
= \frac{7}{2} ¦ The answer is 3 and 1/2.
= \frac{7}{2} ¦ The answer is 3 1/2 hours.
≠ 75 ¦ The answer is 7,5
≠ 7 ¦ The train arrives at 7:30 p.m.
= 7:30 PM ¦ The train arrives at 7:30 p.m.
≠ 7:30 AM ¦ The train arrives at 7:30 p.m.
= 8 ¦ There are 8 apples in a minimum of 3 boxes.
≠ 3 ¦ There are 8 apples in a minimum of 3 boxes.
= 8 ¦ At least 3 of them are red, so there are 8.
= 8 ¦ The maximum is 8
= 8 ¦ max = 8
= 8 ¦ min = 8
= 8 ¦ Minimum: 8
= 8 ¦ The answer is 8 min.
= 8 ¦ The answer is 8 minutes
≠ 8 ¦ The answer is 8 minutes to 5
≠ 8 ¦ The answer is a bit more than 8.
≠ 8 ¦ The answer is slightly less than 8.
≠ 8 ¦ The answer is just under 8.
≠ 8 ¦ The answer is well over 8.
≠ 8 ¦ The answer is at the very least 8.
≠ 8 ¦ The answer is no bigger than 8.
≠ 8 ¦ The answer is greater than or equal to 8.
≠ 8 ¦ The answer must be below 8.
≠ 8 ¦ The answer is bounded by 8.
≠ 8 ¦ The answer is 8 or so.
≠ 8 ¦ The answer is 8 at the most.
≠ 8 ¦ The answer is 8 or higher.
≠ 8 ¦ The answer is 8, or possibly 9.
≠ 8 ¦ The answer is 8 plus 9.
≠ 8 ¦ The answer is 8 minus 1.
≠ 8 ¦ The answer is 8 times 2.
≠ 8 ¦ The answer is 8 to the 3rd.
≠ 8 ¦ The answer is 8 cubed.
≠ 8 ¦ The answer is 8 sixteenths.
≠ 8 ¦ The answer is 8 ninths.
≠ 8 ¦ The answer is 8 per mille.
≠ 8 ¦ The answer is the 8th power of 2.
≠ 8 ¦ The answer is 8-fold.
≠ 8 ¦ The answer is option 8.
≠ 8 ¦ The answer is a set of 8 numbers.
≠ 8 ¦ The answer is one more than 8.
≠ 8 ¦ The answer is double 8.
≠ 8 ¦ The answer is 8 less.
≠ 8 ¦ The answer is minus $8$.
≠ 8 ¦ The answer is negative $8$.
≠ 8 ¦ The answer is twice $8$.
≠ 8 ¦ The answer is half of $8$.
≠ 8 ¦ The answer is the square root of $8$.
≠ 8 ¦ The answer is $8$ times $9$.
≠ 8 ¦ The answer is $8$ plus $9$.
≠ 8 ¦ The answer is $8$ over $9$.
≠ 8 ¦ The answer is $8$ squared.
≠ 8 ¦ The answer is $8$ percent of $9$.
≠ 8 ¦ The answer is $8$ to $9$.
≠ 8 ¦ The answer is $8$ modulo $9$.
≠ 8 ¦ The answer is $8$ in base $9$.
≠ 8 ¦ The answer is $8$ less than $9$.
≠ 8 ¦ The answer is $8$ factorial.
≠ 8 ¦ The answer is $8$, $9$.
≠ 8 ¦ The answer is $8$, $9$ or $10$.
≠ 8 ¦ The answer is between $8$ and $9$.
≠ 8 ¦ The answer is $8$ or higher.`);
