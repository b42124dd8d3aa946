import { readPairs } from './read-pairs.js';

/** Responses with measures in two units, dates, ranges, bases, names of roots, and operations said in words. */
export const adversarialSentences = readPairs(String.raw`
≠ 12 ¦ The condition is n >= 12.
≠ 12 ¦ The condition is n != 12.
≠ 12 ¦ The inequality is 3 < x < 12.
≠ -3 ¦ Rejecting $x = -3$, we have $x = 12$.
= 12 ¦ The only solution is $x = 12$ (the other root $x = -3$ is rejected).
= 12-5i ¦ The complex number is 12 - 5i.
≠ 12 ¦ The dimensions are 3 × 12.
= 2 ¦ Thus, $x = 2$ or $x = 2$ again.
≠ 5 ¦ The solutions are $3$ and $5$.
= 3,5 ¦ The solutions are $3$ and $5$.
≠ 5 ¦ The roots are $x_1 = 3$ and $x_2 = 5$.
= 3,5 ¦ The roots are $x_1 = 3$ and $x_2 = 5$.
= 3,5 ¦ The roots are $3, 5$.
= (3,5) ¦ So (x, y) = (3, 5).
≠ 5 ¦ So (x, y) = (3, 5).
= 3,5 ¦ So x ∈ {3, 5}.
≠ 5 ¦ So x ∈ {3, 5}.
≠ 2 ¦ Therefore $x \in (1, 2)$.
≠ 2 ¦ Therefore $x \le 2$.
≠ 2 ¦ Therefore $x$ is at most $2$.
≠ 2 ¦ Therefore the answer is at least $2$.
≠ 2 ¦ Therefore it is not $2$.
≠ 2 ¦ Therefore $2$ is impossible.
≠ 2 ¦ Therefore it lies between $1$ and $2$.
≠ 2 ¦ The expression equals $\frac{1}{2}$.
≠ 2 ¦ The expression equals $x^2$.
≠ 2 ¦ The expression equals $\sqrt{2}$.
= \sqrt2 ¦ The expression equals $\sqrt{2}\approx 1.414$.
= \sqrt2 ¦ The expression equals $\sqrt{2}$, or about $1.414$.
= \sqrt2 ¦ The expression equals $\sqrt{2}$ (approximately $1.414$).
= \sqrt2 ¦ The expression equals $\sqrt{2}$ ($\approx 1.414$).
= \frac12 ¦ The probability is $\frac{1}{2} = 50\%$.
= \frac12 ¦ The probability is $\frac{1}{2}$, i.e., $50\%$.
= \frac12 ¦ The probability is $\frac{1}{2}$ or $0.5$.
= 6 ¦ Hence there are $3! = 6$ ways.
= 6 ¦ Hence there are $\boxed{3! = 6}$ ways.
= 6 ¦ Hence there are $3 \cdot 2 = \boxed{6}$ ways.
= 6 ¦ Hence $n = \boxed{6}$ is the answer to problem $3$.
≠ 3 ¦ Hence $n = \boxed{6}$ is the answer to problem $3$.
= 6 ¦ \boxed{6}⏎⏎#### 6
≠ 7 ¦ \boxed{6}⏎⏎#### 7
= 6 ¦ \boxed{n = 6}
= 6 ¦ \boxed{\text{The answer is } 6}
= 6 ¦ \boxed{\text{Answer: } 6}
= 6 ¦ \boxed{6 \text{ ways}}
= 6 ¦ \boxed{6\ \text{ways}}
= 6 ¦ \boxed{\textbf{(B)}\ 6}
= B ¦ \boxed{\textbf{(B)}\ 6}
= B ¦ \boxed{(B) 6}
= B ¦ \boxed{\text{B}}
≠ C ¦ \boxed{\textbf{(B)}\ C}
= (1,2) ¦ \boxed{(1,2)}
= (1,2) ¦ \boxed{x=1, y=2}
= (1,2) ¦ \boxed{x=1}, \boxed{y=2}
= (1,2) ¦ $x = \boxed{1}$ and $y = \boxed{2}$
= 1,2 ¦ \boxed{1} and \boxed{2}
= 1,2 ¦ \boxed{1,2}
= \frac{1}{2} ¦ \boxed{\dfrac12}
= \frac{1}{2} ¦ \boxed{\frac{1}{2}}.
= \frac{1}{2} ¦ \boxed{1/2}
= \frac{1}{2} ¦ \boxed{0.5}
= \frac{1}{2} ¦ $\boxed{\frac{1}{2}}$$
= \frac{1}{2} ¦ The final answer is $\boxed{\frac{1}{2}}$. I hope it is correct.
= \text{A} ¦ After consideration, the answer is **A**: because B is wrong.
= A ¦ A
= A ¦ A.
= A ¦ (A)
= A ¦ Option A
= A ¦ The answer is A) 5 apples
= A ¦ Therefore, option A is correct.
≠ A ¦ Therefore, option A is incorrect, so B.
≠ A ¦ Both A and B are correct.
≠ B ¦ Both A and B are correct.
≠ A ¦ A is not correct; the answer is C.
= C ¦ A is not correct; the answer is C.
= D ¦ The correct answer is **D. None of the above**
= D ¦ Answer: D. 12
= D ¦ Answer: (D)
= D ¦ Answer: \boxed{D}
= D ¦ Answer: $D$
= D ¦ Answer: D⏎⏎Explanation: A, B, C are wrong.
≠ C ¦ Answer: D⏎⏎Explanation: A, B, C are wrong.
= D ¦ answer: d
= 1.5 ¦ It takes 1.5 hours (90 minutes).
= 90 ¦ It takes 90 minutes (1.5 hours).
= 90 ¦ It takes 1.5 hours = 90 minutes.
= 1\text{ hour }30\text{ minutes} ¦ It takes 1 hour and 30 minutes.
≠ 30 ¦ It takes 1 hour and 30 minutes.
≠ 1 ¦ It takes 1 hour and 30 minutes.
≠ 30 ¦ It takes 1 hour 30 minutes.
≠ 6 ¦ He is 5 feet 6 inches tall.
≠ 5 ¦ He is 5 feet 6 inches tall.
≠ 50 ¦ It costs 3 dollars and 50 cents.
≠ 3 ¦ It costs 3 dollars and 50 cents.
≠ 3 ¦ It weighs 3 1/2 pounds.
≠ 1/2 ¦ It weighs 3 1/2 pounds.
= 3.5 ¦ It weighs 3 1/2 pounds.
= 3.5 ¦ It weighs 3½ pounds.
≠ 3 ¦ It weighs 3½ pounds.
≠ 3 ¦ It weighs 3 and a half pounds.
= 3.5 ¦ It weighs 3 and a half pounds.
≠ 3 ¦ It is three point five.
≠ 2 ¦ It is two thirds.
= 2/3 ¦ It is two thirds.
≠ 3 ¦ It is 3 hundred.
= 300 ¦ It is 3 hundred.
≠ 20 ¦ It is 20 percent less than 50, i.e. 40.
= 40 ¦ It is 20 percent less than 50, i.e. 40.
≠ 4 ¦ It happens on 4 July 2020.
≠ 2020 ¦ It happens on 4 July 2020.
= \text{July 4} ¦ It happens on July 4.
≠ 4 ¦ It happens on July 4.
≠ 4 ¦ It happens on July 4th.
≠ 4 ¦ The answer is July 4.
≠ 10 ¦ The answer is 10 a.m.
≠ 10 ¦ The meeting is at 10 am.
≠ 10 ¦ The answer is 10^{-3}.
≠ 10 ¦ The number is 10⁵.
≠ 5 ¦ The number is 10⁵.
= 10^5 ¦ The number is 10⁵.
≠ 2 ¦ The formula is H₂O.
≠ 1 ¦ The value is x₁.
≠ 8 ¦ The number is 1010_8.
≠ 1010 ¦ The number is 1010_8.
≠ 1010 ¦ The number is 1010 in base 2.
≠ 2 ¦ The number is 1010 in base 2.
≠ 1010 ¦ The number is 1010 (base 2).
≠ 12 ¦ The remainder is 12 mod 5.
≠ 5 ¦ The remainder is 12 mod 5.
≠ 4 ¦ There are 4x as many.
≠ 4 ¦ It is 4 times 3.
≠ 3 ¦ It is 4 times 3.
≠ 3 ¦ It equals 4 plus 3.
≠ 3 ¦ It equals 4 + 3.
≠ 4 ¦ It equals 4 + 3.
≠ 3 ¦ It equals 4/3.
≠ 3 ¦ It equals 4 over 3.
≠ 4 ¦ It equals 4 divided by 3.
≠ 3 ¦ It equals 4 divided by 3.
≠ 3 ¦ It equals 4 minus 3.
≠ 4 ¦ It equals 4 minus 3.
≠ 4 ¦ It equals 4 squared.
≠ 4 ¦ It equals 4 factorial.
≠ 4 ¦ It equals half of 4.
≠ 4 ¦ It equals twice 4.
≠ 4 ¦ It is 4 less than 10.
≠ 10 ¦ It is 4 less than 10.
≠ 4 ¦ It is 4 or 5.
≠ 5 ¦ It is 4 or 5.
≠ 4 ¦ It is either 4 or 5.
≠ 5 ¦ It is either 4 or 5.
≠ 5 ¦ It is between 4 and 5.
≠ 4 ¦ It is around 4.5.
≠ 5 ¦ It is less than or equal to 5.
≠ 5 ¦ I am not sure, but maybe 5?
≠ 5 ¦ Could it be 5?
= 12 ¦ The product 3 × 4 equals 12.
= 12 ¦ 3 times 4 is 12.
= 12 ¦ It is 12 over the weekend.
= 12 ¦ She scored 12 over 3 games.
= 12 ¦ The area is 12 square meters.
= 12 ¦ The base is 12 and the height is 5, so the base is 12.
= 12 ¦ The base 12 is the answer.
= 12 ¦ He had twice 6, that is 12.
= 12 ¦ Half of 24 is 12.
= 12 ¦ Between 5 and 17 there are 12 steps.
= 12 ¦ Either way, the result is 12.
= 12 ¦ On May 5, he had 12 apples.
= 12 ¦ He had 12 apples on May 5.
= 12 ¦ He ate 12 on May 5.
= 12 ¦ At 10 am there were 12 people.
= 12 ¦ There were 12 people at 10 am.
= 12 ¦ By 5 pm she had sold 12.
= 12 ¦ She worked 12 hours from 9 am to 9 pm.
= 12 ¦ She worked from 9 am to 9 pm, which is 12 hours.
= 12 ¦ In 2020 there were 12.
= 12 ¦ He used 3 feet 6 inches of it 12 times.
= 12 ¦ He may be 12.
= 12 ¦ It may 12.
= 12 ¦ He is 12 years old.
= 12 ¦ She is 12 years older than him.
= 12 ¦ Their ages differ by 12 years.
= 12 ¦ The price went down by 12 dollars.
= 12 ¦ The price is down 12 dollars.
= 12 ¦ The smallest number not less than 11.5 is 12.
= 12 ¦ The least common multiple of 3 and 4 is 12.
= 12 ¦ The numbers 3 and 4 multiply to 12.
= 12 ¦ Of the numbers 11, 12 and 13, the answer is 12.
= 12 ¦ The 3 people pay 4 each, 12 in total.
= 12 ¦ In total 12.
= 12 ¦ Total: 12
= 12 ¦ Total = 12
= 12 ¦ Total cost: $12
= 12 ¦ The cost comes to $12.
= 12 ¦ It will be 12 in base ten.
= 12 ¦ Therefore there are twelve.
= 12 ¦ She needs 12 more than 3 dollars.
= 12 ¦ There are exactly 12 such numbers.
= 12 ¦ There are 12 numbers between 1 and 20.
= 12 ¦ Between 1 and 20 there are 12 numbers.
= 12 ¦ There are 12 integers from 5 to 16.
= 12 ¦ There are 12 integers between 5 and 16, inclusive.
= 12 ¦ The number of integers between 5 and 16 is 12.
= 12 ¦ The number of ways to choose 2 or 3 is 12.
= 12 ¦ He saves 12% per year.
= 12 ¦ That is 12 per day for 3 days.
= 12 ¦ That is 12 per day, 36 over 3 days, so 12 per day.
= 3 ¦ x + 2 = 5, so x = 3.
= 3 ¦ If x + 2 = 5, then x = 3.
= 3 ¦ x = 5 - 2 = 3
= 3 ¦ x equals 5 minus 2, so it is 3.
= 3 ¦ There are 5 - 2 = 3 left.
= 3 ¦ After giving 2 of 5 away he has 3.
= 3 ¦ $5 - 2 = 3$, so he has 3 left.
= 3 ¦ He has $5 - 2 = 3$ left.
= 3 ¦ He has 5-2=3 left.
= 3 ¦ He has 5−2=3 left.
= 3 ¦ 5-2 is 3
= 3.5 ¦ He needs 3 1/2 cups.
= 3.5 ¦ He needs 3.5 cups (3 1/2).
= 10 ¦ It ends at page 10.
= 10 ¦ It ends at 10.
= 10:00 ¦ It ends at 10:00.
= 9 ¦ The answer is 9 since 3^2 = 9.
= 9 ¦ 3^2 = 9
= 9 ¦ The square of 3 is 9.
= 9 ¦ 3 squared is 9.
= 9 ¦ 3 squared equals 9.
= 9 ¦ The value of 3² is 9.
= 9 ¦ So 3² = 9.
= 2 ¦ log_3(9) = 2
= 2 ¦ The value of log_3(9) is 2.
= 2 ¦ log base 3 of 9 is 2.
= 10 ¦ 1010 in base 2 is 10.
= 10 ¦ 1010 in base 2 is 10 in base 10.
= 1010_2 ¦ The number is 1010_2.
= 1 ¦ 12 mod 11 = 1
= 1 ¦ 12 mod 11 is 1.
= 1 ¦ The remainder of 12 mod 11 is 1.
= 6 ¦ 3 factorial is 6.
= 6 ¦ 3! = 6
= 6 ¦ So 3! is 6.
= -4 ¦ The value is negative 4.
= -4 ¦ So the answer is negative four.
= -4 ¦ So the answer is negative 4.
= 4 ¦ 10 minus 6 is 4.
= 4 ¦ The difference 10 - 6 is 4.
= 5/6 ¦ 1/2 + 1/3 = 5/6
= 5/6 ¦ 1/2 + 1/3 is 5/6.
= 5/6 ¦ The sum of 1/2 and 1/3 is 5/6.
= 40 ¦ 40% of 100 is 40.
= 120 ¦ 2 hours 0 minutes is 120 minutes.
= 120 ¦ 2 hours equals 120 minutes.
= 120 ¦ 1 hour 60 minutes equals 120 minutes.`);
