import { readPairs } from './read-pairs.js';

/** What stands behind "final answer" and its like, in objects, tags, lists and choices. */
export const adversarialFinalAnswers = readPairs(String.raw`
≠ 12 ¦ The answer is no fewer than 12.
≠ 12 ¦ The answer is not less than 12.
≠ 12 ¦ The answer is strictly greater than 12.
≠ 12 ¦ The answer is somewhere between 12 and 20.
≠ 12 ¦ The answer is anything but 12.
≠ 12 ¦ The answer is certainly not 12.
≠ 12 ¦ The answer can't be 12.
≠ 12 ¦ The answer is never 12.
≠ 12 ¦ The answer is none of 12, 13 and 14.
≠ 12 ¦ The answer is the negative of 12.
≠ 12 ¦ The answer is the reciprocal of 12.
≠ 12 ¦ The answer is the opposite of 12.
≠ 12 ¦ The answer is twice 12.
≠ 12 ¦ The answer is 12 more than x.
≠ 12 ¦ The answer is 12 plus something.
≠ 12 ¦ The answer is 12 in base 5.
≠ 12 ¦ The answer is missing; 12 was given.
≠ 12 ¦ The answer is unclear: 12 or 14.
≠ 12 ¦ The answer is undefined at 12.
≠ 12 ¦ The answer is not unique: 12, 14.
≠ 12 ¦ The final answer is $x > 12$.
≠ 12 ¦ The final answer is $x \in [0, 12]$.
≠ 12 ¦ The final answer is $12 \leq x$.
≠ 12 ¦ The final answer is $\approx 12.4$.
≠ 12 ¦ The result is about 12.4.
≠ 12 ¦ The result is -12.
≠ 12 ¦ The result is 12 million.
≠ 2 ¦ Final answer: Case 2 yields 9.
= 9 ¦ Final answer: Case 2 yields 9.
= 9 ¦ Final answer: In case 2 we get 9.
= 9 ¦ Final answer: By Theorem 4, it is 9.
= 9 ¦ Final Answer: The 4 friends get 9 cookies each.
≠ 4 ¦ Final Answer: The 4 friends get 9 cookies each.
= 9 ¦ Final Answer: After 4 days, 9 remain.
= 9 ¦ Final Answer: At $4 each, she can buy 9 books.
= 9 ¦ Final Answer: On day 4 the plant is 9 cm tall.
= 9 ¦ Final Answer: Each of 4 boxes holds 9 balls.
= 9 ¦ Final Answer: Since 4 + 5 = 9, the total is 9.
= 9 ¦ Final Answer: She has 9 out of 12 right.
= 9 ¦ Final Answer: 9 of the 12 are right.
= 9 ¦ Final Answer: It takes her 9 hours at 4 pages an hour.
= 36 ¦ Final Answer: Reading 4 pages an hour for 9 hours she reads 36 pages.
= 36 ¦ Final Answer: 9 hours of 4 pages each make 36 pages.
= 36 ¦ Final Answer: With 4 rows of 9, there are 36 seats.
= 36 ¦ Final Answer: There are 36 seats in 4 rows of 9.
= 36 ¦ Final Answer: 4 rows of 9 seats: 36 seats.
= 36 ¦ Final Answer: 4 × 9 = 36 seats
= 36 ¦ Final Answer: There are 4 × 9 = 36 seats.
= 36 ¦ Final Answer: $4 \times 9 = 36$ seats.
= 36 ¦ Final Answer: there are $4 \times 9 = 36$ seats in all.
= 36 ¦ Final Answer: 36 (4 rows of 9)
= 36 ¦ Final Answer: 36, i.e. 4 rows of 9.
= 36 ¦ Final Answer: 36 — that is, 4 rows of 9.
= 36 ¦ Final Answer: 36 since 4 × 9 = 36
= 36 ¦ Final Answer: 36. (4 × 9)
= 36 ¦ Final Answer: **36 seats**
= 36 ¦ Final Answer: ´36´
= 36 ¦ Final Answer: "36"
= 36 ¦ Final Answer → 36
= 36 ¦ Final Answer - 36
= 36 ¦ Final answer is 36
= 36 ¦ final answer:36
= 36 ¦ FINAL ANSWER: 36
= 36 ¦ The final answer: 36.
= 36 ¦ {"answer": "36"}
= 36 ¦ {"result": 36}
= 36 ¦ {'answer': 36}
= 36 ¦ ´´´json⏎{"answer": "36", "confidence": 0.9}⏎´´´
= 36 ¦ <answer>36</answer>
= 36 ¦ <answer>The answer is 36.</answer>
= 36 ¦ <ANSWER>36</ANSWER>
= 36 ¦ [ANSWER]36[/ANSWER]
= 36 ¦ [[36]]
= 36 ¦ ANSWER: [36]
= 36 ¦ Answer: $\boxed{36}$.
= 36 ¦ The answer is \boxed{36}. Confidence: 90%.
= 36 ¦ The answer is 36. Confidence: 90%
= 36 ¦ Answer: 36⏎Confidence: 90%
= 36 ¦ Answer: 36⏎Explanation: 4 times 9 is 36.
= 36 ¦ Answer: 36⏎⏎Note that 4 × 9 = 36.
= 36 ¦ **Answer:** 36⏎⏎**Explanation:** There are 4 rows of 9.
= 36 ¦ The answer is 36. This is because 4 × 9 = 36.
= 36 ¦ The answer is 36. We used 4 rows.
= 36 ¦ Answer: 36 seats (4 rows × 9)
= 36 ¦ 36 seats are available.
= 36 ¦ 36 is the number of seats.
= 36 ¦ the answer is 36 because 4 × 9 is 36
= 36 ¦ So, 36!
= 36 ¦ It's 36.
= 36 ¦ That's 36 seats.
= 36 ¦ That makes 36.
= 36 ¦ Which gives 36.
= 36 ¦ Therefore: 36.
= 36 ¦ ∴ 36
= 36 ¦ Hence 36 seats.
= 36 ¦ Ans. 36
= 36 ¦ Solution: 36
= 36 ¦ Sol: 36
= 36 ¦ Q.E.D. The value is 36.
= 36 ¦ #### 36
= 36 ¦ ####36
= 36 ¦ #### $36
= 36 ¦ #### 36 seats
= 36 ¦ #### The answer is 36
= 36 ¦ ### 36
= 36 ¦ # 36
= 36 ¦ > 36
≠ -36 ¦ - 36 seats⏎- 4 rows
= -36 ¦ The answer is -36
= -36 ¦ The answer is − 36.
= 36 ¦ • 36
= 36 ¦ 1. 36
= 0.36 ¦ The answer is .36
= 0.36 ¦ The answer is 0.36.
= 0.36 ¦ The answer is 36/100.
= 0.36 ¦ The answer is 36%.
= 3.6\times10^3 ¦ The answer is 3600.
= 3.6\times10^3 ¦ The answer is 3.6e3.
= 3.6\times10^3 ¦ The answer is 3,600 meters.
= 3600 ¦ The answer is 3.6 thousand.
= 3600 ¦ The answer is $3,600.00.
= 3600 ¦ The answer is 3600.0
= 3600 ¦ The answer is 3 600.
≠ 3600 ¦ The answer is 3.600.
= \frac{9}{4} ¦ The answer is 2 1/4.
= \frac{9}{4} ¦ The answer is $2\frac14$.
= \frac{9}{4} ¦ The answer is 2.25.
= \frac{9}{4} ¦ The answer is two and a quarter.
= \frac{9}{4} ¦ The answer is 9 over 4.
= \frac{9}{4} ¦ The answer is nine fourths.
≠ \frac{9}{4} ¦ The answer is 9.
≠ \frac{9}{4} ¦ The answer is 2.2.
= B ¦ The answer is choice B.
= B ¦ The answer is letter B.
= B ¦ I'd go with B.
= B ¦ B is correct.
= B ¦ B. 36
= B ¦ **B**
= B ¦ (B) 36
= B ¦ Answer: (B) 36
= B ¦ The correct option is (B), not (C).
≠ C ¦ The correct option is (B), not (C).
= B ¦ \boxed{\mathrm{B}}
= B ¦ \boxed{(B)~36}
≠ B ¦ \boxed{A \text{ or } B}
≠ B ¦ The answer is not B.
≠ B ¦ The answer is A, B and C.
= yes ¦ The answer is: Yes.
= yes ¦ Answer: yes, it does.
≠ yes ¦ Answer: no.
= no ¦ **Answer: No**
≠ yes ¦ Answer: not yes`);
