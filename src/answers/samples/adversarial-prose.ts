import { readPairs } from './read-pairs.js';

/** Responses whose value stands in plain sentences: formulas without marks, ratios, times, ranges, remarks, denials. */
export const adversarialProse = readPairs(String.raw`
= 5 ¦ He has 5 cats and 3 dogs, so 5 cats.
≠ 5 ¦ He has $5x$ dollars.
= 540 ¦ He runs 3*3=<<3*3=9>>9 sprints a week⏎So he runs 9*60=<<9*60=540>>540 meters⏎#### 540
= 540 ¦ He runs 9 sprints a week. So he runs 540 meters a week.
= 20 ¦ Wendi needs 20 cups of feed in the final meal.
= 64 ¦ Kylar needs to pay $64 for 16 glasses.
= 260 ¦ Together, the three cities have 260 sheep.
= 160 ¦ It takes 160 minutes to download the file.
= 45 ¦ He is 45 miles from home after 4 hours.
= 460 ¦ Eliza's total earnings are $460 this week.
= 366 ¦ Therefore, the program had 366 downloads over the three months.
= 694 ¦ Toula paid $694.
= 13 ¦ It takes 13 years before he starts earning money.
= 18 ¦ Melanie started with 18 vacuum cleaners.
= 60 ¦ 60% of the students are in jazz.
= 60 ¦ So 60% of the students (12 of 20) take jazz.
= 125 ¦ The merchant maximizes profit by choosing jewelry: $125.
= 230 ¦ The two trains are 230 miles apart.
= 57500 ¦ Jill's annual salary is $57,500.
= 7 ¦ There are 7 more in the 2nd row.
= 6 ¦ There are 6 slices left after Claire eats 3 and Bob eats 3.
= 15 ¦ They ordered 15 pizzas at 8 slices each.
= 2 ¦ He can make 2 cakes with 5 eggs left over.
= 14 ¦ I would need 14 gallons for 5 rooms.
= 9 ¦ Each of the 4 children gets 9 candies.
= 9 ¦ Each child gets 9 of the 36 candies.
= 9 ¦ Thus each of them gets 36/4 = 9 candies.
= 9 ¦ Thus each of them gets 36 ÷ 4 = 9 candies.
= 9 ¦ 36 / 4 = 9.⏎⏎Each child gets 9 candies.
= 9 ¦ Step 1: 4 children.⏎Step 2: 36/4 = 9.⏎Step 3: Each gets 9.
= 9 ¦ 1. Count the children: 4⏎2. Divide: 36 / 4 = 9⏎⏎So, each child gets 9 candies.
= 9 ¦ **Step 3:** $36 \div 4 = 9$⏎⏎**Answer:** 9 candies
= 9 ¦ Each child gets **9** candies (36 in total).
≠ 36 ¦ Therefore, each child gets $9$ candies.
= 5050 ¦ The sum 1 + 2 + ... + 100 is 5050.
= 5050 ¦ The sum from 1 to 100 is 5050.
= 5050 ¦ Sum = n(n+1)/2 = 100(101)/2 = 5050.
= 3 ¦ x^2 - 6x + 9 = 0 gives (x-3)^2 = 0, so x = 3.
= 3 ¦ The equation 2x + 1 = 7 has the solution x = 3.
= 3 ¦ Solving 2x + 1 = 7 gives 3.
= 3 ¦ The value of 2x + 1 when x = 1 is 3.
= 3 ¦ f(1) = 2(1) + 1 = 3
= 3 ¦ When x = 1, f(x) = 2x + 1 = 3.
= 3 ¦ When x = 1, 2x + 1 equals 3.
= 3 ¦ At x = 1 the polynomial x^2 + 2 takes the value 3.
= 3 ¦ The number of solutions to x^2 < 4 in integers is 3.
= 3 ¦ There are 3 integers with x^2 < 4.
= 3 ¦ There are 3 integer solutions of x^2 < 4.
= 3 ¦ There are 3 values of x such that x > 5 and x < 9.
= 3 ¦ So the smallest x with x^2 > 5 is 3.
= 3 ¦ 3 is the smallest integer x with x^2 > 5.
= 3 ¦ The answer is 3 because 3^2 > 5.
= 3 ¦ The ratio of 6 to 2 is 3.
= 3 ¦ The ratio is 6:2, that is 3.
= 3 ¦ At 7:30 there were 3 people.
= 3 ¦ The train leaves at 7:30 and arrives after 3 hours.
= 10:30 ¦ The train leaves at 7:30 and arrives at 10:30.
= 10:30 \text{ a.m.} ¦ The train arrives at 10:30 a.m.
= 3 ¦ John 3:16 has 3 parts.
= 12 ¦ The area of the 3 x 4 rectangle is 12.
= 12 ¦ The area is 12 cm^2.
= 12 ¦ The area is 12 m^2.
= 12 ¦ The area is 12 m².
= 12 ¦ The speed is 12 m/s.
= 12 ¦ The acceleration is 12 m/s^2.
= 12 ¦ The volume is 12 ft^3 for a 2x2x3 box.
= 12 ¦ There are 12 (3 times 4) squares.
= 12 ¦ The result (3, 4) has product 12.
= 12 ¦ From points (0, 0) and (3, 4) we get area 12.
= 12 ¦ She pays 12 dollars (3 + 9).
= 12 ¦ In 2^10 there are 12 things.
= 50 ¦ The probability is 50 %.
= 1/2 ¦ The probability is 1/2, i.e. 50%.
= 1/2 ¦ The probability is 1 out of 2.
= 1/2 ¦ The chance is 1 in 2.
= 3 ¦ 3 out of 5 students passed.
= 3 ¦ 3 out of 5 students passed, so the answer is 3.
= \frac{2}{3} ¦ So the probability is 6/9 = 2/3.
= \frac{2}{3} ¦ So the probability is 2/3 ≈ 0.667.
= \frac{2}{3} ¦ So the probability is 2/3 (about 0.667).
≠ 2 ¦ So the probability is 2/3.
≠ 3 ¦ So the probability is 2/3.
= 0.75 ¦ So the probability is .75.
= 2\pi ¦ So the circumference is 2 * π.
= 2\pi ¦ So the circumference is 2pi.
= 2\pi r ¦ So the circumference is 2πr.
= \frac{3\pi}{4} ¦ So the angle is 3π/4 radians.
= 2x^2+3x-1 ¦ So the polynomial is 2x^2 + 3x - 1.
= 2x^2+3x-1 ¦ So the polynomial is 2x² + 3x − 1.
= (x-1)(x+2) ¦ So it factors as (x - 1)(x + 2).
≠ 2 ¦ So it factors as (x - 1)(x + 2).
= (x+1)^2 ¦ So it factors as (x + 1)^2.
≠ 2 ¦ So it factors as (x + 1)^2.
≠ 1 ¦ So f(x) = x^2 + 1.
≠ 2 ¦ So f(x) = x^2.
= x^2 ¦ So f(x) = x^2.
= \{1,2\} ¦ The solution set is {1, 2}.
≠ 2 ¦ The solution set is {1, 2}.
≠ 1 ¦ The solution set is {1, 2}.
≠ 5 ¦ The range is [0, 5).
= [0,5) ¦ The range is [0, 5).
≠ 0 ¦ The range is [0, ∞).
= [0,\infty) ¦ The range is [0, ∞).
≠ 2 ¦ The answer lies in (-∞, 2).
= -5 ¦ The minimum is -5 at x = 2.
= -5 ¦ The minimum value is −5.
≠ 5 ¦ The minimum value is −5.
= 10 ¦ 10−5=5 no, wait. The answer is 10.
= 5 ¦ 10 - 5 = 5
= 5 ¦ 10 minus 5 is 5.
= 5 ¦ 10 minus 5 leaves 5.
≠ 32 ¦ The value is log_2(32).
≠ 2 ¦ The value is ln(2).
≠ 30 ¦ The value is sin(30°).
≠ 5 ¦ The value is |x - 5|.
≠ 5 ¦ The value is x_5.
≠ 5 ¦ The value is C(10, 5).
≠ 10 ¦ The value is C(10, 5).
≠ 5 ¦ The value is 10C5.
≠ 2 ¦ The value is 1/√2.
≠ 1 ¦ The value is 1/√2.
= \frac{1}{\sqrt2} ¦ The value is 1/√2.
≠ 2 ¦ The value is e^2.
= e^2 ¦ The value is e^2.
≠ 3 ¦ The value is 5 + √3.
≠ 5 ¦ The value is 5 + √3.
= 5+\sqrt3 ¦ The value is 5 + √3.
≠ 5 ¦ The value is (5 + √3)/2.
= \frac{5+\sqrt3}{2} ¦ The value is (5 + √3)/2.
≠ 2 ¦ The value is (5 + √3)/2.
≠ 3 ¦ The value is cube root of 3.
≠ 3 ¦ The value is the square root of 3.
≠ 3 ¦ The value is 2 to the power of 3.
≠ 2 ¦ The value is 2 to the power of 3.
≠ 3 ¦ The value is one third or 1/3.
≠ 12 ¦ The number of apples is more than 12.
≠ 12 ¦ There are almost 12 apples.
≠ 12 ¦ There are 12 or more apples.
≠ 12 ¦ There are 12 to 15 apples.
≠ 15 ¦ There are 12 to 15 apples.
≠ 15 ¦ There are 12-15 apples.
≠ 12 ¦ There are 12-15 apples.
≠ 12 ¦ There are up to 12 apples.
≠ 3 ¦ The expression simplifies to 2x+3.
= 2x+3 ¦ The expression simplifies to 2x+3.
= 2x+3 ¦ The expression simplifies to 2x + 3.
≠ 3 ¦ The expression simplifies to 2x + 3.
= 2x+3 ¦ So y = 2x + 3.
≠ 2 ¦ So y = 2x + 3.
= x^2+1 ¦ The polynomial is x^2 + 1.
≠ 1 ¦ The polynomial is x^2 + 1.
= 2+3i ¦ So z is 2+3i.
= 2+3i ¦ So z = 2 + 3i.
≠ 2 ¦ So z = 2 + 3i.
≠ 5 ¦ So x > 5.
= x>5 ¦ So x > 5.
≠ 5 ¦ So the solution is x > 5.
≠ 5 ¦ We find that x is greater than 5.
= \sqrt{2} ¦ The side is √2.
≠ 2 ¦ The side is √2.
= \sqrt{2} ¦ The side is sqrt(2).
≠ 2 ¦ The side is sqrt(2).
≠ 4 ¦ The angle is π/4.
= \pi/4 ¦ The angle is π/4.
= \pi/4 ¦ The angle is pi/4.
≠ 4 ¦ The angle is pi/4.
≠ 2 ¦ The answer in prose is 2 pi.
≠ 2 ¦ The area is 2 times pi.
= 25 ¦ The area is 5^2 = 25.
= 2^{10} ¦ The number is 2^10.
≠ 10 ¦ The number is 2^10.
≠ 2 ¦ The number is 2^10.
= 1.5\times 10^3 ¦ The distance is 1.5 × 10^3 m.
≠ 3 ¦ The distance is 1.5 × 10^3 m.
≠ 1.5 ¦ The distance is 1.5 × 10^3 m.
= 1500 ¦ The distance is 1.5e3 m.
= 12 ¦ She has 12 apples - a lot!
= 5 ¦ He needs 5 a day.
= 5 ¦ It takes 5 m of rope.
= 5 ¦ It takes 5m of rope.
= 5 ¦ He is a 5-star player.
= 45 ¦ He ran 45 km/h.
= 10 ¦ There are 10 5-dollar bills.
= 3/5 ¦ The chance is 3/5 or 0.6.
= 3/5 ¦ The chance is 60%.
≠ 6 ¦ The chance is 3/5 (i.e., 60%).
= 3/5 ¦ The probability is 3/5 (i.e., 60%).
= 1{,}000{,}000 ¦ It costs 1 million dollars.
≠ 1 ¦ It costs 1 million dollars.
= 8 ¦ Since 2^3 = 8, there are 8 subsets.
= 8 ¦ There are 2^3 = 8 subsets.
= 8 ¦ There are 2^3, i.e. 8 subsets.
= (2,3) ¦ The point is (2,3).
= (2,3) ¦ The point is (2, 3).
≠ 3 ¦ The point is (2, 3).
≠ 2 ¦ The point is (2, 3).
≠ 3 ¦ The interval is [2, 3].
≠ 3 ¦ The solutions are 2 and 3.
= 2,3 ¦ The solutions are 2 and 3.
≠ 3 ¦ The solutions are 1, 2, and 3.
= 1,2,3 ¦ The solutions are 1, 2, and 3.
≠ 3 ¦ So x = 2 or x = 3.
= 2,3 ¦ So x = 2 or x = 3.
≠ 3 ¦ So x = 2 or 3.
= 2,3 ¦ So x = 2 or 3.
≠ 3 ¦ So x = ±3.
= \pm 3 ¦ So x = ±3.
= \pm 3 ¦ So x is ±3.
≠ 3 ¦ So x is ±3.
≠ 3 ¦ So the value is minus 3.
= -3 ¦ The temperature is minus 3 degrees.
= -3 ¦ The temperature is negative 3 degrees.
≠ 3 ¦ So the temperature is 3 degrees below zero.
≠ 12 ¦ The answer is 12 dozen.
≠ 12 ¦ She bought 12 dozen eggs.
= 144 ¦ She bought 12 dozen eggs.
≠ 12 ¦ There are at least 12 apples.
≠ 12 ¦ There are fewer than 12 apples.
≠ 12 ¦ x = 12 is not a solution.
≠ 12 ¦ We reject x = 12.
≠ 12 ¦ x ≠ 12
≠ 12 ¦ So $x \neq 12$.
≠ 12 ¦ So $x > 12$.
≠ 12 ¦ The answer is $x > 12$.
≠ 12 ¦ The answer is $12x$.
≠ 12 ¦ The answer is $\frac{1}{12}$.
≠ 12 ¦ The answer is 12 + 3.
= 15 ¦ The answer is 12 + 3.
≠ 12 ¦ The answer is 12 + x.
≠ 12 ¦ The answer is 12 squared.
≠ 12 ¦ The answer is 12:30.
≠ 12 ¦ The answer is 12/5.
≠ 12 ¦ The answer is 12.5.
≠ 12 ¦ The answer is 12,5
≠ 12 ¦ The answer is 12,500.
≠ 12 ¦ The answer is 12 500.
≠ 12 ¦ The answer is 12√2.
≠ 12 ¦ The answer is 12π.
≠ 12 ¦ The answer is 12 million.
≠ 12 ¦ The answer is 12-15.
≠ 12 ¦ The answer is 12 to 15.
≠ 12 ¦ The answer is 12 thousand.
≠ 12 ¦ The answer is 12x.
≠ 12 ¦ The answer is A12.
≠ 12 ¦ The answer is 12, 13.
≠ 12 ¦ The answer is 12 and 13.
≠ 12 ¦ The answers are 12 and 13.
≠ 12 ¦ The answer is between 12 and 13.
≠ 12 ¦ The answer is (12, 13).
≠ 12 ¦ The answer is {12, 13}.
≠ 12 ¦ The answer is [12, 13).
≠ 12 ¦ The answer is 1.2 × 10^12.
≠ 12 ¦ The answer is 10^12.
≠ 12 ¦ The answer is e^12.
≠ 12 ¦ The answer is log 12.
≠ 12 ¦ The answer is sqrt 12.
≠ 12 ¦ The answer is sqrt(12).
≠ 12 ¦ The answer is sin 12.
≠ 12 ¦ The answer is 12 choose 3.
≠ 12 ¦ The answer is -12.
≠ 12 ¦ The answer is −12.
≠ 12 ¦ The answer is – 12.
≠ 12 ¦ The answer is ≥ 12.
≠ 12 ¦ The answer is ±12.
≠ 12 ¦ The answer is 12i.
≠ 12 ¦ The answer is 12%3.
≠ 12 ¦ The answer is 12 base 3.
≠ 12 ¦ The answer is $12_{3}$.
≠ 12 ¦ The answer is 12 mod 5.
≠ 12 ¦ The answer is $12 \pmod{5}$.
≠ 12 ¦ My answer is $12$ or $13$.
≠ 12 ¦ \boxed{12} or \boxed{13}
≠ 12 ¦ \boxed{12}, \boxed{13}
≠ 12 ¦ \boxed{12x}
≠ 12 ¦ \boxed{12 \pm 1}
≠ 12 ¦ \boxed{\approx 12.1}
≠ 12 ¦ \boxed{12 < x < 13}
≠ 12 ¦ \boxed{12\text{ or }13}
≠ 12 ¦ \boxed{12\text{ thousand}}
≠ 12 ¦ \boxed{12\text{ dozen}}
≠ 12 ¦ \boxed{\text{cannot be } 12}
≠ 12 ¦ \boxed{?}
≠ 12 ¦ \boxed{\frac{12}{5}}
≠ 12 ¦ 12 is the number of hours. The answer is 13.
≠ 12 ¦ The final answer is 13, obtained from 12 + 1.`);
