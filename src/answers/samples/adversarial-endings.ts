import { readPairs } from './read-pairs.js';

/** What stands behind, before or around the value of the last sentence: bounds, purposes, parts, names in formulas, the next question. */
export const adversarialEndings = readPairs(String.raw`
≠ 12 ¦ The answer is somewhere near 12.
≠ 12 ¦ The answer is close to 12.
≠ 12 ¦ The final answer is $|x| = 12$.
≠ 12 ¦ Final answer: $|x| = 12$
≠ 12 ¦ The final answer is $2x = 12$.
≠ 12 ¦ The final answer is $x^2 = 12$.
≠ 12 ¦ There is no answer with 12 students.
≠ 10 ¦ First part: 9; second part: 10
= 9, 10 ¦ First part: 9; second part: 10
≠ 10 ¦ Part (a): 9. Part (b): 10.
≠ 10 ¦ The answer is 9 for the first part and 10 for the second part.
≠ 8 ¦ The answer is a minimum of 8.
≠ 8 ¦ The answer is a maximum of 8.
≠ 8 ¦ It takes a minimum of 8 steps.
≠ 8 ¦ a minimum of 8
≠ 8 ¦ Final answer: 8+
≠ 12 ¦ The answer is $12$... wait, $15$.
≠ 12 ¦ I first thought the answer is 12, but it is actually 15.
≠ 12 ¦ It is tempting to answer 12, but that double counts.
≠ 12 ¦ Many people would say 12.
≠ 12 ¦ I'm not sure, but maybe 12.
≠ 12 ¦ {"answer": 13, "attempts": 12}
= 12 ¦ The answer is 12.⏎⏎Question: What is 3 + 4?⏎Answer: 7
= 12 ¦ The value of x is therefore twelve.
= 12 ¦ Therefore he will have $12 left after buying 3 shirts.
= 12 ¦ It takes Jim 12 minutes to walk 3 miles.
≠ 3 ¦ It takes Jim 12 minutes to walk 3 miles.
= 12 ¦ We conclude that the length of $AB$ is 12.
= C ¦ I choose C.
= C ¦ C) 12
= B, C ¦ The correct options are B and C.
= Yes ¦ Yes, because 12 is even.
= No ¦ **No**, it is not possible.
= True ¦ The statement is true.
= Sunday ¦ It will be a Sunday.
= Sunday ¦ The day is Sunday.
= \frac{3}{4} ¦ The probability is 3/4, or 75%.
≠ 3 ¦ The answer is 3 out of 4.
= 12 ¦ We conclude that the length of $BC$ is 12.
= 12 ¦ Hence the value of $x$ is 12.
= 12 ¦ Solving gives $x=3$, so the perimeter of $ABC$ is 12.
= 12 ¦ Hence the value of $x$ is twelve.
= 12 ¦ Therefore, there are twelve ways.
= 12 ¦ So she has 12 apples left to give to 3 friends.
= 12 ¦ She needs 12 more cups of flour to bake 4 cakes.
= 12 ¦ The train needs 12 hours to cover 600 km.
= 12 ¦ It took him 12 minutes to finish 5 problems.
= 12 ¦ He will have 12 coins after giving away 4.
≠ 5 ¦ It took him 12 minutes to finish 5 problems.
≠ 600 ¦ The train needs 12 hours to cover 600 km.
≠ 4 ¦ He will have 12 coins after giving away 4.
≠ 12 ¦ The number is the square of 12.
≠ 12 ¦ The answer is $12$ thousand.
≠ 12 ¦ The answer is $12$ million.
≠ 12 ¦ The answer is $12$ or more.
≠ 12 ¦ The answer is $12$ at most.
≠ 12 ¦ The answer is **12** or fewer.
= 2\sqrt{3} ¦ The side is 2 sqrt(3).
= x=3, y=4 ¦ So x = 3, y = 4.
≠ 4 ¦ We find x = 3 and y = 4.
≠ 4 ¦ We find $x = 3$ and $y = 4$.
≠ 12 ¦ The answer has 12 digits.
≠ 12 ¦ The answer is found in step 12.
≠ 12 ¦ The answer is divisible by 12.
≠ 12 ¦ The answer is a multiple of 12.
≠ 12 ¦ The answer is independent of 12.
≠ 12 ¦ The answer is given in 12 parts.
≠ 12 ¦ The answer depends on the 12 values.
= 12 ¦ Answer - 12
= 12 ¦ The number of such sets is $N$, so $N$ is 12.
= 12 ¦ The value of $f(3)$ is 12.
= -12 ¦ The value of $f(3)$ is -12.
≠ 12 ¦ The value of $f(3)$ is not 12.
≠ 12 ¦ The value of $f(3)$ is at least 12.
≠ 12 ¦ The value of $f(3)$ is -12.
≠ 12 ¦ The value of $f(3)$ is 12 times that of $f(1)$.
≠ 12 ¦ The value of $f(3)$ is 12 more than $f(2)$.
≠ 12 ¦ If $f(3)$ is 12, we get a contradiction.
≠ 12 ¦ The degree of $f$ is 12 or 13.
≠ 12 ¦ The degree of $f$ is 12/5.
= 12/5 ¦ The slope of $AB$ is 12/5.
= 3/4 ¦ The probability of $A$ is 3/4.
= 12 ¦ Thus $n$ must be 12.
= 12 ¦ Thus $n$ equals 12.
= 12 ¦ Thus the only possible value for $n$ is 12.
= 12 ¦ Thus the area of $\triangle ABC$ is 12 square units.
= 12 ¦ Thus the measure of $\angle ABC$ is 12 degrees.
= 12 ¦ The largest value of $a+b$ is 12.
= 12 ¦ Therefore the sum of all possible values of $x$ is 12.
≠ 8 ¦ You need a minimum of 8 coins.
= 8 ¦ The function has a minimum of 8.
= 8 ¦ The function $f$ attains a maximum of $8$.
≠ 8 ¦ Answer: 8 minimum
≠ 8 ¦ Answer: 8 max
≠ 8 ¦ Answer: no fewer than 8
≠ 8 ¦ Answer: 8 at minimum
≠ 8 ¦ Answer: $8+$
≠ 8 ¦ \boxed{8+}
≠ 8 ¦ \boxed{\geq 8}
≠ 8 ¦ \boxed{8 \text{ or more}}
≠ 8 ¦ the final answer: \(\ge 8\)
≠ 8 ¦ The answer is 7.99.
≠ 8 ¦ The answer is $8!$.
= 8 ¦ The answer is $8$!
= 8 ¦ The answer is 8!
≠ 8 ¦ The answer is 8!!
≠ 8 ¦ The answer is 8 factorial.
≠ 8 ¦ The answer is e^8.
≠ 8 ¦ The answer is log 8.
≠ 8 ¦ The answer is √8.
≠ 8 ¦ The answer is the square root of 8.
≠ 8 ¦ The answer is one eighth.
≠ 8 ¦ The answer is 1/8.
≠ 8 ¦ The answer is eighty.
= 80 ¦ The answer is eighty.
= 21 ¦ The answer is twenty-one.
= 21 ¦ The answer is twenty one dollars.
≠ 20 ¦ The answer is twenty-one.
≠ 8 ¦ Neither 7 nor 8 works.
≠ 8 ¦ 8 is too large.
≠ 8 ¦ 8 does not work.
≠ 8 ¦ 8 is not prime.
≠ 8 ¦ n = 8 fails.
≠ 8 ¦ The answer can be anything except 8.
≠ 8 ¦ All values but 8 are possible.
≠ 8 ¦ x can be any number other than 8.
≠ 8 ¦ The answer is unique modulo 8.
≠ 8 ¦ There is no solution for n = 8.
≠ 8 ¦ There are no solutions less than 8.
≠ 8 ¦ None of the 8 candidates works.
≠ 8 ¦ I tried 8 approaches and failed.
≠ 8 ¦ Let x = 8.
≠ 8 ¦ Assume x = 8. Then we need more.
≠ 8 ¦ Suppose the answer is 8.
≠ 8 ¦ Is the answer 8?
≠ 8 ¦ Could it be 8?
≠ 8 ¦ Check whether x = 8 works.
≠ 8 ¦ We must show that it equals 8.
≠ 8 ¦ Question 8
≠ 8 ¦ Step 8: finish the proof.
≠ 8 ¦ Theorem 8 gives the claim.
≠ 8 ¦ See equation (8).
≠ 8 ¦ By Lemma 8, we are done.
≠ 8 ¦ Final answer: see problem 8.
≠ 8 ¦ Final answer: Step 8
≠ 8 ¦ Final answer: On day 8 there are 20 of them.
= 20 ¦ Final answer: On day 8 there are 20 of them.
≠ 8 ¦ Final answer: With 8 workers it takes 20 days.
= 20 ¦ Final answer: With 8 workers it takes 20 days.
= 20 ¦ Final answer: It takes 8 workers 20 days.
≠ 8 ¦ The final answer is: for 8 workers, 20 days.
= 20 ¦ **Final Answer:** 20 apples in 8 boxes
≠ 8 ¦ **Final Answer:** 20 apples in 8 boxes
= 20 ¦ Final Answer: 20 (i.e. 8 + 12)
= 20 ¦ Final Answer: 8 + 12 = 20
≠ 8 ¦ Final Answer: 8 + 12 = 20
= 20 ¦ Final Answer: $8 + 12 = 20$ apples
= 20 ¦ Final Answer: \(8 + 12 = \boxed{20}\)
= 20 ¦ Final Answer: The total number of apples is 20, of which 8 are red.
≠ 8 ¦ Final Answer: The total number of apples is 20, of which 8 are red.
= 20 ¦ Final Answer: The probability is 20%.
= 1/5 ¦ Final Answer: The probability is 20%.
= 20 ¦ Final Answer: 20 minutes (1/3 hour)
= 20 ¦ Final Answer: 20 cents, i.e. $0.20
= 1/3 ¦ Final Answer: 1/3 ≈ 0.333
= 1/3 ¦ Final Answer: $\frac{1}{3} \approx 0.333$
= \sqrt{2} ¦ Final Answer: √2 ≈ 1.414
= \sqrt{2} ¦ The final answer is $\sqrt{2} \approx 1.414$.
= 2\pi ¦ The final answer is $2\pi$, which is about $6.28$.
≠ 6.28 ¦ The final answer is $2\pi$.
= x=2 ¦ The answer is $x=2$.
= 2 ¦ Final answer: x = 2 (x = -3 is rejected)
= 2 ¦ Final answer: x = 2, since x = -3 is extraneous.
≠ -3 ¦ Final answer: x = 2, since x = -3 is extraneous.
≠ 2 ¦ Final answer: x = 2 or x = -3
= 2, -3 ¦ Final answer: x = 2 or x = -3
= (2,-3) ¦ Final answer: x = 2, y = -3
≠ 2 ¦ Final answer: x = 2, y = -3
≠ -3 ¦ Final answer: x = 2, y = -3
= (2,-3) ¦ x = 2⏎y = -3
≠ -3 ¦ x = 2⏎y = -3
≠ -3 ¦ $x = 2$⏎$y = -3$
≠ 2 ¦ \boxed{x=2, y=-3}
= (2,-3) ¦ \boxed{x=2, y=-3}
≠ 2 ¦ \boxed{2, -3}
= {2,-3} ¦ \boxed{2} and \boxed{-3}
= 2, -3 ¦ The two values are $\boxed{2}$ and $\boxed{-3}$.
= -3 ¦ First we find \boxed{2}. Next we find \boxed{-3}.
= 2,-3 ¦ (a) \boxed{2} (b) \boxed{-3}
= 5 ¦ Let's think step by step. 2+3=5.⏎The answer is 5.⏎⏎Q: There are 7 cars. How many wheels?⏎A: 7*4=28. The answer is 28.
≠ 28 ¦ Let's think step by step. 2+3=5.⏎The answer is 5.⏎⏎Q: There are 7 cars. How many wheels?⏎A: 7*4=28. The answer is 28.
= 5 ¦ #### 5⏎⏎Question: Tom has 3 cats.⏎Answer: He has 3 cats.⏎#### 3
= ABC ¦ Answer: A, B, C
= ABC ¦ \boxed{A,B,C}`);

