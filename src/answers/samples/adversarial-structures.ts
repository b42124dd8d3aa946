import { readPairs } from './read-pairs.js';

/** Pairs made to mislead a grader, by kind: `=` for equal, `≠` for different, gold first. */
export const adversarialStructures = {
  'labelled values': readPairs(String.raw`
= V_1:V_2=3:4 ¦ 3:4
= 3:4 ¦ V_1:V_2=3:4
≠ 3:4 ¦ V_1:V_2=4:3
= \frac{NO}{BO}=\frac{2}{3} ¦ \frac23
= \frac{AB}{CD}=2 ¦ 2
= \angle ABC=60^\circ ¦ 60^\circ
= \sin A=\frac35 ¦ \frac35
= P(A)=\frac14 ¦ \frac14
= f(2)=7 ¦ 7
= S_{10}=55 ¦ 55
= AB+CD=12 ¦ 12
= [ABC]=24 ¦ 24
= |AB|=5 ¦ 5
= AB^2=25 ¦ 25
≠ x+y=1 ¦ 1
≠ x^2+y^2=25 ¦ 25
= \text{Area}=12 ¦ 12
= a_{10}=512 ¦ 512
= a:b:c=1:2:3 ¦ 1:2:3
= \cos\theta=\frac12 ¦ \frac12
= 12 = x ¦ 12
= m\angle A = 50^\circ ¦ 50
= \triangle ABC ¦ ABC
= \tan 45^\circ = 1 ¦ 1
≠ xy=6 ¦ 6`),
  'empty and full sets': readPairs(String.raw`
= \emptyset ¦ no solution
= no solution ¦ There is no solution.
= no solution ¦ none
≠ no solution ¦ 0
≠ \emptyset ¦ 0
≠ \emptyset ¦ \{0\}
≠ no solution ¦ x=0
= \mathbb{R} ¦ all reals
= \mathbb{R} ¦ all real x
= \mathbb{R} ¦ x \in \mathbb{R}
= (-\infty,\infty) ¦ all real numbers
≠ \mathbb{R} ¦ \mathbb{Z}
= \mathbb{Z} ¦ all integers
≠ \mathbb{Z} ¦ all positive integers
= all real numbers except 2 ¦ x \neq 2
= \mathbb{R}\setminus\{2\} ¦ all real numbers except 2
= \mathbb{R}^+ ¦ (0,\infty)
= x>0 ¦ \mathbb{R}^+
= \mathbb{N} ¦ all natural numbers
= DNE ¦ does not exist
≠ infinitely many solutions ¦ no solution`),
  intervals: readPairs(String.raw`
= (2,5) ¦ ]2,5[
= [2,5) ¦ [2,5[
= (2,5] ¦ ]2,5]
≠ [2,5] ¦ ]2,5[
= (-\infty,2) ¦ ]-\infty,2[
= (0,1)\cup(2,3) ¦ ]0,1[\cup]2,3[
= 2<x<5 ¦ ]2,5[
= [2,5] ¦ 2\le x\le 5
= \{x\mid 2<x<5\} ¦ (2,5)
= \{x\mid x>2\} ¦ \{t : t>2\}
= x>2 ¦ (2,\infty)
≠ x>2 ¦ [2,\infty)
= -3<x<3 ¦ |x|<3
= |x|\le 3 ¦ [-3,3]
= x<1\text{ or }x>2 ¦ (-\infty,1)\cup(2,\infty)
≠ x<1\text{ and }x>2 ¦ (-\infty,1)\cup(2,\infty)
≠ (1,2) ¦ (1,2]
= (1,\infty) ¦ x>1
= [0,1) ¦ 0 \le x < 1
≠ [0,1) ¦ 0 < x \le 1`),
  'decimals in tuples': readPairs(String.raw`
= (\frac13,\frac23) ¦ (0.333333,0.666667)
≠ (\frac13,\frac23) ¦ (0.33,0.67)
= (\sqrt2,\pi) ¦ (1.414214,3.141593)`),
  choices: readPairs(String.raw`
= B ¦ \textbf{(B) } 12
= 12 ¦ \textbf{(B) } 12
≠ 13 ¦ \textbf{(B) } 12
= B ¦ option B: 12
= 12 ¦ option B: 12
≠ C ¦ option B: 12
= B ¦ (b)
= B ¦ B) 12
= B ¦ \boxed{B}
≠ ABD ¦ AB
= A, C ¦ A and C
≠ A, C ¦ A`),
  'words and lookalikes': readPairs(String.raw`
≠ yes ¦ no
≠ yes ¦ not yes
≠ prime ¦ not prime
≠ isosceles ¦ scalene
≠ odd ¦ even
≠ converges ¦ diverges
≠ rational ¦ irrational
= Yes ¦ Yes.
= the red ball ¦ red ball
= 0 ¦ zero
= 42 ¦ forty-two
= 42 ¦ '42'
= 42 ¦ "42"
= 42 ¦ ´42´
= -5 ¦ minus five
= 1/2 ¦ one half
≠ 12 ¦ 12...
≠ 12 ¦ 12 ± 1
≠ 12 ¦ 12-15
≠ 12 ¦ 12–15
≠ 12 ¦ 12!
≠ 12 ¦ 1 2
= 12 ¦ 12/1
= 12 ¦ 12^1
= 12 ¦ 3*4
= 12 ¦ (12)
= 12 ¦ [12]
= 12 ¦ 12 = 12
≠ 12 ¦ 12 = 13
≠ 12 ¦ x<12
≠ 12 ¦ |x|=12
= 12 ¦ --12
≠ 12 ¦ 12,000
= 12 ¦ 12.000
≠ 12 ¦ 12e1
≠ 12 ¦ a12
≠ 12 ¦ 12a
≠ 12 ¦ 12 and 13
= 12 ¦ \sqrt{144}
≠ 12 ¦ \pm 12
≠ \{1,2\} ¦ \{1,2,3\}
≠ 1,2,3 ¦ 1,2
= 2^{100} ¦ 1267650600228229401496703205376
≠ 2^{100} ¦ 1.2676506e30`),
} as const;
