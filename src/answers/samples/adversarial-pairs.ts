import { readPairs } from './read-pairs.js';

/** Bare answers beside their golds: words, units, sets, dates and forms of one value. */
export const adversarialPairs = {
  'a value in many forms': readPairs(String.raw`
≠ 12 ¦ 12 or so
≠ 12 ¦ nearly 12
≠ 12 ¦ 12 plus
≠ 12 ¦ 12 squared
≠ 12 ¦ 12 times 2
≠ 12 ¦ 12 and a half
= 12.5 ¦ 12 and a half
≠ 12 ¦ twelve hundred
= 1200 ¦ twelve hundred
≠ 12 ¦ 12 \text{ over } 5
= 12/5 ¦ 12 over 5
≠ 12 ¦ 12 per 5
≠ 12 ¦ 12 out of 15
≠ 12 ¦ 12 in 15
≠ 12 ¦ 12 : 15
≠ 12 ¦ 12 \pmod{15}
≠ 12 ¦ 12 by 15
≠ 12 ¦ 12 \times 15
≠ 12 ¦ 12 ± 0.5
≠ 12 ¦ 12 \pm 1
≠ 12 ¦ 12?
≠ 12 ¦ 12 maybe
≠ 12 ¦ maybe 12
≠ 12 ¦ not 12
≠ 12 ¦ 12 (wrong)
≠ 12 ¦ \text{if } x = 12
≠ 12 ¦ 12 \text{ if } n \text{ is even}
≠ 12 ¦ 12 if n is odd
≠ 12 ¦ 12 quarters
≠ 12 ¦ 12 hundredths
≠ 12 ¦ 12 k
≠ 12 ¦ 12e1
≠ 12 ¦ 12 x
≠ 12 ¦ 12 log 2
≠ 12 ¦ 12 pi
= 12\pi ¦ 12 pi
= 12\pi ¦ 12 * pi
≠ 12 ¦ 12 degrees below zero
= 12 ¦ 12 units
= 12 ¦ 12 square units
= 12 ¦ 12 people
= 12 ¦ 12 students
= 12 ¦ 12 \text{ ways}
= 12 ¦ 12 \text{ total ways}
= 12 ¦ twelve
= 12 ¦ Twelve
= 12 ¦ 12.
= 12 ¦ 12.0
= 12 ¦ 12.00
= 12 ¦ 12,
= 12 ¦ (12)
= 12 ¦ {12}
= 12 ¦ $12
= 12 ¦ 12$
= 12 ¦ $$12$$
= 12 ¦ \(12\)
= 12 ¦ \[12\]
= 12 ¦ x = 12
= 12 ¦ x=12.
= 12 ¦ n = 12
= 12 ¦ \boxed{12}
= 12 ¦ 24/2
= 12 ¦ 2^2 \cdot 3
= 12 ¦ 12^1
= 12 ¦ \sqrt{144}
= 12 ¦ 3!\cdot 2
= 12 ¦ \frac{24}{2}
= 12 ¦ \dfrac{12}{1}
= 12 ¦ 1.2 \times 10^1
= 12 ¦ 1.2e1
= 12 ¦ 12 \,
= 12 ¦ ~12
= 12 ¦ 12\%\cdot 100
≠ 12 ¦ 0.12
≠ 0.12 ¦ 12
= 0.12 ¦ 12\%
≠ 1/3 ¦ 0.33
≠ 1/3 ¦ 0.3
≠ 1/7 ¦ 0.14
≠ \sqrt2 ¦ 1.4
≠ \sqrt2 ¦ 1.41
≠ \frac{2}{3} ¦ \frac{3}{2}
≠ -\frac23 ¦ \frac23
= -\frac23 ¦ \frac{-2}{3}
= -\frac23 ¦ \frac{2}{-3}
= -\frac23 ¦ -2/3
= \frac{\sqrt3}{3} ¦ \frac{1}{\sqrt3}
= \sqrt{50} ¦ 5\sqrt2
≠ \sqrt{50} ¦ 2\sqrt5
= 1+\sqrt2 ¦ \sqrt2+1
≠ 1+\sqrt2 ¦ 1-\sqrt2
= \sqrt{3+2\sqrt2} ¦ 1+\sqrt2
= x^2-1 ¦ (x-1)(x+1)
≠ x^2-1 ¦ (x-1)^2
= x^2-1 ¦ f(x)=x^2-1
= x^2-1 ¦ y=x^2-1
≠ x^2-1 ¦ x^2-1=0
= x^2-1=0 ¦ x^2=1
≠ x^2-1=0 ¦ x=1
≠ x=1 ¦ x^2=1
≠ x > 1 ¦ x \ge 1
= x > 1 ¦ (1,\infty)
= x > 1 ¦ 1 < x
≠ x > 1 ¦ x < 1
≠ x > 1 ¦ y > 1
= (1,\infty) ¦ x>1
= [-1,1] ¦ |x| \le 1
= [-1,1] ¦ -1\leq x\leq 1
≠ [-1,1] ¦ \{-1,1\}
≠ [-1,1] ¦ (-1,1)
= (-1,1) ¦ ]-1,1[
= (-\infty,0)\cup(0,\infty) ¦ x\neq0
= \mathbb{R}\setminus\{0\} ¦ x \ne 0
= \mathbb{R} ¦ \text{all reals}
= \mathbb{R} ¦ all real numbers x
= \emptyset ¦ none
= \emptyset ¦ no real solutions
= \text{no solution} ¦ There is no solution.
= \text{none} ¦ no solutions
= \{1,2,3\} ¦ 1,2,3
= \{1,2,3\} ¦ \{3,2,1\}
≠ \{1,2,3\} ¦ \{1,2\}
≠ \{1,2,3\} ¦ \{1,2,3,4\}
= 1,2 ¦ 1 and 2
= 1,2 ¦ 2, 1
= 1,2 ¦ x=1, x=2
= 1,2 ¦ x_1=1, x_2=2
= 1,2 ¦ x \in \{1,2\}
≠ 1,2 ¦ 1
≠ 1,2 ¦ 12
≠ 1,2 ¦ (1,2)
≠ (1,2) ¦ [1,2]
= (1,2) ¦ (1, 2)
= (1,2) ¦ \left(1,2\right)
= (1,2) ¦ x=1, y=2
≠ (1,2) ¦ 1,2,3
= (1,2),(3,4) ¦ (3,4), (1,2)
≠ (1,2),(3,4) ¦ (1,3),(2,4)
= (\frac12, \frac13) ¦ (0.5, 1/3)
= \begin{pmatrix}1\\2\end{pmatrix} ¦ (1,2)^T
= \begin{pmatrix}1\\2\end{pmatrix} ¦ \begin{bmatrix}1\\2\end{bmatrix}
≠ \begin{pmatrix}1\\2\end{pmatrix} ¦ \begin{pmatrix}2\\1\end{pmatrix}
= 2\mathbf{i}-\mathbf{j} ¦ \langle 2,-1\rangle
= 2\vec{i}-\vec{j}+\vec{k} ¦ (2,-1,1)
≠ 2\vec{i}-\vec{j}+\vec{k} ¦ (2,1,1)
= 3:4 ¦ 3/4
= 3:4 ¦ 6:8
= 3:4 ¦ 3 to 4
≠ 3:4 ¦ 4:3
≠ 3:30 ¦ 3:31
= 15:30 ¦ 3:30 PM
= 3:30\text{ PM} ¦ 15:30
= 90 minutes ¦ 1 hour 30 minutes
= 90 minutes ¦ 1.5 hours
= 1\frac12\text{ hours} ¦ 90 minutes
≠ 90 minutes ¦ 1 hour 20 minutes
= 5\text{ ft }6\text{ in} ¦ 66\text{ in}
= 7 m^3 ¦ 7000 L
= 2.5 km ¦ 2500 m
≠ 2.5 km ¦ 250 m
= 25 cm ¦ 0.25 m
= 25 cm ¦ 0.25m
= 3 kg ¦ 3000g
≠ 12 kg ¦ 12 g
= 72 km/h ¦ 20 m/s
≠ 72 km/h ¦ 72 m/s
= 1000 cm^2 ¦ 0.1 m^2
≠ 1000 cm^2 ¦ 10 m^2
= 32^\circ F ¦ 32°F
≠ 32^\circ C ¦ 32°F
= 45^\circ ¦ 45 degrees
= 45^\circ ¦ 45
= 45^\circ ¦ \frac{\pi}{4}
≠ 45^\circ ¦ 45\pi
= \frac{\pi}{3} ¦ 60^\circ
= \frac{\pi}{3} ¦ \pi/3 \text{ radians}
≠ 60 ¦ \frac{\pi}{3}
= 25\% ¦ 1/4
= 25\% ¦ 0.25
= 25\% ¦ 25 percent
= 25\% ¦ 25
≠ 25\% ¦ 2.5
≠ 25\% ¦ 25\text{ percentage points}
= \$1,250 ¦ 1250
= \$1,250 ¦ \$1{,}250.00
= \$1,250 ¦ 1250 dollars
≠ \$1,250 ¦ €1,250
= \$0.50 ¦ 50 cents
= 1{,}000{,}000 ¦ 10^6
= 1{,}000{,}000 ¦ 1 million
= 1{,}000{,}000 ¦ one million
= 1,500,000 ¦ 1.5 million
≠ 1,500,000 ¦ 1.5
= 3\times10^8 ¦ 300000000
≠ 3\times10^8 ¦ 3\times10^{-8}
= 1011_2 ¦ (1011)_2
≠ 1011_2 ¦ 11
= 0.\overline{3} ¦ 1/3
= 0.1\overline{6} ¦ 1/6
= 0.(142857) ¦ 1/7
≠ 0.\overline{3} ¦ 0.3
= A ¦ (A)
= A ¦ \text{A}
= A ¦ A.
= A ¦ Option A
≠ A ¦ B
≠ A ¦ A and B
≠ A ¦ not A
= \text{(A)} ¦ A
= Tuesday ¦ tuesday
= Tuesday ¦ \text{Tuesday}
≠ Tuesday ¦ not Tuesday
≠ Tuesday ¦ Tuesday or Wednesday
= Yes ¦ yes
≠ Yes ¦ No
= \text{even} ¦ even
≠ even ¦ not even
= \text{ellipse} ¦ an ellipse
= \text{ellipse} ¦ It is an ellipse.
≠ ellipse ¦ hyperbola
≠ isosceles ¦ not isosceles
= \text{Alice} ¦ alice
≠ Alice ¦ Bob
≠ Alice ¦ Alice and Bob
= July 4, 1776 ¦ 4 July 1776
≠ July 4, 1776 ¦ July 4, 1777
= n(n+1)/2 ¦ \frac{n^2+n}{2}
= \frac{n(n+1)}{2} ¦ \binom{n+1}{2}
= 2^n-1 ¦ \sum_{k=0}^{n-1} 2^k
≠ 2^n-1 ¦ 2^{n-1}
= \binom{n}{2} ¦ \frac{n(n-1)}{2}
= (n+1)! ¦ (n+1) \cdot n!
≠ (n+1)! ¦ n!+1
= \ln 4 ¦ 2\ln 2
= \log_2 8 ¦ 3
= e^{2x} ¦ (e^x)^2
≠ e^{2x} ¦ e^{x^2}
= \sin^2 x ¦ 1-\cos^2 x
≠ \sin^2 x ¦ \sin x^2
= \cos 2x ¦ 2\cos^2x-1
= \tan x ¦ \frac{\sin x}{\cos x}
= \arctan 1 ¦ \frac{\pi}{4}
= \sin^{-1}(1/2) ¦ \pi/6
= x^{1/2} ¦ \sqrt{x}
≠ x^{1/2} ¦ \frac{x}{2}
= |x| ¦ \sqrt{x^2}
= 3+4i ¦ 4i+3
≠ 3+4i ¦ 3-4i
= i ¦ \sqrt{-1}
= 2e^{i\pi/2} ¦ 2i
= \frac{1}{1-x} ¦ -\frac{1}{x-1}
≠ \frac{1}{1-x} ¦ \frac{1}{x-1}
= \frac{x+1}{x-1} ¦ 1+\frac{2}{x-1}
= C + x^2 ¦ x^2 + C
= x^2+C ¦ x^2 + c
≠ x^2+C ¦ x^2
= y = Ce^{x} ¦ y = C e^x
= a^2+b^2 ¦ b^2+a^2
≠ a^2+b^2 ¦ (a+b)^2
= ab ¦ ba
≠ AB ¦ ab
= 2k\pi ¦ 2\pi k
= k\pi, k\in\mathbb{Z} ¦ n\pi, n \in \mathbb{Z}
≠ k\pi ¦ 2k\pi
= f(x)=2x ¦ 2x
= f(n) = n ¦ f(x) = x
≠ f(x)=2x ¦ f(x)=x
= p=3,q=2 ¦ (p,q)=(3,2)
= p=3,q=2 ¦ q=2, p=3
≠ p=3,q=2 ¦ p=2,q=3
= x=1\text{ or }x=-1 ¦ x=\pm1
= x=\pm\sqrt2 ¦ \sqrt2, -\sqrt2
≠ x=\pm\sqrt2 ¦ \sqrt2
= 12 ¦ 12 sq. units
= \ln 2 ¦ \log_e 2
= (x-1)(x-2) ¦ x^2-3x+2 = (x-1)(x-2)
= x^2-3x+2 ¦ x^2-3x+2 = (x-1)(x-2)
≠ 101 ¦ a+2z=101
≠ (x-1)(x-2) ¦ x^2-3x+1 = (x-1)(x-2)`),
};
