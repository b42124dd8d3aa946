import { readPairs } from './read-pairs.js';

/** Responses made to mislead a grader: `=` where the gold is what they answer, `≠` where it is not; ⏎ is a line break. */
export const adversarialResponses = readPairs(String.raw`
≠ 12 ¦ The answer is definitely not 12.
≠ 12 ¦ The answer cannot be 12.
≠ 12 ¦ The answer isn't 12.
≠ 12 ¦ It is not 12 but 13.
= 13 ¦ It is not 12 but 13.
= 13 ¦ The answer is not 12 but 13.
= 13 ¦ The answer is 13, not 12.
≠ 12 ¦ The answer is 13, not 12.
≠ 12 ¦ The answer is greater than 12.
≠ 12 ¦ The answer is fewer than 12.
≠ 12 ¦ The answer is at most 12.
≠ 12 ¦ The answer is no less than 12.
≠ 12 ¦ The answer is up to 12.
≠ 12 ¦ The answer is between 12 and 15.
≠ 12 ¦ The answer is either 12 or 13.
≠ 12 ¦ The answer is 12 or 13.
≠ 12 ¦ The answer is one of 12 and 13.
≠ 12 ¦ The answer is 12 or more.
≠ 12 ¦ The answer is more than $12$.
≠ 12 ¦ There are more than 12.
≠ 12 ¦ There are at least 12 of them.
≠ 12 ¦ So the number is less than $12$.
≠ 12 ¦ So $x$ is not equal to $12$.
≠ 12 ¦ I think 12 is wrong.
≠ 12 ¦ 12 is not the answer.
≠ 12 ¦ 12 cannot be right.
≠ 12 ¦ We can rule out 12.
≠ 12 ¦ The answer could be anything from 12 to 20.
≠ 12 ¦ The answer is unknown.
≠ 12 ¦ We cannot determine it from 12 values.
≠ 12 ¦ The answer is undefined for n = 12.
= 12 ¦ The answer is exactly 12.
= 12 ¦ The answer is only 12.
= 12 ¦ The answer is therefore 12.
= 12 ¦ The answer is, therefore, 12.
= 12 ¦ The answer, then, is 12.
= 12 ¦ The answer to the question is 12.
= 12 ¦ The answer would be 12.
= 12 ¦ The answer must be 12.
= 12 ¦ Answer = 12
= 12 ¦ ANSWER: 12
= 12 ¦ Ans: 12
= 12 ¦ **Final Answer**: 12
= 12 ¦ ### Final Answer⏎⏎12
= 12 ¦ Final answer:⏎$$12$$
= 12 ¦ The final answer is: $\boxed{12}$
= 15 ¦ Final Answer: In 5 days she reads 15 pages.
≠ 5 ¦ Final Answer: In 5 days she reads 15 pages.
= 20 ¦ Final Answer: The perimeter of square $ABCD$ is 20.
= 20 ¦ Final answer: The value of $f(3)$ is 20.
≠ 3 ¦ Final answer: The value of $f(3)$ is 20.
= 20 ¦ The answer is that $x$ equals 20.
= 20 ¦ Final Answer: $n$ must be 20.
= 7 ¦ Final answer: For $k=2$ we get $7$.
≠ 2 ¦ Final answer: For $k=2$ we get $7$.
= 9 ¦ The answer is: of the 12 apples, 9 are red.
= 9 ¦ The answer is: 12 minus 3 is 9.
= 9 ¦ The answer is 12 - 3 = 9.
= 9 ¦ The answer is $12-3=9$.
= 100 ¦ Final Answer: The price increases by 100 dollars.
= 25 ¦ Final answer: 25% of the students passed.
= 0.6 ¦ Final answer: The probability is 3/5.
= 18 ¦ Final Answer: Janet earns $18 each day by selling eggs.
= 18 ¦ Final Answer: Janet earns \$18 per day.
= 6 ¦ The answer is $x=6$ cm.
= 48 ¦ Final Answer: 48 square units.
= 72 ¦ She sold 48/2 = $24$ clips in May. In total she sold 72 clips.
≠ 24 ¦ She sold 48/2 = $24$ clips in May. In total she sold 72 clips.
= 9 ¦ We have $x+3 = 12$. Hence x is 9.
≠ 12 ¦ We have $x+3 = 12$. Hence x is 9.
= 30 ¦ He reads 10 pages a day for 3 days, so he reads 30 pages.
= 30 ¦ He reads 10 pages a day, so in 3 days he reads 30 pages.
≠ 3 ¦ He reads 10 pages a day, so in 3 days he reads 30 pages.
= 30 ¦ Thus he reads 30 pages in 3 days.
= 14 ¦ There are 8 boys and 6 girls, making 14 children in total.
= 14 ¦ Total: 14
= 14 ¦ = 14
= 14 ¦ 8 + 6 = 14 children
= 14 ¦ So, there are 14 children (8 boys and 6 girls).
= 14 ¦ The total number of children is 8 + 6 = 14.
= 14 ¦ The class has 14 children because 8 + 6 = 14.
= 42 ¦ #### 42⏎The result is consistent with the constraints.
= 42 ¦ #### 42⏎⏎This solution is correct.
= 7 ¦ The answer is 7. The result is verified by substitution: 3+4 = 7.
= 7 ¦ The answer is 7. Note that the solution is unique because 3 is odd.
= 7 ¦ The answer is 7. This result is due to 3 cases.
= 7 ¦ The result is 7.
= 7 ¦ The solution is $x = 7$.
= 7 ¦ So the solution is x = 7. This is the final one.
= 7 ¦ The answer is 7. The answer is correct.
= 7 ¦ A: 7⏎The solution is complete.
= 72 ¦ The answer is 72, in total, so we are done.
= 12 ¦ The answer is 12 (since 3 times 4 is 12).
= 12 ¦ The answer is 12 (i.e. a dozen).
= 12 ¦ Answer: 12, because 3*4=12
= 12 ¦ Answer: 12 since it fits
= 12 ¦ #### 12 (since 3 × 4 = 12)
= 12 ¦ The answer is 12, which is even.
= 12 ¦ The answer is 12 — as required.
= 12 ¦ The answer is 12, as desired.
= 12 ¦ The answer is $12$ (a dozen).
= yes ¦ The answer is yes, because 3 is odd.
= 2,3 ¦ So $x=\boxed{2}$ and $y=\boxed{3}$.
= (2,3) ¦ Thus \(x = \boxed{2}\), \(y = \boxed{3}\).
≠ 2 ¦ $x=\boxed{2}$ and $y=\boxed{3}$
= 3 ¦ First $\boxed{2}$. Later we find $\boxed{3}$.
= 2, 3 ¦ $\boxed{2}$ or $\boxed{3}$
= 3 ¦ Not $\boxed{2}$ but $\boxed{3}$
≠ 2 ¦ The answer is not $\boxed{2}$.
= 2 ¦ $\boxed{2}$
= x=2 ¦ $x = \boxed{2}$
= B ¦ The answer is (B).
= B ¦ The answer is B) 12.
= B ¦ The correct option is B.
= B ¦ Answer: B
= B ¦ \boxed{\text{B}}
= B ¦ \boxed{\textbf{(B)}\ 12}
= 12 ¦ \boxed{\textbf{(B)}\ 12}
≠ A ¦ The answer is \boxed{\textbf{(B)}\ 12}
= B ¦ The answer is option B: 12.
= B ¦ So the correct choice is (B) 12.
≠ C ¦ So the correct choice is (B) 12.
= D ¦ Therefore, the answer is **D. 5**
= 9, 10 ¦ Final answer: 9 chickens and 10 rabbits
≠ 10 ¦ Final answer: 9 chickens and 10 rabbits
= 3, 5 ¦ The answer is $3$ and $5$.
≠ 3 ¦ The answer is $3$ and $5$.
= 3 and 5 ¦ The answer is 3 and 5.
≠ 2 ¦ The code is AZYUK2A.
≠ 2 ¦ The product is CO2.
= 5 ¦ On the 3rd day there are 5 left.
≠ 3 ¦ On the 3rd day there are 5 left.
≠ 2013 ¦ The date is 2024-07-04.
≠ 12 ¦ She needs 12.5 meters.
= 1200 ¦ She pays $1,200.
≠ 1 ¦ She pays $1,200.
= 0.5 ¦ The probability is 1/2.
= 50 ¦ It is 50%.
= -5 ¦ The temperature is -5 degrees.
≠ 5 ¦ The temperature is -5 degrees.
≠ 5 ¦ It is 5 degrees below zero.
= 7 ¦ Is it 5? No, the answer is 7.
= 7 ¦ The answer is 5? No. It is 7.
≠ 5 ¦ The answer is 5? No. It is 7.
= 12 ¦ Let me double-check: 3*4=12. Yes. \boxed{12}
= 12 ¦ \boxed{12} is the answer, since 5 > 3.
= 12 ¦ {"answer": "12"}
= 12 ¦ <answer>12</answer>
≠ 12 ¦ <answer>13</answer>
= 12 ¦ The answer is: 12</h4>
= 12 ¦ <h2>The answer is $12$</h2>
≠ 2 ¦ <h2>The answer is $12$</h2>
= 12 ¦ <h1>12</h1>
≠ 1 ¦ <h1>12</h1>
= 12 ¦ The answer is: 12dollars.$$</h4>
= 12 ¦ The answer is <font size=3>12</font>
≠ 3 ¦ The answer is <font size=3>12</font>
= 12 ¦ <div>#### 12</div>
= 12 ¦ Therefore the answer is 12 dollars
≠ 12 ¦ Therefore the answer is 12 dozen.
≠ 12 ¦ So she bought 12 dozen eggs.
≠ 12 ¦ She bought 12 million shares.
= 12000000 ¦ She bought 12 million shares.
= 12 ¦ The answer is twelve.
= 12 ¦ The number of ways is $\binom{12}{1}=12$.
≠ 12 ¦ It is 3 more than 12.
≠ 12 ¦ The answer is 12 less than y.
= 12 ¦ Half of 24 is 12.
≠ 24 ¦ Half of 24 is 12.
= \text{even} ¦ The answer is even.
≠ even ¦ The number is odd.
= no solution ¦ The answer is no solution.
= no solution ¦ Answer: There is no solution.
≠ 5 ¦ x = 5 or x = 7
= 5,7 ¦ So x = 5 or x = 7.
≠ 5 ¦ The two answers are 5 and 7.
= 12 ¦ \[12\]
= 12 ¦ $$x=12$$
≠ 12 ¦ Thus, $x=12$ or $x=-12$.
≠ 12 ¦ Thus $x \ge 12$.
≠ 12 ¦ Hence, $x \neq 12$.
= 4 ¦ The maximum is 4, attained at x = 2.
≠ 2 ¦ The maximum is 4, attained at x = 2.
= 1/2 ¦ The probability is one half.
= 3/4 ¦ The probability is three quarters.
≠ 1/2 ¦ The probability is not one half.
= 7 ¦ Final Answer: Out of 10 students, 7 passed.
≠ 10 ¦ Final Answer: Out of 10 students, 7 passed.
= 2 ¦ There are 2 solutions: 3 and 5.
= 24 ¦ So the area of the triangle with base 8 and height 6 is 24.
≠ 6 ¦ So the area of the triangle with base 8 and height 6 is 24.
≠ 12 ¦ Answer: none of 12, 13, 14
≠ 12 ¦ Anything but 12.
≠ 12 ¦ 答えは12ダースです。
= 21 ¦ The remainder is 21 when divided by 50.
≠ 2021 ¦ The population was 5000 in 2021.`);
