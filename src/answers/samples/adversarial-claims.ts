import { readPairs } from './read-pairs.js';

/** Responses with opinions of others, corrections, several unknowns, examples and parallel clauses. */
export const adversarialClaims = readPairs(String.raw`
≠ 7 ¦ I'd say 7, but honestly I have no idea.
≠ 7 ¦ The answer might be 7 (I couldn't verify this).
≠ 7 ¦ Not sure, but 7?
≠ 7 ¦ I doubt that the answer is 7.
≠ 7 ¦ It seems unlikely that the answer is 7.
≠ 7 ¦ We have no proof that it is 7.
= 7 ¦ I am sure that the answer is 7.
= 7 ¦ I'm fairly confident the answer is 7.
= 7 ¦ It seems that the answer is 7.
= 7 ¦ I believe the answer is 7.
= 7 ¦ I think it is 7.
= 7 ¦ We get 7 as the final result.
= 7 ¦ Let's verify: 3 + 4 = 7. So the answer is 7.
= 7 ¦ Checking: 3 + 4 = 7, so x = 7 works.
= 7 ¦ If we add them, we get 7.
= 7 ¦ If there are 3 boys and 4 girls, then there are 7 children.
= 7 ¦ Suppose x is the number of apples. Then x + 3 = 10, so x = 7.
= 7 ¦ Let x be the number of apples; x = 7.
= 7 ¦ Assuming each week has 5 school days, she works 7 weeks.
= 7 ¦ Considering both cases, the total number is 7.
= 7 ¦ Since 14/2 = 7, the answer is 7.
= 7 ¦ We need 7 more eggs.
= 7 ¦ They need to buy 7 boxes.
= 7 ¦ We want the smallest n, which is 7.
= 7 ¦ To find x we subtract 3 from 10, giving 7.
= 7 ¦ We need to find x. We have x + 3 = 10, so x = 7.
= 7 ¦ Given that x + 3 = 10, we find x = 7.
= 7 ¦ Given that $x + 3 = 10$, we find $x = 7$.
= 7 ¦ We are given that $x + 3 = 10$, so $x = 7$.
= 7 ¦ As we are told that she had 10 apples and gave away 3, she has 7 left.
= 7 ¦ But 8 does not work, so the answer is 7.
= 7 ¦ $x = -1$ is extraneous, so $x = 7$.
= 7 ¦ The only solution is 7, since -1 is extraneous.
= 7 ¦ The solution -1 is extraneous and hence x = 7.
= 7 ¦ x = 8 leads to a contradiction. Hence x = 7.
≠ 8 ¦ x = 8 leads to a contradiction. Hence x = 7.
≠ 8 ¦ x = 8 leads to a contradiction.
≠ 8 ¦ Assume x = 8. Contradiction!
≠ 8 ¦ Assume for contradiction that $x = 8$.
≠ 8 ¦ Were it 8, the sum would be odd.
≠ 8 ¦ Had the answer been 8, we would be done.
≠ 8 ¦ The book says 8, but that is a misprint.
= 9 ¦ The book says 8, but that is a misprint; it is 9.
= 9 ¦ My first answer was 8, but the right one is 9.
= 9 ¦ I initially got 8. After correcting the sign error, I get 9.
= 9 ¦ The answer is 8. Actually, that's not right. The answer is 9.
= 9 ¦ Answer: 8⏎⏎Wait, I miscounted.⏎⏎Answer: 9
≠ 8 ¦ Answer: 8⏎⏎Wait, I miscounted.⏎⏎Answer: 9
= 9 ¦ The answer is 8. Correction: the answer is 9.
= 9 ¦ **8** — no wait, **9**.
= 9 ¦ 8? No, 9.
≠ 8 ¦ 8? No, 9.
≠ 8 ¦ Is it 8? Probably not.
= 9 ¦ The answer is 9 (not 8).
≠ 8 ¦ The answer is 9 (not 8).
= 9 ¦ The answer is 9, not 8 as one might expect.
= 9 ¦ The answer is 9 instead of 8.
= 9 ¦ It is 9, as opposed to 8.
= 9 ¦ Not 8, but 9.
≠ 8 ¦ Not 8, but 9.
≠ 8 ¦ Anything other than 8.
≠ 8 ¦ The answer is other than 8.
≠ 8 ¦ a number larger than 8
≠ 8 ¦ slightly less than 8
≠ 8 ¦ just under 8
≠ 8 ¦ a bit more than $8$
≠ 8 ¦ The limit is 8 from above? No, it diverges.
≠ 8 ¦ no more than 8 apples
≠ 8 ¦ as many as 8
≠ 8 ¦ as few as 8
≠ 8 ¦ 8 is the lower bound.
≠ 8 ¦ 8 is an upper bound for the answer.
≠ 8 ¦ The answer is bounded above by 8.
≠ 8 ¦ The answer exceeds 8.
≠ 8 ¦ The answer is smaller than 8 by 2.
≠ 8 ¦ The answer is 2 less than 8.
≠ 2 ¦ The answer is 2 less than 8.
≠ 8 ¦ Three times 8.
= 24 ¦ Three times 8 is 24.
≠ 8 ¦ The answer is 8 times as large.
≠ 8 ¦ 8 times 3
= 24 ¦ 8 times 3
≠ 8 ¦ The answer is 8 divided by 3.
= 8/3 ¦ The answer is 8 divided by 3.
≠ 8 ¦ The answer is 8 plus 3.
≠ 8 ¦ eight thirds
= 8/3 ¦ eight thirds
≠ 8 ¦ The answer is eight and a half.
= 8.5 ¦ The answer is eight and a half.
≠ 8 ¦ The answer is 8 and 1/2.
= 8.5 ¦ The answer is 8 and 1/2.
= 8.5 ¦ The answer is 8 1/2.
≠ 8 ¦ The answer is 8 hundred.
= 8\% ¦ The answer is 8%.
= 8\% ¦ The rate is 8 percent.
≠ 8\% ¦ The rate is 80 percent.
≠ 8 ¦ The vertices are (1, 2) and (3, 8).
= (1,2),(3,8) ¦ The vertices are (1, 2) and (3, 8).
≠ 8 ¦ The segment goes from (1, 2) to (3, 8).
≠ 8 ¦ The vector is (1, 2, 8).
≠ 8 ¦ The vector is [1, 2, 8].
≠ 8 ¦ The vector is i + 2j + 8k.
≠ 8 ¦ The complex number is 3 + 8i.
≠ 3 ¦ The complex number is 3 + 8i.
≠ 8 ¦ The polynomial is x^2 - 8.
≠ 8 ¦ The parabola is y = x^2 + 8.
= y=x^2+8 ¦ The parabola is y = x^2 + 8.
≠ 8 ¦ The line is x + y = 8.
≠ 8 ¦ The line is $x + y = 8$.
= x+y=8 ¦ The line is $x + y = 8$.
≠ 8 ¦ The equation of the circle is $x^2 + y^2 = 8$.
≠ 8 ¦ We obtain the equation $2x + 3y = 8$.
≠ 8 ¦ We have the constraint a + b = 8.
= 8 ¦ Hence a + b = 8.
= 8 ¦ Hence $a + b = 8$.
= 8 ¦ So 2x + y = 8.
≠ 8 ¦ The asymptote is the line y = 8x.
= 8 ¦ The line x = 8 passes through it, so x is 8.
= y=8 ¦ The asymptote is y = 8.
= 8 ¦ The asymptote is y = 8.
≠ 8 ¦ Tom is 5 and Ann is 8.
≠ 8 ¦ Tom has 5 apples, Ann has 8 apples.
= 13 ¦ Tom has 5 apples and Ann has 8 apples, so together they have 13 apples.
= 13 ¦ Tom has 5 apples and Ann has 8, and the total is 13.
= 13 ¦ Tom has 5 apples and Ann has 8 apples. Together they have 13.
= 8 ¦ Tom has 5 apples. Ann has 3 more apples, so Ann has 8 apples.
= 8 ¦ Since Tom has 5 apples, Ann has 8 apples.
= 8 ¦ Tom has 5 apples while Ann has 3 more, i.e. 8.
≠ 8 ¦ The base is 5 and the height is 8.
= 40 ¦ The base is 5 and the height is 8, so the area is 40.
≠ 8 ¦ p = 5 and q = 8
≠ 8 ¦ p = 5, q = 8
= 40 ¦ p = 5 and q = 8, so pq = 40
= 40 ¦ p = 5 and q = 8, hence the product is 40.
≠ 8 ¦ $p = 5$, $q = 8$
= (5,8) ¦ $p = 5$, $q = 8$
≠ 8 ¦ We have \(p = 5\) and \(q = 8\).
= p=5,q=8 ¦ We have \(p = 5\) and \(q = 8\).
= 8 ¦ When $p = 5$, $q = 8$.
= 8 ¦ For $p = 5$ we get $q = 8$.
≠ 8 ¦ a is 5 and b is 8
≠ 8 ¦ a equals 5, b equals 8
≠ 8 ¦ The quotient is 5 and the remainder is 8.
= 8 ¦ Dividing by 9 the quotient is 5, so the remainder is 8.
≠ 8 ¦ The quotient is 5 with remainder 8.
≠ 5 ¦ The quotient is 5 with remainder 8.
≠ 5 ¦ 5 remainder 8
≠ 5 ¦ 5 R 8
≠ 8 ¦ The lengths are 5, 6 and 8.
≠ 8 ¦ It's 5 or 8.
≠ 8 ¦ 5 or 8
= 5,8 ¦ 5 or 8
≠ 8 ¦ 5 and 8
≠ 8 ¦ 5, 8
≠ 5 ¦ 5, 8
≠ 8 ¦ 5; 8
≠ 8 ¦ 5/8
≠ 5 ¦ 5/8
≠ 8 ¦ 5:8
≠ 8 ¦ 5 - 8
≠ 8 ¦ 5-8
≠ 8 ¦ -8
≠ 8 ¦ minus eight
≠ 8 ¦ 08:00
≠ 8 ¦ 8:30 am
≠ 8 ¦ 8 AM to 9 AM
≠ 8 ¦ May 8
≠ 8 ¦ 8°C below zero
≠ 8 ¦ 8 cm^2 ± 1
≠ 8 ¦ 8 ± 0.5
≠ 8 ¦ about 8.2
≠ 8 ¦ 8.0001
≠ 8 ¦ 8,000
≠ 8 ¦ 8k
≠ 8 ¦ 8e3
≠ 8 ¦ 8!
≠ 8 ¦ $8!$
≠ 8 ¦ √8
≠ 8 ¦ $\sqrt{8}$
≠ 8 ¦ 8^2
≠ 8 ¦ 8²
≠ 8 ¦ 2^8
≠ 8 ¦ 8_9 + 1
≠ 8 ¦ log 8
≠ 8 ¦ |x| = 8
≠ 8 ¦ x^2 = 8
≠ 8 ¦ 2x = 8
≠ 8 ¦ $2x = 8$
= 4 ¦ $2x = 8$, so $x = 4$.
≠ 8 ¦ x > 8
≠ 8 ¦ x < 8
≠ 8 ¦ x is at least 8
≠ 8 ¦ all x with x > 8
≠ 8 ¦ all integers from 1 to 8
≠ 8 ¦ the integers 1 through 8
≠ 8 ¦ 1, 2, …, 8
≠ 8 ¦ {1, ..., 8}
≠ 8 ¦ the first 8 primes
≠ 8 ¦ Let n = 8.
≠ 8 ¦ Take n = 8 for example.
≠ 8 ¦ For example, 8.
≠ 8 ¦ For instance, x = 8 works, as does x = 9.
≠ 8 ¦ One solution is 8, the other is 9.
≠ 9 ¦ One solution is 8, the other is 9.
= 8,9 ¦ One solution is 8, the other is 9.
≠ 9 ¦ One root is 8 and the other root is 9.
≠ 8 ¦ 8 is one of the solutions.
≠ 8 ¦ Among the solutions is 8.
= 8 ¦ 8 is the only solution.
= 8 ¦ The one and only answer is 8.
≠ 8 ¦ To be determined: 8 or more.
≠ 8 ¦ 8 apples are not enough.
≠ 8 ¦ 8 is too small.
≠ 8 ¦ I counted 8, which is wrong.
≠ 8 ¦ I counted 8. That's wrong.
≠ 8 ¦ I got 8, which can't be right.
≠ 8 ¦ I got $8$, which cannot be right.
= \text{no solution} ¦ Therefore there are no solutions.
= \text{no solution} ¦ Thus the equation has no real solutions.
= \emptyset ¦ The solution set is the empty set.
= \text{Yes} ¦ Yes.
= \text{even} ¦ The function is even.
= \infty ¦ The limit is infinity.
= \infty ¦ The limit diverges to infinity.
= -\infty ¦ The limit is negative infinity.
= 0 ¦ The limit is zero.
= 0 ¦ There are no such numbers, so the answer is 0.
= 1 ¦ There is only one such number.
= 2 ¦ There are two such numbers.
= 2 ¦ There are exactly two.
= \frac{5}{8} ¦ The fraction is five eighths.
= \frac{5}{8} ¦ It's 5/8 of the cake.
= \frac58 ¦ The probability is 5 in 8.`);
