import { readPairs } from './read-pairs.js';

/** Responses that suppose, guess, quote or correct a value; ratios, lines, elements, quotients, bounds and units in plain sentences. */
export const adversarialDoubts = readPairs(String.raw`
≠ 12 ¦ The ratio of cats to dogs is 12 : 5.
≠ 5 ¦ The ratio is 12 : 5.
= 12:5 ¦ The ratio is 12 : 5.
= 12:5 ¦ The ratio of boys to girls is 12 to 5.
≠ 12 ¦ The ratio of boys to girls is 12 to 5.
≠ 2 ¦ So the sides are in the ratio 2 : 3 : 4.
= 2:3:4 ¦ So the sides are in the ratio 2 : 3 : 4.
≠ 12 ¦ The line is 3x - 4y = 12.
= 3x-4y=12 ¦ The line is 3x - 4y = 12.
≠ 12 ¦ The equation of the plane is 2x + 3y - z = 12.
= 2x+3y-z=12 ¦ The equation of the plane is 2x + 3y - z = 12.
≠ 25 ¦ The circle has equation x^2 + y^2 = 25.
= x^2+y^2=25 ¦ The circle has equation x^2 + y^2 = 25.
≠ 1 ¦ Hence the line is y = 2x + 1.
= y=2x+1 ¦ Hence the line is y = 2x + 1.
≠ 5 ¦ The set has elements 12 and 5.
= 12, 5 ¦ The set has elements 12 and 5.
≠ 7 ¦ The possible values are 3, 5 and 7.
= 3,5,7 ¦ The possible values are 3, 5 and 7.
≠ 7 ¦ It can be 3 or 7.
≠ 3 ¦ It can be 3 or 7.
≠ 4 ¦ 4 over 3
= \frac43 ¦ 4 over 3
= \frac43 ¦ The answer is 4 over 3.
≠ 3 ¦ The slope is 4 over 3.
= 4/3 ¦ The slope is 4 over 3.
≠ 5 ¦ The number is congruent to 3 mod 5.
≠ 3 ¦ So n is 3 mod 5.
≠ 5 ¦ So n is 3 mod 5.
≠ 5 ¦ The answer is 3 mod 5.
≠ 12 ¦ It could be 12, but I am not sure
≠ 12 ¦ It might be 12, but I'm not certain.
≠ 12 ¦ Maybe 12? I don't know.
≠ 12 ¦ My guess is 12, but I cannot verify it.
≠ 12 ¦ Perhaps the answer is 12, though I have no proof; it may also be 13.
≠ 12 ¦ If x = 12 then there is a contradiction
≠ 12 ¦ If $x = 12$ then we get a contradiction.
≠ 12 ¦ If $x = 12$, the left side is negative, which is impossible.
≠ 12 ¦ Let's assume the answer is 12.
≠ 12 ¦ Suppose the answer is 12. Then we would have 144 = 150.
≠ 12 ¦ Let us try x = 12. It does not work.
≠ 12 ¦ Trying 12 fails.
≠ 5 ¦ $x = 3$ and $y = 5$
≠ 3 ¦ $x = 3$ and $y = 5$
= (3,5) ¦ $x = 3$ and $y = 5$
≠ 5 ¦ So we have x = 3 and y = 5.
= (3,5) ¦ So we have x = 3 and y = 5.
≠ 5 ¦ Therefore, a = 3, b = 5.
≠ 9 ¦ We get $a = 2$, $b = 7$, $c = 9$.
= 9 ¦ We get $a = 2$ and $b = 7$, so $a + b = 9$.
= 9 ¦ We get a = 2 and b = 7, so a + b = 9.
≠ 12 ¦ The answer is either 12 or 15.
≠ 15 ¦ The answer is either 12 or 15.
≠ 12 ¦ A student claimed the answer is 12. This is wrong.
= 15 ¦ A student claimed the answer is 12. This is wrong: the answer is 15.
≠ 12 ¦ A student claimed the answer is 12. This is wrong: the answer is 15.
≠ 12 ¦ One might think that the answer is 12, but it is 15.
= 15 ¦ One might think that the answer is 12, but it is 15.
= 15 ¦ You may be tempted to say 12, but the correct value is 15.
≠ 12 ¦ You may be tempted to say 12, but the correct value is 15.
= 15 ¦ The answer is not 12 but 15.
≠ 12 ¦ The answer is not 12 but 15.
= 15 ¦ It's 15, not 12.
≠ 12 ¦ It's 15, not 12.
= 15 ¦ The total is 15 rather than 12.
≠ 12 ¦ The total is 15 rather than 12.
= 15 ¦ Instead of 12, we get 15.
≠ 12 ¦ Instead of 12, we get 15.
= 15 ¦ The answer is 12. Wait, actually I forgot to add 3. The answer is 15.
≠ 12 ¦ The answer is 12. Wait, actually I forgot to add 3. The answer is 15.
= 15 ¦ The answer is 12. Wait, no, it's 15.
≠ 12 ¦ The answer is 12. Wait, no, it's 15.
= 15 ¦ The answer is 12. Oops, I made a mistake: it should be 15.
≠ 12 ¦ The answer is 12. Oops, I made a mistake: it should be 15.
= 15 ¦ The answer is 12... no, 15.
≠ 12 ¦ The answer is 12... no, 15.
= 15 ¦ The answer is 12, sorry, 15.
≠ 12 ¦ The answer is 12, sorry, 15.
= 15 ¦ So the answer is $\boxed{12}$. Hmm, let me double-check. 5 × 3 = 15. So it's $\boxed{15}$.
≠ 12 ¦ So the answer is $\boxed{12}$. Hmm, let me double-check. 5 × 3 = 15. So it's $\boxed{15}$.
= 12 ¦ So the answer is $\boxed{12}$. Let me double-check: 3 × 4 = 12. Yes.
= 12 ¦ $\boxed{12}$⏎⏎I hope this helps! Let me know if you have 3 more questions.
= 12 ¦ The answer is 12. I hope this helps! Let me know if you need anything else.
= 12 ¦ \boxed{12} is the number of apples, and 5 is the number of pears.
≠ 12 ¦ Case 1: $\boxed{12}$. Case 2: $\boxed{13}$. Both are possible.
≠ 5 ¦ The vector is 3i + 5j.
≠ 5 ¦ The vector is <3, 5>.
= \begin{pmatrix}3\\5\end{pmatrix} ¦ The vector is <3, 5>.
≠ 5 ¦ The point is (3, 5).
≠ 3 ¦ The point is (3, 5).
= (3,5) ¦ The point is (3, 5).
≠ 5 ¦ The point has x-coordinate 3 and y-coordinate 5.
≠ 5 ¦ The coordinates are x = 3, y = 5.
≠ 5 ¦ The center is at (3, 5).
= (3,5) ¦ The center is at (3, 5).
≠ 5 ¦ The dimensions are 3 by 5.
≠ 3 ¦ The dimensions are 3 by 5.
≠ 5 ¦ It is a 3x5 grid.
≠ 5 ¦ It's a rectangle of 3 × 5.
≠ 5 ¦ The interval is [3, 5].
= [3,5] ¦ The interval is [3, 5].
≠ 5 ¦ x lies in the interval from 3 to 5.
≠ 5 ¦ Its values range from 3 to 5.
≠ 5 ¦ The range is 3 to 5.
≠ 5 ¦ The value is between 3 and 5.
≠ 5 ¦ It takes 3-5 days.
≠ 5 ¦ It takes three to five days.
≠ 3 ¦ approximately 3 or 4
≠ 50\% ¦ The increase is 0.5%.
= 50\% ¦ The increase is 50 percent.
= 50\% ¦ The increase is one half, i.e. 50%.
≠ 12\ \text{cm} ¦ The length is 12 m.
= 12\ \text{cm} ¦ The length is 0.12 m.
= 120 ¦ The length is 120 cm.
≠ 12\text{ hours} ¦ It takes 12 minutes.
= 2\text{ hours} ¦ It takes 120 minutes.
≠ 12\text{ dollars} ¦ It costs 12 cents.
≠ \$12 ¦ It costs 12 cents.
≠ \$12 ¦ It costs €12.
= \$12 ¦ It costs 12 dollars.
= \$12 ¦ It costs $12.00.
= \$1.20 ¦ It costs $1.20 in total.
= 12 ¦ He pays $12 in total for the 3 books.
= 12 ¦ In total, he pays 12 for 3 books.
= 12 ¦ So 3 friends share 36 apples, and each gets 12.
≠ 36 ¦ So 3 friends share 36 apples, and each gets 12.
= 12 ¦ Each of the 3 friends gets 12 apples.
= 12 ¦ Each friend gets 36/3 = 12 apples, so 12.
= 12 ¦ Each friend gets 36 ÷ 3 = 12 apples.
= 12 ¦ There are 12 apples left in the basket of 36.
= 12 ¦ 12 apples are left.
= 12 ¦ 12 of the 36 apples are left.
= 12 ¦ He needs 12 more apples.
= 12 ¦ He needs 12 more apples than before.
= 12 ¦ She has 12 fewer apples than Tom.
≠ 12 ¦ She has fewer than 12 apples.
≠ 12 ¦ She has more than 12 apples.
≠ 12 ¦ There are over 12 apples.
≠ 12 ¦ About twice 12.
≠ 12 ¦ The answer is half of 12.
≠ 12 ¦ The answer is the square of 12.
≠ 12 ¦ The answer is the square root of 12.
= \sqrt{12} ¦ The answer is the square root of 12.
= 144 ¦ The answer is 12 squared.
≠ 12 ¦ The answer is 12 factorial.
≠ 12 ¦ The answer is 12!.
= 12! ¦ The answer is 12!.
≠ 12 ¦ The answer is minus 12.
= -12 ¦ The answer is minus 12.
= -12 ¦ The answer is negative twelve.
≠ 12 ¦ The answer is negative twelve.
= 12 ¦ The answer is "12".
= 12 ¦ The answer is '12'.
= 12 ¦ **Answer:** 12
= 12 ¦ **Answer: 12**
= 12 ¦ Answer: **12**
= 12 ¦ ### Answer⏎12
= 12 ¦ ### Final Answer⏎⏎$12$
= 12 ¦ ### Final Answer:⏎⏎**12**
= 12 ¦ Final Answer: The final answer is $12$. I hope it is correct.
= 12 ¦ The answer is: 12
= 12 ¦ The answer should be 12.
= 12 ¦ The answer comes out to 12.
= 12 ¦ The answer turns out to be 12.
= 12 ¦ Our answer is 12.
= 12 ¦ We conclude that the answer is 12.
= 12 ¦ 12 is the answer.
= 12 ¦ Thus 12 is our final answer.
= 12 ¦ Thus $12$ is the answer to question $3$.
= 12 ¦ So the answer to part 3 is 12.
= 12 ¦ This gives us 12 as the answer.
= 12 ¦ Hence, the required number is 12.
= 12 ¦ Therefore the number of ways to choose 3 of 5 people twice is 12.
= 12 ¦ The smallest such integer is 12.
= 12 ¦ The remainder when 112 is divided by 25 is 12.
= 12 ¦ The remainder is 12 when divided by 25.
= 12 ¦ f(3) = 12
= 12 ¦ $f(3) = 12$
= 12 ¦ The value of f(3) is 12.
= 12 ¦ $$\boxed{\mathbf{12}}$$
= 12 ¦ \boxed{\text{12}}
= 12 ¦ \boxed{$12$}
= 12 ¦ \boxed{ 12. }
= 12 ¦ $\boxed{12}$ apples
= 12 ¦ \boxed{12~\text{apples}}
≠ 12 ¦ \boxed{12, 13}
≠ 12 ¦ \boxed{12 \text{ or } 13}
≠ 12 ¦ \boxed{\text{not } 12}
≠ 12 ¦ \boxed{>12}
≠ 12 ¦ \boxed{x > 12}
≠ 12 ¦ \boxed{\approx 12.3}
≠ 12 ¦ \boxed{12 : 5}
≠ 12 ¦ \boxed{12^\circ C \text{ to } 15^\circ C}
≠ 3.14 ¦ The area is 3.15.
≠ \pi ¦ The area is about 3.14.
≠ 22/7 ¦ The value is π.
≠ \pi ¦ The value is 22/7.
= \pi ¦ The value is pi.
= 2\pi ¦ The circumference is 2 pi.
= 2\pi ¦ The circumference is 2π cm.
= 2\pi ¦ The circumference is 2π ≈ 6.28.
≠ 2\pi ¦ The circumference is 2.
≠ 2 ¦ The circumference is 2 pi.
≠ 36 ¦ The area is 36π.
≠ 2 ¦ The length is 2 root 3.
= 2\sqrt3 ¦ The length is 2 root 3.
= 2\sqrt3 ¦ The length is 2 times the square root of 3.
≠ 3 ¦ The length is 2 times the square root of 3.
≠ 5 ¦ The answer is 2 to the power of 5.
≠ 2 ¦ The answer is 2 to the 5th power.
= 32 ¦ The answer is 2 to the 5th power.
≠ 3 ¦ The answer is 3/4.
= 0.75 ¦ The answer is three fourths.
= 3/4 ¦ The answer is three-quarters.
= 3/4 ¦ The probability is 3 in 4.
= 3/4 ¦ The probability is 3 out of 4.
≠ 4 ¦ The probability is 3 out of 4.
≠ 12 ¦ The sum of the digits of 12 is needed.
≠ 12 ¦ Now consider 12.
≠ 12 ¦ We need to check whether 12 works.
≠ 12 ¦ We are given that x + y = 12.
≠ 12 ¦ Is the answer 12?
≠ 12 ¦ Could the answer be 12? No.
= 15 ¦ Is the answer 12? No, it is 15.
≠ 12 ¦ Is the answer 12? No, it is 15.
≠ 12 ¦ I get 12, which contradicts the condition, so there is no solution.
= \text{no solution} ¦ I get 12, which contradicts the condition, so there is no solution.
≠ 12 ¦ 12 is an extraneous root.
≠ 12 ¦ x = 12 is extraneous, hence no solution.
≠ 12 ¦ The statement "the answer is 12" is false.
≠ 12 ¦ It is false that the answer is 12.
≠ 12 ¦ It is not true that x = 12.
≠ 12 ¦ There is no way it is 12.
≠ 12 ¦ We do not get 12.
≠ 12 ¦ Nobody gets 12.
≠ 12 ¦ All but 12.
≠ 12 ¦ all numbers except 12
≠ 12 ¦ every real number except 12
≠ 12 ¦ The domain is all x except x = 12.
≠ 12 ¦ The answer differs from 12.
≠ 12 ¦ The answer is close to 12.
≠ 12 ¦ The answer is roughly 12 or 13.
≠ 12 ¦ The answer is 12 ± 1.
= \pm 12 ¦ The answer is plus or minus 12.
≠ 12 ¦ The answer is plus or minus 12.
≠ 12 ¦ The answer is a multiple of 12.
≠ 12 ¦ The answer is divisible by 12.
≠ 12 ¦ The answer is a divisor of 12.
≠ 12 ¦ The answer lies in problem 12.
≠ 12 ¦ The answer depends on n; for n = 12 it is 5.
≠ 12 ¦ The answer is given in equation (12).
≠ 12 ¦ The answer is 12k for some integer k.
≠ 12 ¦ The answer is 12n + 5.
≠ 12 ¦ The answer is 12 when n = 1 and 13 when n = 2.
≠ 12 ¦ The answer is 12 if n is even and 0 otherwise.
≠ 12 ¦ Unless I am mistaken about the 5, it is 12 or 7.
≠ 12 ¦ The first answer is 12 and the second answer is 15.
= 12,15 ¦ The first answer is 12 and the second answer is 15.
≠ 15 ¦ The first answer is 12 and the second answer is 15.
≠ 15 ¦ Alice has 12 and Bob has 15.
≠ 15 ¦ Alice has 12 apples and Bob has 15 apples.
≠ 15 ¦ The length is 12 and the width is 15.
≠ 15 ¦ The mean is 12, the median is 15.
≠ 15 ¦ The mean is 12 and the median is 15.
≠ 12 ¦ The mean is 12 and the median is 15.
≠ 1 ¦ The matrix is [[1, 2], [3, 4]].
≠ 4 ¦ The matrix is [[1, 2], [3, 4]].
≠ 4 ¦ The sequence is 1, 2, 3, 4, ...
≠ 4 ¦ The sequence is 1, 2, 3, 4.
≠ 4 ¦ The roots are 1, 2, 3, and 4.
= 1,2,3,4 ¦ The roots are 1, 2, 3, and 4.
≠ 2 ¦ The solutions are x = 1 or x = 2.
= 1,2 ¦ The solutions are x = 1 or x = 2.
= 1,2 ¦ x=1 or x=2
≠ 1 ¦ x=1 or x=2
≠ 2 ¦ The two numbers are 1 and 2.
≠ 2 ¦ The numbers 1 and 2 work.
≠ 2 ¦ Both 1 and 2 are solutions.`);
