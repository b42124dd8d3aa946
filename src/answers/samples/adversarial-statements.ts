import { readPairs } from './read-pairs.js';

/** More responses of these kinds, in plain sentences, formulas and Japanese. */
export const adversarialStatements = readPairs(String.raw`
= \frac58 ¦ The probability is 0.625.
= \frac58 ¦ The probability is 62.5%.
= 62.5\% ¦ The probability is 62.5%.
= 5\sqrt2 ¦ The diagonal is 5 times root 2.
= 5\sqrt2 ¦ The diagonal is 5√2 ≈ 7.07.
= 5\sqrt2 ¦ The diagonal is 5 sqrt(2) units.
= 5\sqrt2 ¦ The diagonal is 5*sqrt(2).
= 5\sqrt2 ¦ The diagonal is $5\sqrt{2}$ cm.
= 5\sqrt2 ¦ The diagonal is sqrt(50).
= 5\pi ¦ The arc is 5 pi.
= 5\pi ¦ The arc is 5*pi cm long.
= 5\pi ¦ The arc is $5\pi$ cm long, i.e. about 15.7 cm.
= 7.5 ¦ The average is 7.5 points.
= 7.5 ¦ The average is seven and a half.
= 7.5 ¦ The average is 15/2.
= 25 ¦ It costs 25 cents each.
= 0.25 ¦ It costs $0.25 each.
= 0.25 ¦ It costs a quarter of a dollar, i.e. $0.25.
= 3:20 ¦ The train arrives at 3:20.
= 200 ¦ It takes 3 hours and 20 minutes, i.e. 200 minutes.
≠ 8 ¦ たぶん8ですが、確信はありません。
≠ 8 ¦ 8か9です。
≠ 8 ¦ 答えは8か9です。
≠ 8 ¦ 8を超える。
≠ 8 ¦ 8と仮定すると矛盾する。
≠ 8 ¦ 8は解ではない。
≠ 8 ¦ x=8は不適。
= 7 ¦ x=8は不適なので、x=7。
≠ 8 ¦ x=8は不適なので、x=7。
≠ 8 ¦ ある生徒は8と答えたが、これは間違いである。
= 7 ¦ ある生徒は8と答えたが、正しくは7である。
≠ 8 ¦ 答えは8だと思ったが、間違いだった。
= 8 ¦ 答えは8だと思います。
= 8 ¦ よって答えは8である。
= 8 ¦ 以上より、8個。
= 8 ¦ 全部で8人います。
≠ 8 ¦ 商は5、余りは8です。
= 5,8 ¦ 解は5と8です。
≠ 8 ¦ 解は5と8です。
≠ 8 ¦ 5から8までです。
≠ 8 ¦ 5以上8以下です。
≠ 8 ¦ 約8.2です。
≠ 8 ¦ √8です。
≠ 8 ¦ 8π です。
= 8\pi ¦ 面積は8πです。
= 5\sqrt2 ¦ 対角線は5√2です。
≠ 2 ¦ 対角線は5√2です。
≠ 2 ¦ 関数はy=x^2です。
≠ 6 ¦ Perhaps 6, perhaps 7.
≠ 6 ¦ I am not entirely sure, but I would guess 6.
≠ 6 ¦ Unfortunately I can't confirm it, but 6 looks plausible.
≠ 6 ¦ It is possible that the answer is 6.
≠ 6 ¦ There is a chance that the answer is 6.
≠ 6 ¦ 6 seems plausible but I have not proven it.
= 6 ¦ Without doubt the answer is 6.
= 6 ¦ There is no doubt that it is 6.
= 6 ¦ Not surprisingly, the answer is 6.
= 6 ¦ I checked all cases; the count is 6.
= 6 ¦ Note that 5 is not allowed. The total is 6.
= 6 ¦ None of the other 5 options works, so it is 6.
= 6 ¦ Only 6 works.
= 6 ¦ Only $n = 6$ works.
= 6 ¦ Thus $n = 6$ is the only possibility.
= 6 ¦ $n=6$ satisfies all conditions, while $n=5$ does not.
= 6 ¦ So $n = 6$ works but $n = 7$ does not.
≠ 7 ¦ So $n = 6$ works but $n = 7$ does not.
= 6 ¦ So 6 works and 7 does not.
≠ 7 ¦ So 6 works and 7 does not.
≠ 6 ¦ Neither $n = 6$ nor $n = 7$ works.
≠ 6 ¦ So n = 6 is not possible.
≠ 6 ¦ If we take n = 6 we get 36, which is too large.
≠ 36 ¦ If we take n = 6 we get 36, which is too large.
≠ 6 ¦ Plugging in $n=6$ gives $36 \neq 40$.
≠ 6 ¦ We tried 6 and it failed.
≠ 6 ¦ The claim that the answer is 6 is false.
≠ 6 ¦ My friend says the answer is 6, but she is wrong.
≠ 6 ¦ According to the answer key it's 6, yet the key is wrong.
≠ 6 ¦ The naive answer is 6.
≠ 6 ¦ The wrong answer is 6.
≠ 6 ¦ An incorrect answer is 6.
≠ 6 ¦ A common wrong answer is 6.
≠ 6 ¦ The previous answer was 6.
= 7 ¦ The previous answer was 6; the corrected answer is 7.
= 7 ¦ The naive answer is 6, but the true answer is 7.
= 7 ¦ A common wrong answer is 6; the right answer is 7.
= 7 ¦ Most people answer 6, but the answer is actually 7.
= 7 ¦ It looks like 6, but it's 7.
= 7 ¦ It's not 6, it's 7.
= 7 ¦ It isn't 6; it is 7.
= 7 ¦ 6 would be wrong; 7 is right.
= 7 ¦ I said 6 before, but I meant 7.
= 7 ¦ \boxed{6} is wrong. The correct answer is \boxed{7}.
≠ 6 ¦ \boxed{6} is wrong. The correct answer is \boxed{7}.
= 7 ¦ Answer: 6. Hmm, that doesn't add up: 3 + 4 = 7. The answer is 7.
= 7 ¦ Thus the answer is 6. No wait, I forgot the last one, so the answer is 7.
= 6 ¦ Thus the answer is 6. Wait, let me double check. 2 × 3 = 6. Good.
= 6 ¦ The answer is 6. Actually, we can verify it: 6/2 = 3.
= 6 ¦ The answer is 6. I am sorry for the long solution.
= 6 ¦ The answer is 6. There is no mistake here: it is 2 times 3.
≠ 6 ¦ The numbers are in the ratio 6 to 7.
≠ 6 ¦ The ratio a:b is 6:7.
= 6:7 ¦ The ratio a:b is 6:7.
= 6:7 ¦ The ratio of red to blue marbles is 6 to 7.
= 6:7 ¦ $a : b = 6 : 7$
≠ 7 ¦ $a : b = 6 : 7$
≠ 6 ¦ The scale is 1:6.
≠ 6 ¦ The odds are 6 to 7 against.
≠ 6 ¦ It is 6 parts in 7.
≠ 6 ¦ 6 for every 7
≠ 6 ¦ 6 per 7 days
≠ 6 ¦ six out of seven
= 6/7 ¦ six sevenths
≠ 6 ¦ 6 sevenths
= 6/7 ¦ 6 sevenths
= 6/7 ¦ The fraction of red marbles is 6 out of 7.
= 6/7 ¦ The fraction is 6 / 7.
≠ 6 ¦ The fraction is 6 / 7.
≠ 6 ¦ The matrix is 6 by 7.
≠ 6 ¦ It is a 6-by-7 grid.
≠ 6 ¦ a 6 × 7 board
≠ 7 ¦ a 6 × 7 board
≠ 42 ¦ a 6 × 7 board
≠ 6 ¦ A(6, 7)
= (6,7) ¦ The midpoint is M(6, 7).
≠ 7 ¦ The midpoint is M(6, 7).
= (6,7) ¦ M = (6, 7)
= (6,7) ¦ So $(x, y) = (6, 7)$.
= (6,7) ¦ x is 6 and y is 7
≠ 7 ¦ x is 6 and y is 7
= (6,7) ¦ The solution is x = 6, y = 7.
≠ 7 ¦ The solution is x = 6, y = 7.
= (6,7) ¦ The solution is $x=6$, $y=7$.
≠ 7 ¦ The solution is $x=6$, $y=7$.
≠ 7 ¦ The solution is $(x,y)=(6,7)$.
≠ 7 ¦ $x = 6, y = 7$
≠ 7 ¦ \boxed{x = 6, y = 7}
≠ 7 ¦ \[ x = 6, \quad y = 7 \]
= 6 ¦ \boxed{6} where $y = 7$
= 13 ¦ $x = 6$ and $y = 7$. Therefore $x + y = 13$.
= 13 ¦ So x = 6, y = 7 and x + y = 13.
= 13 ¦ x = 6 and y = 7. The sum is 13.
= 42 ¦ With x = 6 and y = 7 we get xy = 42.
= 42 ¦ The sides are 6 and 7, so the area is 42.
= 42 ¦ Length 6, width 7, area 42.
≠ 7 ¦ The sides are 6 and 7.
≠ 6 ¦ The angles are 6, 7 and 8 degrees.
≠ 7 ¦ There are 6 boys and 7 girls.
= 13 ¦ There are 6 boys and 7 girls, 13 in total.
= 13 ¦ There are 6 boys and 7 girls, for a total of 13 children.
= 13 ¦ 6 boys and 7 girls make 13 children.
≠ 6 ¦ 6 < x < 7
≠ 6 ¦ x is between 6 and 7.
≠ 6 ¦ 6 ≤ x
≠ 6 ¦ 6 and above
≠ 6 ¦ 6 and up
≠ 6 ¦ at least half of 6
≠ 6 ¦ 6 or fewer
≠ 6 ¦ below 6
≠ 6 ¦ 6 minus epsilon
≠ 6 ¦ approximately 6.02
= 6 ¦ exactly 6
= 6 ¦ just 6
= 6 ¦ precisely 6 of them
≠ 6 m ¦ It is 6 cm.
= 6 m ¦ It is 600 cm.
= 6 m ¦ It is 6 m long.
= 6 m ¦ It is 6 meters long.
≠ 6 m ¦ The area is 6 m^2.
≠ 6 ¦ 6 hundred
≠ 6 kg ¦ It weighs 6 g.
= 6 kg ¦ It weighs 6000 g.
= 6 kg ¦ The mass is 6 kilograms.
≠ 6 \text{ hours} ¦ It takes 6 days.
= 6 \text{ hours} ¦ It takes a quarter of a day, i.e. 6 hours.
≠ \$6 ¦ It costs 6 pounds.
= \$6 ¦ The cost is \$6.
= \$6 ¦ The cost is 6 USD.
= 6\% ¦ The interest rate is 6 %.
= 6\% ¦ an increase of 6 percent
≠ 6\% ¦ an increase of 0.6 percent
= 60 ¦ an angle of 60 degrees
= 60^\circ ¦ an angle of 60 degrees
≠ 60^\circ ¦ an angle of 60 minutes
= 60 ¦ $\angle ABC = 60^\circ$
= 60^\circ ¦ So $\angle ABC = 60^{\circ}$.
= \frac{\pi}{3} ¦ So the angle is $\pi/3$ radians.
= 2^{10} ¦ The number is 2 to the 10th power.
≠ 10 ¦ The number is 2 to the tenth.
= x^2+1 ¦ The polynomial is $x^2 + 1$.
= x^2+1 ¦ $f(x) = x^2 + 1$
≠ 1 ¦ So f(x) equals x squared plus 1.
≠ 1 ¦ The remainder is x + 1.
≠ 3 ¦ The general solution is x = 3k.
≠ 3 ¦ The general term is 3n.
≠ 1 ¦ n ≡ 1 (mod 4)
≠ 4 ¦ n ≡ 1 (mod 4)
= n \equiv 1 \pmod 4 ¦ n ≡ 1 (mod 4)
≠ 4 ¦ n is congruent to 1 modulo 4
≠ 1 ¦ all n of the form 4k + 1
≠ 3 ¦ multiples of 3
≠ 3 ¦ All multiples of 3.
≠ 3 ¦ every third number
= \text{Monday} ¦ It will be Monday.
= \text{Monday} ¦ The day is Monday.
≠ \text{Monday} ¦ The day is not Monday.
≠ \text{Monday} ¦ The day after Monday.
= \text{Alice} ¦ The winner is Alice.
≠ \text{Alice} ¦ The winner is Bob.
= B ¦ I choose (B).
= B ¦ The answer is (B), since (A) is too small.
= B ¦ Option (B) is correct.
= B ¦ (A) is wrong, (C) is wrong, so (B).
≠ A ¦ (A) is wrong, (C) is wrong, so (B).
≠ B ¦ Both (A) and (B) are correct.
= \text{True} ¦ The statement is true.
≠ \text{True} ¦ The statement is false.
≠ \text{True} ¦ The statement is not true.
= 6 ¦ 答えは、6です。
= 6 ¦ 答え：6
= 6 ¦ 【答え】6
= 6 ¦ **答え**: 6個
≠ 6 ¦ 6より大きい。
≠ 6 ¦ 6とは限らない。
≠ 6 ¦ 6ではないと思います。
= 7 ¦ 6ではなく、7が正しい。
= 7 ¦ 6と計算しましたが、正解は7です。
≠ 6 ¦ 6だったかもしれない。
= 6:7 ¦ 比は6:7である。
= 6/7 ¦ 確率は7分の6です。
= 6/7 ¦ 確率は6/7です。
= 60% ¦ 割合は60%です。
= 60% ¦ 6割です。
= x=6 ¦ x=6
= \text{解なし} ¦ 解なし`);
