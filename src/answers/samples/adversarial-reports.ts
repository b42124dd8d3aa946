import { readPairs } from './read-pairs.js';

/** Kinds on which public graders were reported to fail. */
export const adversarialReports = {
  'writings that mean the same': readPairs(String.raw`
= -5 ¦ negative 5
= 16\pi\text{ cm}^3 ¦ 16\pi cm³
= 2/5/2020 ¦ 2/5/2020
≠ 2/5/2020 ¦ 1/5050
= 18 ¦ 18 ways
= 18 ¦ \text{18 ways}
= 16\pi ¦ 16\pi cm^3
= 16\pi ¦ 16π cm
= 16\pi\text{ cm} ¦ 16π cm
= 2\sqrt{3} ¦ 2\sqrt{3} cm
= 2\sqrt{3}\text{ cm} ¦ 2\sqrt{3} cm
= 2\sqrt{3} ¦ 2√3 cm
= 16\pi\text{ cm}^3 ¦ 16\pi\text{ cm}^{3}
= x^2+C ¦ x^2+c
= \ln|x|+C ¦ \ln|x|+C
= 18 ¦ \text{18}
= 18 ¦ \text{18 apples}
= 18 ¦ \text{18 cm}
= 18\text{ cm} ¦ \text{18 cm}
= 3 \pmod 7 ¦ 3 \pmod 7
= x=k\pi,k\in\mathbb{Z} ¦ x=n\pi, n\in\mathbb{Z}
= x=k\pi,k\in\mathbb{Z} ¦ k\pi \quad (k \in \mathbb{Z})
= x=k\pi,k\in\mathbb{Z} ¦ x = k\pi \text{ for integer } k
= \$5 ¦ 5 USD
= 5 ¦ five
= \frac{1}{2} ¦ \frac{1}{2} = 0.5
= 0.5 ¦ \frac{1}{2} = 0.5
= \frac{1}{3} ¦ \frac{1}{3} \approx 0.333
= \frac{1}{3} ¦ \approx 0.333333
= 2^{1/2} ¦ \sqrt 2 \approx 1.414
= 1331 \text{ and } 1728 ¦ 1728, 1331
= O(n\log n) ¦ O(n \log n)
= \frac{64}{400} ¦ 0.16
= -2^2 ¦ -4
= 2^{3^2} ¦ 512
= 2^3^2 ¦ 512
= \frac{dy}{dx} = 2x ¦ 2x
= f'(x) = 2x ¦ 2x
= x=5 ¦ 5
= \sin 30^\circ ¦ 1/2
= 1010_2 ¦ 10_{10}
= \begin{pmatrix}1\\2\\3\end{pmatrix} ¦ (1,2,3)
= (1,2,3) ¦ \begin{pmatrix}1\\2\\3\end{pmatrix}
= \begin{pmatrix}1&0\\0&1\end{pmatrix} ¦ [[1,0],[0,1]]
= 2\begin{pmatrix}1\\2\end{pmatrix} ¦ \begin{pmatrix}2\\4\end{pmatrix}
= y=\frac{1}{2}x+1 ¦ x-2y+2=0
= 2x-y=3 ¦ y=2x-3
= y\ge 2x ¦ 2x-y\le 0
= (x-1)^2+(y+2)^2=9 ¦ x^2+y^2-2x+4y-4=0
= a=b ¦ b=a
= 7!! ¦ 105
= \binom{n}{k} ¦ \binom{n}{n-k}
= 2 \text{ or } 3 ¦ 3 or 2
= \text{infinitely many solutions} ¦ infinitely many
= \text{Alice and Bob} ¦ \text{Bob and Alice}
= 0.50 ¦ \frac{1}{2}
= -0 ¦ 0`),
  'small differences': readPairs(String.raw`
≠ \ln|x|+C ¦ \ln|x|
≠ \ln|x| ¦ \ln|x|+C
≠ 18\text{ cm} ¦ \text{18 m}
≠ 18 ¦ \text{18 dozen}
≠ 18 ¦ \text{not 18}
≠ 18 ¦ \text{18 or 19}
≠ 18 ¦ \text{at least 18}
≠ x=k\pi,k\in\mathbb{Z} ¦ x = k\pi, k \in \mathbb{R}
≠ 0.333 ¦ \frac{1}{3} \approx 0.333
≠ 19, 46, \text{ and } 82 ¦ 21, 36, and 82
≠ \frac{2^{2005}+1}{3 \cdot 2^{2006}} ¦ \frac{1}{3 \cdot 2^{2006}}
≠ 1 - \frac{1}{\mathrm{e}} ¦ 1 + \frac{1}{\mathrm{e}}
≠ \pm 2021 ¦ 2021
≠ 12:00 ¦ 1:00
≠ 1, 2, \ldots, n ¦ 1, 3, 5, \ldots, 2n-1
≠ 1:2:3:\ldots ¦ 1:4:9:\ldots
≠ n=2, 3, 4 ¦ n=1, 2, 3
≠ D = (0, 1) ¦ D = (0, 1.5)
≠ F_n = \sum_{k=0}^{n-1} F_k F_{n-k-1} ¦ F_n = \sum_{k=0}^{n-2} F_k F_{n-k-2}
≠ 3*x-1*y+13=0 ¦ 3x + 4y + 14=0
≠ 1331 \text{ and } 1728 ¦ 1728
≠ O(n) ¦ O(n^2)
≠ O(n) ¦ n
≠ \frac{64}{400} ¦ \frac{63}{400}
≠ 11 ¦ 1{,}1
≠ 1,2 ¦ 1.2
≠ (1,2) ¦ 1.2
≠ 1.2 ¦ 1,2
≠ (-1)^{1/3} ¦ 1
≠ \sqrt{x+y} ¦ \sqrt{x}+\sqrt{y}
≠ x+\frac{1}{y} ¦ \frac{x+1}{y}
≠ 1/2x ¦ 1/2
≠ -x^2 ¦ (-x)^2
≠ -2^2 ¦ 4
≠ 2^{3^2} ¦ 64
≠ 8/2(2+2) ¦ 2
≠ x_1 + x_2 ¦ x_1 - x_2
≠ x_1 ¦ x^1
≠ x_2 ¦ 2x
≠ x ¦ X
≠ A ¦ a b
≠ a ¦ A
≠ \frac{dy}{dx} = 2x ¦ y = 2x
≠ f'(x) = 2x ¦ f(x) = 2x
≠ f(x) = 2x ¦ f'(x) = 2x
≠ f(2) = 5 ¦ f(3) = 5
≠ x=5 ¦ y=5
≠ \cos x ¦ \cos y
≠ \sin 30 ¦ 1/2
≠ \sin x ¦ \sin
≠ 5\% ¦ 5^\circ
≠ 10:15 ¦ 10.15
≠ 10:15 ¦ 1015
≠ 2:3 ¦ 2.3
≠ 2:3 ¦ 23
≠ 2:3:4 ¦ 2:3
≠ 2:3 ¦ 2,3
≠ 3-5 ¦ 3,5
≠ 3:5 ¦ 5:3
≠ 5 \text{ m} ¦ 5 \text{ min}
≠ 5\text{ m/s} ¦ 5\text{ m/s}^2
≠ 5\text{ m/s} ¦ 5\text{ m}
≠ 5\text{ kg} ¦ 5\text{ km}
≠ 5\text{ hours} ¦ 5\text{ days}
≠ 5\text{ apples} ¦ 5\text{ oranges}
≠ 5\text{ boys} ¦ 5\text{ girls}
≠ 100 ¦ 100_2
≠ 1010_2 ¦ 1010_3
≠ \{1,2\} ¦ (1,2)
≠ \{x: x>1\} ¦ \{x: x<1\}
≠ (1,\infty) ¦ [1,\infty)
≠ (1,5) ¦ 1,5
≠ (1,5) ¦ (1,5]
≠ (1,2)\cup(3,4) ¦ (1,2)\cap(3,4)
≠ (1,2)\cup(3,4) ¦ (1,2)
≠ (1,2)\cup(3,4) ¦ (1,4)
≠ [0,1] ¦ \{0,1\}
≠ [0,1] ¦ 0,1
≠ (1,2,3) ¦ \begin{pmatrix}3\\2\\1\end{pmatrix}
≠ \begin{pmatrix}1&0\\0&1\end{pmatrix} ¦ 1
≠ \begin{pmatrix}1&0\\0&1\end{pmatrix} ¦ [[0,1],[1,0]]
≠ \begin{pmatrix}1&2\end{pmatrix} ¦ \begin{pmatrix}2&1\end{pmatrix}
≠ 2\begin{pmatrix}1\\2\end{pmatrix} ¦ \begin{pmatrix}1\\2\end{pmatrix}
≠ x^2+y^2=1 ¦ x^2+y^2\le 1
≠ y=x^2 ¦ x=y^2
≠ y\ge 2x ¦ y = 2x
≠ y\ge 2x ¦ y\le 2x
≠ xy=1 ¦ x+y=1
≠ (x-1)^2+(y+2)^2=9 ¦ (x+1)^2+(y-2)^2=9
≠ (x-1)^2+(y+2)^2=9 ¦ (x-1)^2+(y+2)^2=3
≠ \frac{a}{b} = \frac{c}{d} ¦ \frac{a}{c} = \frac{d}{b}
≠ 0.1 ¦ 0.01
≠ 0.1 ¦ 1\%
≠ 50\% ¦ 0.05
≠ 100 ¦ 10,0
≠ 1,000 ¦ 1.000
≠ 1000 ¦ 1.000
≠ 1e3 ¦ 3e
≠ 1e3 ¦ 1.3
≠ e^3 ¦ 1000
≠ 10e ¦ 10
≠ 7! ¦ 7
≠ 7!! ¦ 5040
≠ (n!)^2 ¦ n^2!
≠ \binom{n}{k} ¦ \binom{k}{n}
≠ \binom{10}{3} ¦ \frac{10}{3}
≠ \frac{5}{3} ¦ 5 \cdot 3
≠ \overline{z} ¦ z
≠ |z| ¦ z
≠ \overline{AB} ¦ \overline{AC}
≠ \vec{a} ¦ \vec{b}
≠ a \times b ¦ a + b
≠ 2 \text{ or } 3 ¦ 2
≠ 2 ¦ 2 \text{ or } 3
≠ \text{none} ¦ 0
≠ \text{No solution} ¦ 0
≠ \text{No solution} ¦ \text{one solution}
≠ \text{infinitely many} ¦ \infty solutions less
≠ \text{True} ¦ \text{False}
≠ \text{Alice and Bob} ¦ \text{Alice}
≠ \text{Alice, Bob} ¦ \text{Bob}
≠ -\infty ¦ \infty
≠ \frac{1}{0} ¦ \infty
≠ \frac{0}{0} ¦ 0
≠ \frac{1}{0} ¦ \frac{2}{0}
≠ \text{A} ¦ \text{B}
≠ D ¦ E
≠ C ¦ 3
≠ C ¦ c = 3
≠ A ¦ A or C
≠ A ¦ not A
≠ A ¦ A, but maybe B
≠ B ¦ A) B
≠ B ¦ A. Option B is wrong
≠ (3, \frac{\pi}{2}) ¦ (3, \pi)
≠ (1,2) ¦ \{1,2\}
≠ (1,2) ¦ [1,2]
≠ [1,2) ¦ (1,2]
≠ (-\infty, 3) ¦ x \le 3
≠ \{1,2,3\} ¦ \{1,2\}
≠ \{1,2\} ¦ \{1,2,3\}
≠ \frac12 ¦ 12
≠ \frac12 ¦ 1.2
≠ 3\frac{1}{2} ¦ \frac{3}{2}
≠ 3\frac{1}{2} ¦ 31/2
≠ 1234 ¦ 1,2,3,4
≠ 1000000 ¦ 1 billion
≠ 3.5 \times 10^{-4} ¦ 3.5 \times 10^4
≠ 2 \pm \sqrt{3} ¦ 2+\sqrt{3}
≠ 2 + \sqrt{3} ¦ 2 \pm \sqrt{3}
≠ 3 ¦ \pm 3
≠ B ¦ C
≠ B ¦ A, B
≠ B ¦ A or B
≠ \$12 ¦ 12 cents
≠ \$12.50 ¦ 12
≠ 30^\circ ¦ \pi/3
≠ 30^\circ ¦ 30 radians
≠ x \ge 2 ¦ x > 2
≠ x \ge 2 ¦ x \le 2
≠ x>2 ¦ 2
≠ y = 2x+3 ¦ y = 2x-3
≠ y = 2x+3 ¦ x = 2y+3
≠ \log_2 x ¦ \log_3 x
≠ \ln 2 ¦ \log_{10} 2
≠ \infty ¦ -\infty
≠ \infty ¦ \text{undefined}
≠ 3+4i ¦ 3-4i
≠ 3+4i ¦ 5
≠ 3+4i ¦ 7i
≠ \sqrt[3]{54} ¦ 3\sqrt{2}
≠ 0.\overline{3} ¦ 0.3
≠ 0.\overline{36} ¦ 0.36
≠ 1:2 ¦ 2:1
≠ 7:30 \text{ p.m.} ¦ 7:30 AM
≠ \text{March 5} ¦ May 5
≠ 5\text{ cm} ¦ 5 m
≠ 20\text{ cm}^2 ¦ 20 cm
≠ 10\% ¦ 1
≠ \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix} ¦ \begin{pmatrix} 1 & 3 \\ 2 & 4 \end{pmatrix}
≠ \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix} ¦ 1,2,3,4
≠ \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix} ¦ -2
≠ \begin{vmatrix} 1 & 2 \\ 3 & 4 \end{vmatrix} ¦ \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}
≠ \text{Evelyn} ¦ Carla
≠ \text{Yes} ¦ no
≠ x^2+2x+1 ¦ y^2+2y+1
≠ x^2+2x+1 ¦ x^2+2x-1
≠ \sqrt{x^2} ¦ x
≠ 2^{10} ¦ 20
≠ \binom{5}{2} ¦ 5/2
≠ \binom{5}{2} ¦ (5,2)
≠ \sin x^2 ¦ \sin^2 x
≠ \sin^{-1} x ¦ \frac{1}{\sin x}
≠ e^{x+1} ¦ e^x + 1
≠ (2,3) ¦ (3,2)
≠ (2,3) ¦ x=3, y=2
≠ (1,2),(3,4) ¦ (2,1),(4,3)
≠ (1,2),(3,4) ¦ (1,4),(3,2)
≠ \mathbb{R} ¦ all integers
≠ \emptyset ¦ 0
≠ \emptyset ¦ \{0\}
≠ 12 ¦ twenty
≠ 11_2 ¦ 11
≠ 1.5 \text{ hours} ¦ 1 hour 5 minutes
≠ -\frac{1}{2} ¦ \frac{1}{2}
≠ -5 ¦ 5
≠ 5 ¦ 5!
≠ 5 ¦ x\neq 5
≠ 5 ¦ x>5
≠ 5 ¦ 5x
≠ 5 ¦ 5 or 6
≠ 5 ¦ 5^2
≠ 5 ¦ 5\%5
≠ 0.33 ¦ 1/3`),
};
