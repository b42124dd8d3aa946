import { readPairs } from './read-pairs.js';

/** Values beside where they are attained, checks, other units, parts of a question, and what stands in a box. */
export const adversarialRemarks = readPairs(String.raw`
= 9 ¦ Therefore, the maximum value of $xy$ is $\boxed{9}$, attained at $x = y = 3$.
= 9 ¦ The maximum is $9$, attained when $x = y = 3$.
≠ 3 ¦ The maximum is $9$, attained when $x = y = 3$.
= 9 ¦ $\max xy = 9$ at $x=3$.
= 9 ¦ So the maximum of f is f(3) = 9.
= 9 ¦ So the maximum of $f$ is $f(3) = 9$.
≠ 3 ¦ So the maximum of $f$ is $f(3) = 9$.
= 9 ¦ We conclude $\angle A = 9^\circ$.
= 9 ¦ Hence $|S| = 9$.
= 9 ¦ Hence $\sum_{k=1}^{3} (2k-1) = 9$.
= 9 ¦ Thus $\gcd(18, 27) = 9$.
= 9 ¦ Thus the gcd of 18 and 27 is 9.
≠ 27 ¦ Thus the gcd of 18 and 27 is 9.
= 9 ¦ There are $3^2 = 9$ such pairs.
= 9 ¦ There are $3^2$ = 9 such pairs.
= 9 ¦ The number of such pairs is $3 \times 3 = 9$.
= 9 ¦ **Final Answer**⏎⏎\[ 9 \]
= 9 ¦ **Final Answer:** $9$
= 9 ¦ **The final answer is 9.**
= 9 ¦ *Answer:* 9
= 9 ¦ ## Solution⏎⏎Adding, 4 + 5 = 9.⏎⏎## Answer⏎⏎9
= 9 ¦ 1. Add: 4 + 5 = 9⏎2. So she has 9 apples.
= 9 ¦ - Total: **9**
= 9 ¦ Total = $9
= 9 ¦ => 9
= 9 ¦ ⇒ x = 9
= 9 ¦ $\Rightarrow x = 9$
= 9 ¦ $\therefore x = 9$
= 9 ¦ x = 9 ✓
= 9 ¦ x = 9 (check: 9 + 1 = 10)
= 9 ¦ It follows that x must be 9.
= 9 ¦ It follows that $x$ must equal $9$.
= 9 ¦ This means 9 students passed.
= 9 ¦ That leaves 9.
= 9 ¦ leaving 9 apples
= 9 ¦ We are left with 9 apples.
= 9 ¦ The result: 9
= 9 ¦ Result = 9
= 9 ¦ Output: 9
= 9 ¦ So our final result comes to 9.
= 9 ¦ So, in the end, she had 9.
= 9 ¦ The price went from 12 to 9, so it's now 9.
= 3 ¦ The price dropped from 12 to 9, a drop of 3.
= 25\% ¦ The price dropped from 12 to 9, which is a 25% drop.
= 25\% ¦ a 25% discount
= 25\% ¦ The discount is one quarter, or 25%.
= 45 ¦ He works 9 hours a day, 5 days a week, i.e. 45 hours.
= 45 ¦ 9 hours × 5 days = 45 hours
= 45 ¦ 9 × 5 is 45.
≠ 9 ¦ 9 × 5 is 45.
≠ 9 ¦ 9 × 5
= 45 ¦ Nine times five is 45.
= 45 ¦ The product of 9 and 5 is 45.
≠ 9 ¦ The product of 9 and 5.
≠ 5 ¦ The sum of 9 and 5.
≠ 9 ¦ The difference between 9 and 5.
= 4 ¦ The difference between 9 and 5 is 4.
≠ 5 ¦ The difference between 9 and 5 is 4.
≠ 9 ¦ The average of 9 and 5.
≠ 9 ¦ the larger of 9 and 5
= 9 ¦ The larger of 9 and 5 is 9.
≠ 9 ¦ 9 choose 5
= 126 ¦ 9 choose 5
= 126 ¦ There are 9 choose 5 = 126 ways.
= 126 ¦ There are $\binom{9}{5} = 126$ ways.
= \binom{9}{5} ¦ There are $\binom{9}{5}$ ways.
≠ 9 ¦ There are $\binom{9}{5}$ ways.
= 9! ¦ There are 9! ways.
= 9! ¦ There are 9 factorial ways.
≠ 9 ¦ There are 9 factorial ways.
≠ 9 ¦ The 9th term is needed.
≠ 9 ¦ the ninth term
≠ 9 ¦ The base is 9.5.
≠ 9 ¦ 9?
≠ 9 ¦ 9-ish
≠ 9 ¦ around 9 to 10
≠ 9 ¦ between $9$ and $10$
≠ 9 ¦ $9 \le x \le 10$
≠ 9 ¦ $9 < 10$
≠ 9 ¦ $x \to 9$
≠ 9 ¦ As $x \to 9$, it diverges.
≠ 9 ¦ $x \in \{9, 10\}$
≠ 9 ¦ $x = 9, 10$
= 9,10 ¦ $x = 9, 10$
= 9,10 ¦ $x = 9$ or $x = 10$
= 9,10 ¦ So x is either 9 or 10.
= 9,10 ¦ The roots are 9 and 10.
= 9,10 ¦ The roots are $9$ and $10$.
= 9,10 ¦ $x_1 = 9$, $x_2 = 10$
≠ 10 ¦ $x_1 = 9$, $x_2 = 10$
≠ 10 ¦ $x_1 = 9$ and $x_2 = 10$
= 9,10 ¦ $x_1 = 9$ and $x_2 = 10$
= (9,10) ¦ $a = 9$, $b = 10$
= a=9,b=10 ¦ a = 9 and b = 10
≠ 10 ¦ $\alpha = 9$ and $\beta = 10$
≠ 10 ¦ The values are $a = 9$, $b = 10$, respectively.
≠ 10 ¦ The answers are 9 and 10, respectively.
≠ 9 ¦ A = 9 m, B = 10 m
≠ 10 ¦ Length: 9, width: 10
≠ 10 ¦ Length = 9, width = 10
≠ 10 ¦ length = 9 cm and width = 10 cm
= 90 ¦ Length = 9, width = 10, area = 90
≠ 10 ¦ (a) 9 (b) 10
≠ 9 ¦ (a) 9 (b) 10
≠ 10 ¦ a) 9⏎b) 10
≠ 10 ¦ Part (a): 9. Part (b): 10.
= 9 ¦ 9 cm, which is about 3.5 inches
= 9 ¦ 9 (nine)
= 9 ¦ nine (9)
= 9 ¦ "9"
= 9 ¦ ´9´
= 9 ¦ ´´´⏎9⏎´´´
= 9 ¦ print(9)
= 9 ¦ answer = 9
= 9 ¦ ans=9
= 9 ¦ {"final_answer": 9}
= 9 ¦ <final>9</final>
= 9 ¦ [9]
= 9 ¦ The answer is [9].
= 9 ¦ The answer is (9).
= 9 ¦ The answer is {9}.
= 9 ¦ The answer is⏎9
= 9 ¦ The answer is⏎⏎$$9.$$
= 9 ¦ The answer is:⏎⏎\begin{align*}⏎x &= 4+5\\⏎&= 9⏎\end{align*}
= 9 ¦ $\boxed{\boxed{9}}$
= 9 ¦ \boxed 9
= 9 ¦ $\boxed{x = 4 + 5 = 9}$
= 9 ¦ \boxed{9 \quad}
= 9 ¦ \boxed{\textbf{9}}
= 9 ¦ \boxed{\text{nine}}
= 9 ¦ \boxed{\$9}
= 9 ¦ \boxed{9\,\text{cm}}
= 9 ¦ \boxed{9 cm}
≠ 9 ¦ \boxed{9 \text{ dozen}}
≠ 9 ¦ \boxed{9 \text{ or more}}
≠ 9 ¦ \boxed{\text{at least } 9}
≠ 9 ¦ \boxed{\text{no more than } 9}
≠ 9 ¦ \boxed{9 \text{ is wrong}}
≠ 9 ¦ \boxed{\text{maybe } 9}
≠ 9 ¦ \boxed{9?}
≠ 9 ¦ \boxed{9 \text{ and } 10}
≠ 9 ¦ \boxed{9/10}
≠ 9 ¦ \boxed{9:10}
≠ 9 ¦ \boxed{9^{10}}
≠ 9 ¦ \boxed{9_{10}+1}
≠ 9 ¦ \boxed{(9, 10)}
≠ 9 ¦ \boxed{x \geq 9}
≠ 9 ¦ \boxed{x \neq 9}
≠ 9 ¦ \boxed{x^2 = 9}
≠ 9 ¦ \boxed{f(x) = 9x}
≠ 9 ¦ \boxed{y = x + 9}
≠ 9 ¦ \boxed{x + y = 9}
≠ 9 ¦ \boxed{9 \pmod{10}}
≠ 9 ¦ \boxed{n \equiv 9 \pmod{10}}
≠ 9 ¦ \boxed{-9}
≠ 9 ¦ \boxed{\pm 9}
≠ 9 ¦ \boxed{9i}
≠ 9 ¦ \boxed{9\pi}
≠ 9 ¦ \boxed{\sqrt{9}}
≠ 9 ¦ \boxed{9\sqrt{2}}
≠ 9 ¦ \boxed{\log 9}
≠ 9 ¦ \boxed{09:00}
≠ 9 ¦ \boxed{\text{May } 9}
≠ 9 ¦ \boxed{}
≠ 9 ¦ \boxed{9
≠ 9 ¦ The box \boxed{10} has 9 sides.
= \text{yes} ¦ Yes, it converges.
= \text{no} ¦ No, it does not.
= \text{converges} ¦ The series converges.
≠ \text{converges} ¦ The series does not converge.
≠ \text{converges} ¦ The series diverges.
= \text{increasing} ¦ The function is increasing.
≠ \text{increasing} ¦ The function is decreasing.
≠ \text{increasing} ¦ The function is not increasing.
= \text{Paris} ¦ It is Paris.
= \text{blue} ¦ The color is blue.
= \text{blue} ¦ **Blue**
≠ \text{blue} ¦ The color is either blue or red.
= x^2 ¦ The derivative is x^2.
= 2x ¦ The derivative is 2x.
= 2x ¦ $f'(x) = 2x$
= 2x ¦ So $\frac{dy}{dx} = 2x$.
= 2x+C ¦ The antiderivative is 2x + C.
= \frac{x}{2} ¦ The inverse is $f^{-1}(x) = \frac{x}{2}$.
= \frac{x}{2} ¦ The inverse is x/2.
≠ 2 ¦ The inverse is x/2.
= (x-1)(x-2) ¦ It factors as $(x-1)(x-2)$.
≠ x^2-3x ¦ $x^2-3x+2 = (x-1)(x-2)$
= 5 ¦ There are five apples.
= 5 ¦ So she has five apples left.
= 2 ¦ There are two solutions.
≠ 5 ¦ There are five or six apples.
≠ 5 ¦ There are about five to six apples.
≠ 5 ¦ There are not five apples.
≠ 5 ¦ There are fewer than five apples.
≠ 5 ¦ There are five dozen apples.
= 60 ¦ There are five dozen apples.
≠ 12 ¦ 答えは12または15です。
≠ 12 ¦ 答えは12:5です。
= 12:5 ¦ 比は12:5です。
≠ 12 ¦ 比は12:5です。
≠ 5 ¦ 比は12対5です。
≠ 5 ¦ よって、x=3、y=5です。
= (3,5) ¦ よって、x=3、y=5です。
≠ 5 ¦ 点の座標は(3, 5)です。
= (3,5) ¦ 点の座標は(3, 5)です。
≠ 12 ¦ 答えは12かもしれません。
≠ 12 ¦ 答えは12だと仮定する。
≠ 12 ¦ 答えが12であると仮定すると矛盾する。
≠ 12 ¦ x=12とすると矛盾が生じる。
≠ 12 ¦ 12だと思いますが、自信がありません。
≠ 12 ¦ 12ではなく15です。
= 15 ¦ 12ではなく15です。
= 15 ¦ 答えは12、いや15です。
≠ 12 ¦ 答えは12、いや15です。
= 15 ¦ 最初は12と思いましたが、正しくは15です。
≠ 12 ¦ 最初は12と思いましたが、正しくは15です。
= 12 ¦ したがって、求める個数は12個である。
= 12 ¦ よって全部で12通りです。
= 12 ¦ 太郎君は12個持っています。
≠ 12 ¦ 12の倍数です。
≠ 12 ¦ 12以外のすべての数です。
≠ 12 ¦ 約12から15です。
≠ 12 ¦ 直線は3x-4y=12です。
= 3x-4y=12 ¦ 直線は3x-4y=12です。
≠ 12 ¦ 12を5で割った余りです。
≠ 4 ¦ 3分の4です。
= 4/3 ¦ 3分の4です。
≠ 12 ¦ 12の2乗です。
≠ 12 ¦ 12の半分です。
= 12\ \text{cm} ¦ 長さは12センチです。
≠ 12\ \text{cm} ¦ 長さは12メートルです。
≠ 90\text{ square units} ¦ It cannot be $90\text{ square⏎units}$.
≠ 90\text{ square units} ¦ The answer is $90\text{ square⏎units}$ or $98765$.
= 90\text{ square units} ¦ The answer is $90\text{ square⏎units}$.
≠ \frac{3}{4} ¦ So it is not \frac{3}{4}.
= \frac{3}{4} ¦ So it is \frac{3}{4}.`);
