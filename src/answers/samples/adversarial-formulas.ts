import { readPairs } from './read-pairs.js';

/** Pairs made to mislead a grader, by kind: `=` for equal, `≠` for different, gold first. */
export const adversarialFormulas = {
  'sampled formulas': readPairs(String.raw`
≠ \lceil n/2\rceil ¦ \lfloor n/2\rfloor+1
= \lceil n/2\rceil ¦ \lfloor (n+1)/2\rfloor
≠ \binom{n}{7} ¦ \binom{n}{6}
≠ \gcd(n,2) ¦ 1
≠ \gcd(n,3) ¦ 1
= \gcd(n,n+1) ¦ 1
≠ \min(x,500) ¦ x
≠ \lfloor x/1000\rfloor ¦ 0
≠ |x-250| ¦ 250-x
≠ |x+250| ¦ x+250
≠ \sqrt{(x+30)^2} ¦ x+30
= \sqrt{(x+30)^2} ¦ |x+30|
≠ (-1)^n ¦ 1
= (-1)^n ¦ \cos(n\pi)
= (-1)^{n} ¦ (-1)^{n+2}
= \sin(n\pi) ¦ 0
= \frac{1-(-1)^n}{2} ¦ n \bmod 2
≠ n \bmod 3 ¦ n
= n \bmod 5 ¦ n-5\lfloor n/5\rfloor
= \overline{z}z ¦ |z|^2
≠ |z|^2 ¦ z^2
≠ \operatorname{Im}(z) ¦ 0
= \frac{z+\overline{z}}{2} ¦ \operatorname{Re}(z)
≠ \Re(z) ¦ z
≠ \frac{dy}{dx} ¦ \frac{y}{x}
≠ \frac{d^2y}{dx^2} ¦ \frac{y}{x^2}
≠ \frac{\partial f}{\partial x} ¦ \frac{f}{x}
≠ dy/dx ¦ y/x
= \frac{dy}{dx} ¦ dy/dx
= \sqrt{x}\sqrt{y} ¦ \sqrt{xy}
= \ln(xy) ¦ \ln x+\ln y
= \ln(x^2) ¦ 2\ln|x|
≠ \arcsin(\sin x) ¦ x
= \sin(\arcsin x) ¦ x
= \tan(\arctan x) ¦ x
= e^{\ln x} ¦ x
= x^{1/3} ¦ \sqrt[3]{x}
= 2^{n} ¦ 2^{n+1}-2^n
= n! ¦ n(n-1)!
≠ (n+1)! ¦ n!
= (2n)!! ¦ 2^n n!
≠ (2n-1)!! ¦ n!!
= \lfloor x\rfloor+\lceil -x\rceil ¦ 0
≠ \lceil x \rceil - \lfloor x \rfloor ¦ 1
= \lfloor\frac{n}{3}\rfloor ¦ \lceil\frac{n-2}{3}\rceil
≠ \lfloor\frac{n}{3}\rfloor ¦ \frac{n}{3}
= \max(a,b)+\min(a,b) ¦ a+b
≠ \max(a,b)-\min(a,b) ¦ a-b
= \max(a,b)-\min(a,b) ¦ |a-b|
= \operatorname{sgn}(x)|x| ¦ x
= \frac{x}{|x|} ¦ \operatorname{sgn}(x)
≠ e^{-n^2} ¦ 0
≠ \frac{1}{x^{50}+1} ¦ 1
≠ x^{1000} ¦ 0
≠ \tanh(x) ¦ 1
= \binom{n}{k} ¦ \binom{n}{n-k}
≠ \binom{n}{k} ¦ \binom{n}{k-1}
= \binom{n}{2} ¦ \frac{n(n-1)}{2}
≠ \binom{n+1}{2} ¦ \frac{n(n-1)}{2}
= \sum_{k=0}^{n}\binom{n}{k} ¦ 2^n
= \sum_{k=1}^{n}k^2 ¦ \frac{n(n+1)(2n+1)}{6}
= \sum_{k=1}^{n}k ¦ \sum_{j=1}^{n}j
≠ \sum_{k=1}^{n}k ¦ \sum_{k=0}^{n-1}k
= \sum_{i=1}^{n} i^2 ¦ \sum_{k=1}^n k^2
= \prod_{k=2}^n k ¦ n!
≠ x+10^{-30} ¦ x
≠ (1+10^{-15})x ¦ x
= x^2 ¦ |x|^2
≠ |x|^3 ¦ x^3
= |xy| ¦ |x||y|
≠ |x+y| ¦ |x|+|y|
≠ \sin x ¦ \cos x
= \sin(x+2\pi) ¦ \sin x
= \cos(-x) ¦ \cos x
≠ \sin(-x) ¦ \sin x
≠ \lfloor 2x \rfloor ¦ 2\lfloor x\rfloor
= \lfloor x+1\rfloor ¦ \lfloor x\rfloor+1
≠ x'' ¦ x'
≠ f'(x) ¦ f(x)
≠ \bar{x} ¦ \hat{x}
≠ A^T ¦ A^{-1}
≠ x_n ¦ x_{n+1}`),
  'limits and sums': readPairs(String.raw`
= 1 ¦ \lim_{x\to 0}\frac{\sin x}{x}
= e ¦ \lim_{n\to\infty}(1+\frac1n)^n
= \frac12 ¦ \lim_{x\to 0}\frac{1-\cos x}{x^2}
= 2 ¦ \lim_{x\to 1}\frac{x^2-1}{x-1}
≠ 0 ¦ \lim_{x\to 0}\frac{\sin x}{x}
= 55 ¦ \sum_{k=1}^{10}k
= 120 ¦ \prod_{k=1}^{5}k
= 1 ¦ \sum_{n=1}^{\infty}\frac{1}{2^n}
= \frac{\pi^2}{6} ¦ \sum_{n=1}^{\infty}\frac{1}{n^2}`),
  'bound variables': readPairs(String.raw`
= f(x)=x^2+1 ¦ f(t)=t^2+1
= \{2k : k\in\mathbb{Z}\} ¦ \{2n : n\in\mathbb{Z}\}
≠ \{2k : k\in\mathbb{Z}\} ¦ \{3k : k\in\mathbb{Z}\}
= x=2\pi k, k\in\mathbb{Z} ¦ x=2\pi n, n\in\mathbb{Z}
≠ x=2\pi k, k\in\mathbb{Z} ¦ x=\pi n, n\in\mathbb{Z}`),
  residues: readPairs(String.raw`
= n \equiv 1 \pmod{3} ¦ All integers of the form 3k+1
≠ n \equiv 2 \pmod 4 ¦ n \equiv 3 \pmod 4
= x\equiv 2 \pmod 5 ¦ x ≡ 7 (mod 5)`),
  'cases and systems': readPairs(String.raw`
= \begin{cases} x=3\\ y=4\end{cases} ¦ (3,4)
≠ \begin{cases} x=3\\ y=4\end{cases} ¦ (4,3)
= \begin{cases} x=3\\ y=4\end{cases} ¦ y=4, x=3
= \left\{\begin{array}{l}x=3\\y=4\end{array}\right. ¦ (3,4)
= \begin{cases} x & x\ge 0\\ -x & x<0\end{cases} ¦ |x|
= |x| ¦ \begin{cases} x & x\ge 0\\ -x & x<0\end{cases}
≠ |x| ¦ \begin{cases} x & x\ge 0\\ -x & x< -1\end{cases}
= \begin{cases} 2x & \text{if } x>1\\ 0 & \text{if } x\le 1\end{cases} ¦ \begin{cases} 0 & x\le 1\\ 2x & x>1\end{cases}
≠ \begin{cases} 2x & x>1\\ 0 & x\le 1\end{cases} ¦ \begin{cases} 2x & x>2\\ 0 & x\le 2\end{cases}
= \begin{cases} x+y=3\\ x-y=1\end{cases} ¦ \begin{cases} x-y=1\\ x+y=3\end{cases}`),
  'vectors and matrices': readPairs(String.raw`
= \begin{pmatrix}3\\4\end{pmatrix} ¦ 3\hat{i}+4\hat{j}
= (3,4) ¦ 3\mathbf{i}+4\mathbf{j}
= (3,-4,5) ¦ 3\mathbf{i}-4\mathbf{j}+5\mathbf{k}
= (3,-4,5) ¦ 3i-4j+5k
≠ (3,4) ¦ 4\mathbf{i}+3\mathbf{j}
= 3\hat{i}+4\hat{j} ¦ 3\vec{i}+4\vec{j}
= 3\mathbf{i}+4\mathbf{j} ¦ (3,4)
= 2\hat{\imath}-\hat{\jmath} ¦ (2,-1)
= (3,4) ¦ <3,4>
= \begin{pmatrix}3\\4\end{pmatrix} ¦ (3,4)^T
= \begin{pmatrix}4&6\end{pmatrix} ¦ \begin{pmatrix}1&2\end{pmatrix}+\begin{pmatrix}3&4\end{pmatrix}
= \begin{pmatrix}2&4\\6&8\end{pmatrix} ¦ 2\begin{pmatrix}1&2\\3&4\end{pmatrix}
= \begin{pmatrix}7&10\\15&22\end{pmatrix} ¦ \begin{pmatrix}1&2\\3&4\end{pmatrix}^2
= -2 ¦ \begin{vmatrix}1&2\\3&4\end{vmatrix}
= -2 ¦ \det\begin{pmatrix}1&2\\3&4\end{pmatrix}
≠ 2 ¦ \begin{vmatrix}1&2\\3&4\end{vmatrix}
= \begin{pmatrix}1&3\\2&4\end{pmatrix} ¦ \begin{pmatrix}1&2\\3&4\end{pmatrix}^T
= \begin{pmatrix}-2&1\\1.5&-0.5\end{pmatrix} ¦ \begin{pmatrix}1&2\\3&4\end{pmatrix}^{-1}
= \begin{pmatrix}5\\11\end{pmatrix} ¦ \begin{pmatrix}1&2\\3&4\end{pmatrix}\begin{pmatrix}1\\2\end{pmatrix}
= (4,6) ¦ (1,2)+(3,4)
= \begin{bmatrix}1&2\\3&4\end{bmatrix} ¦ \left[\begin{array}{cc}1&2\\3&4\end{array}\right]
≠ \begin{bmatrix}1&2\\3&4\end{bmatrix} ¦ \begin{bmatrix}1&3\\2&4\end{bmatrix}`),
} as const;