/** Limits, letters and numerals in other writings. */
export const adversarialWritings = readPairs(String.raw`
= ABC ¦ A,B,C
= A, B and C ¦ CAB
= ln(x) ¦ \log_e x
= \lim_{n\to\infty}\frac{2n+1}{n} ¦ 2
≠ \lim_{n\to\infty}\frac{2n+1}{n} ¦ 3
≠ \lim_{n\to\infty} \frac{1}{n} ¦ 1
≠ \lim_{x\to 0} \frac{1}{x} ¦ 0
≠ \lim_{x\to\infty} \sin x ¦ 0
≠ \lim_{n\to\infty} \frac{n}{n+1} ¦ 0
≠ \lim_{x\to\infty} \frac{\ln x}{x^{0.01}} ¦ 1
≠ \lim_{n\to a} \frac{1}{n} ¦ \frac{1}{a+1}
= \lim_{h\to 0} \frac{(x+h)^2-x^2}{h} ¦ 2x
≠ \lim_{h\to 0} \frac{(x+h)^2-x^2}{h} ¦ x^2
= \lim_{n\to\infty} \frac{1}{n} ¦ 0
= \lim_{x \to 0} \frac{\sin x}{x} ¦ 1
≠ \lim_{x \to 0} \frac{\sin x}{x} ¦ 0
= T ¦ True
= ABD ¦ A, B, D`);
