import { readPairs } from './read-pairs.js';

/** A second set of the same kinds, made after the first was right. */
export const adversarialMore = {
  'more words after a number': readPairs(String.raw`
= 5 ¦ 5 apples left
≠ 12 ¦ 12 \text{ and more}
≠ 12 ¦ 12 plus
≠ 12 ¦ 12 no
≠ 12 ¦ at least $12$
≠ 7 ¦ 7 th
= 6 ¦ 6 feet tall
= 8 ¦ 8 cookies each
= 12 ¦ 12 possibilities
= 12 ¦ 12 solutions
≠ 12 ¦ 12 boys or girls
≠ 12 ¦ 12 minus
= 12 ¦ 12 remaining apples
≠ 12 ¦ 12 unknown
≠ 12 ¦ 12 impossible
≠ 12 ¦ 12 excluded
≠ 12 ¦ 12 short
≠ 12 ¦ 12 late
≠ 12 ¦ 12 zillion
≠ 12 ¦ 12 score
≠ 12 ¦ 12 gross
≠ 12 ¦ 12 thousandths
≠ 12 ¦ 12 sixths
≠ 12 ¦ 12 hundredths
≠ 12 ¦ 12 twelfths
= 1 ¦ 12 twelfths
≠ 12 ¦ 12 raised to 2
≠ 12 ¦ 12 power
≠ 12 ¦ 12 and above
≠ 12 ¦ 12 and up
≠ 12 ¦ 12 onwards
≠ 12 ¦ 12 exclusive
≠ 12 ¦ 12 inclusive
≠ 12 ¦ 12 at best
≠ 12 ¦ 12 at worst
≠ 12 ¦ 12 maximum
≠ 12 ¦ 12 minimum
≠ 12 ¦ 12 max
≠ 12 ¦ 12 give or take
≠ 12 ¦ 12 below
≠ 12 ¦ 12 above sea level
= 12 ¦ 12 years old
= 12 ¦ 12 cm long
≠ 12 ¦ 12 dollars more
≠ \$12 ¦ 12 cents
≠ 12 km ¦ 12 miles
≠ 12 ¦ 12 modulo 7
≠ 12 ¦ 12 in binary
≠ 12 ¦ 12 hex
≠ 12 ¦ 12 roman
≠ 12 ¦ twelve dozen
= 144 ¦ twelve dozen
= 12 ¦ a dozen
= 6 ¦ half a dozen
= 24 ¦ two dozen`),
  'more sampled formulas': readPairs(String.raw`
≠ |x-7| ¦ 7-x
≠ |2x-10| ¦ 10-2x
≠ \lfloor x/7\rfloor ¦ \lceil x/7\rceil - 1
= \lfloor \frac{n-1}{2} \rfloor ¦ \lceil \frac{n}{2}\rceil-1
= \lfloor n/2\rfloor+\lceil n/2\rceil ¦ n
≠ \lfloor x/2\rfloor+\lceil x/2\rceil ¦ x
≠ \binom{n}{3} ¦ 0
≠ \binom{n}{12} ¦ \binom{n}{11}
≠ \gcd(n,6) ¦ 1
≠ \gcd(n,4) ¦ 2
≠ \operatorname{lcm}(n,2) ¦ 2n
≠ n \bmod 7 ¦ n
≠ \min(a,b) ¦ a
≠ \max(a,b,c) ¦ \max(a,b)
≠ \sqrt{x^2-2x+1} ¦ x-1
= \sqrt{x^2-2x+1} ¦ |x-1|
= \sqrt[3]{x^3} ¦ x
≠ \sqrt[4]{x^4} ¦ x
≠ e^{-10x^2} ¦ 0
≠ \frac{\sin x}{x} ¦ 1
≠ \arg(z) ¦ 0
≠ \overline{z} ¦ z^2
≠ z+\overline{z} ¦ 2z
= z+\overline{z} ¦ 2\operatorname{Re} z
≠ |z| ¦ z
= |e^{ix}| ¦ 1
≠ \lfloor x \rfloor^2 ¦ \lfloor x^2\rfloor
≠ \lfloor 10x\rfloor/10 ¦ x
≠ x - \lfloor x \rfloor ¦ 0
= \sum_{k=1}^n k^3 ¦ (\sum_{k=1}^n k)^2
= \sum_{k=1}^{n} \frac{1}{k(k+1)} ¦ \frac{n}{n+1}
≠ \sum_{k=1}^{n} \frac1k ¦ \ln n
≠ 2^n ¦ n^2
≠ n^2-n+41 ¦ n^2+n+41
= \prod_{k=1}^{n}2k ¦ 2^n n!
= \frac{(2n)!}{(n!)^2} ¦ \binom{2n}{n}
= \frac{(2n)!}{2^n n!} ¦ (2n-1)!!
= \cos 2x ¦ 1-2\sin^2 x
≠ \cos 2x ¦ 2\cos x
≠ \tan(x+y) ¦ \tan x+\tan y
≠ \log(a+b) ¦ \log a+\log b
= \log_2 8n ¦ 3+\log_2 n
= \sec^2x-\tan^2x ¦ 1
= x^{2/3} ¦ \sqrt[3]{x^2}
= \ln\frac{a}{b} ¦ \ln a-\ln b
= \sinh x ¦ \frac{e^x-e^{-x}}{2}
≠ \arctan x+\arctan\frac1x ¦ \frac{\pi}{2}
≠ \operatorname{sgn}(x) ¦ 1`),
  'more structures': readPairs(String.raw`
= x=2 \text{ or } x=3 ¦ \{2,3\}
= x=2, x=3 ¦ 2,3
= x \in \{2,3\} ¦ 2 \text{ and } 3
= \{2\} ¦ x=2
= 2<x\le 5 ¦ x \in (2,5]
= 2<x\le 5 ¦ 5 \ge x > 2
= [2,3]\cup\{5\} ¦ [2,3] \cup \{5\}
≠ (2,3) ¦ [2,3]
= \mathbb{R}-\{0\} ¦ x\ne 0
= x \neq 0, 1 ¦ \mathbb{R}\setminus\{0,1\}
= (0,1)\cup(1,2) ¦ (0,2)\setminus\{1\}
= x\geq 0 ¦ [0,+\infty)
≠ x > 0 ¦ x \ge 0
= -1\le x\le 1 ¦ |x|\le 1
= |x|>1 ¦ x<-1 \text{ or } x>1
= |x-2|<3 ¦ (-1,5)
= 2 hours 30 minutes ¦ 150 minutes
= 2 hours 30 minutes ¦ 2.5 hours
= 1 day 2 hours ¦ 26 hours
= 3 m 20 cm ¦ 320 cm
= 3 m 20 cm ¦ 3.2 m
= 2 kg 500 g ¦ 2.5 kg
= 5 pounds 8 ounces ¦ 88 ounces
= 1 hour 75 minutes ¦ 135 minutes
= 90 km/h ¦ 25 m/s
≠ 90 km/h ¦ 90 km
= 3 m^2 ¦ 30000 cm^2
= 1 ha ¦ 10000 m^2
= 2 cm^3 ¦ 2 mL
= 1.5 L ¦ 1500 cm^3
= 10:15 pm ¦ 22:15
≠ 10:15 am ¦ 22:15
= March 3, 2021 ¦ 3 March 2021
= March 3, 2021 ¦ 2021-03-03
= Dec 25 ¦ December 25
= 25th December ¦ December 25th
≠ December 25 ¦ 25
≠ 25 ¦ December 25
≠ 2021 ¦ March 3, 2021
= 0.1\overline{6} ¦ 0.1666\ldots
= \frac{1}{6} ¦ 0.16666...
≠ \frac16 ¦ 0.1666
= 0.142857142857\ldots ¦ \frac17
= 3.2E5 ¦ 320000
= 3.2 \times 10^{-3} ¦ 0.0032
= 3.2\times 10^{-3} ¦ 3.2e-3
≠ 3.2e-3 ¦ 0.032
= 1,000,000 ¦ 10^6
= -\frac{1}{2} ¦ \frac{1}{-2}
= -\frac12 ¦ -.5
= 1\frac{1}{2} ¦ 1 + \frac12
= 1\frac12 ¦ \frac32
= 1 1/2 ¦ 1.5
≠ 11/2 ¦ 1 1/2
= \frac{3}{4} ¦ .75
= \frac34 ¦ 75\%
≠ \frac34 ¦ 7.5\%
= 0.001 ¦ 0.1\%
= 100\% ¦ 1
≠ 10^{-8} ¦ 0
≠ \frac{1}{10^{50}} ¦ 0
≠ 10^{50} ¦ 10^{50}+1
= \sqrt{2} ¦ 1.414214
≠ \sqrt{2} ¦ 1.4142
≠ \frac{22}{7} ¦ \pi
= \begin{pmatrix}1\\2\\3\end{pmatrix} ¦ (1,2,3)
≠ \begin{pmatrix}1&2\\3&4\end{pmatrix} ¦ \begin{pmatrix}1&2\\3&5\end{pmatrix}
≠ \begin{pmatrix}0&1\\1&0\end{pmatrix} ¦ \begin{pmatrix}1&0\\0&1\end{pmatrix}
= \langle 1,2\rangle ¦ 1\mathbf{i}+2\mathbf{j}
= \langle 1,2,0\rangle ¦ \mathbf{i}+2\mathbf{j}
= \mathbf{i}-\mathbf{k} ¦ (1,0,-1)
≠ \mathbf{i}-\mathbf{k} ¦ (1,-1)
= B ¦ B. 12
= B ¦ Option B
= B ¦ Answer: B
≠ B ¦ BB
= B ¦ b)
= A ¦ a
= (A) ¦ (a)
= D ¦ (D) none of these
= True ¦ true
= yes ¦ Yes!
≠ no ¦ none
≠ no ¦ no solution
≠ even ¦ neither even nor odd
≠ parallel ¦ not parallel
≠ acute ¦ obtuse
≠ Alice ¦ Bob
= Alice and Bob ¦ Bob and Alice
≠ Alice ¦ Alice and Bob
= red, blue ¦ blue, red
= x^2+y^2=1 ¦ y^2+x^2=1
= x^2+y^2=1 ¦ 2x^2+2y^2=2
≠ x^2+y^2=1 ¦ x^2-y^2=1
= y=2x+1 ¦ 2x-y+1=0
≠ y=2x+1 ¦ y=2x-1
≠ y=|x| ¦ y=x
= f(x)=2x ¦ 2x
= f(x)=2x ¦ f(y)=2y
≠ f(x)=2x ¦ f(x)=2y
= f(n)=n^2 ¦ f(k)=k^2
= x=y ¦ y=x
= (x,y)=(1,2) ¦ x=1, y=2
≠ (x,y)=(1,2) ¦ y=1, x=2
= (1,2),(3,4) ¦ (1,2) and (3,4)
≠ (1,2),(3,4) ¦ (2,1),(4,3)
= A=\frac{1}{2}bh ¦ \frac12 bh
= S_n=\frac{n(n+1)}{2} ¦ \frac{n^2+n}{2}`),
} as const;
