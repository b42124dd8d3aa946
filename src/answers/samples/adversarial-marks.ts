import { readPairs } from './read-pairs.js';

/** Bare answers beside their golds: numbers with words, units and marks, names with values, formulas of one value. */
export const adversarialMarks = {
  'numbers with words, units and marks': readPairs(String.raw`
≠ 5 ¦ 5 percentage points
≠ 5\% ¦ 5 percentage points
≠ 5 ¦ 5 basis points
≠ 5 ¦ 5‰
= 50 ¦ 50 dollars
≠ 5 ¦ 5 score
≠ 5 ¦ 5 gross
= 60 ¦ 5 dozen
≠ 5 ¦ 5 fifths
= 1 ¦ 5 fifths
≠ 5 ¦ 5 tenths
= 0.5 ¦ 5 tenths
≠ 5 ¦ 5 hundred thousand
= 500000 ¦ 5 hundred thousand
≠ 5 ¦ 5 and a quarter
≠ 5 ¦ 5 and three quarters
≠ 5 ¦ five and a half
= 5.5 ¦ five and a half
≠ 5 ¦ 5 cubed
= 125 ¦ 5 cubed
≠ 5 ¦ 5 to the third
≠ 5 ¦ the cube root of 5
= \sqrt[3]{5} ¦ the cube root of 5
= \sqrt{5} ¦ root 5
≠ 5 ¦ root 5
= 2\sqrt{5} ¦ 2 root 5
= 2\sqrt{5} ¦ 2 times the square root of 5
= 2\sqrt{5} ¦ 2√5
≠ 5 ¦ \text{five or six}
≠ 5 ¦ \text{not five}
= 5 ¦ \text{five}
= 5 ¦ five apples
≠ 5 ¦ five dozen
≠ 5 ¦ n \equiv 5
≠ 5 ¦ 5 < n
≠ 5 ¦ n = 5, 6
≠ 5 ¦ n = 5k
≠ 5 ¦ 5n
≠ 5 ¦ x^5
≠ 5 ¦ x_5
≠ 5 ¦ a_5 = 7
= 7 ¦ a_5 = 7
= 5 ¦ a_7 = 5
= 5 ¦ f(7) = 5
= 5 ¦ \angle A = 5
= 5 ¦ AB = 5
= 5 ¦ |AB| = 5
= 5 ¦ P(A) = 5
= 5 ¦ \overline{AB} = 5
= 5 ¦ S_{10} = 5
≠ 5 ¦ 2x = 5
≠ 5 ¦ x^2 = 5
≠ 5 ¦ x + y = 5
≠ 5 ¦ 5x = 1
≠ 5 ¦ y = 5x
≠ 5 ¦ y = 5 + x
≠ 5 ¦ (5, 0)
≠ 5 ¦ \{5, 6\}
≠ 5 ¦ [0, 5]
≠ 5 ¦ [5]_{7}
≠ 5 ¦ \begin{pmatrix} 5 \\ 0 \end{pmatrix}
= 5 ¦ \{5\}
= \{5\} ¦ 5
≠ (5,5) ¦ 5
≠ \{5,6\} ¦ 5
= 5 ¦ \frac{10}{2}
= 5 ¦ 10/2
≠ 5 ¦ 10/3
= 5 ¦ 5/1
≠ 5 ¦ 1/5
≠ 5 ¦ 0.5
≠ 5 ¦ 5.01
≠ 5 ¦ 4.999
≠ 5 ¦ 5.0000001
= 5 ¦ 5.000
= 5 ¦ 05
≠ 5 ¦ 5,0
≠ 5 ¦ 5,000
= 5000 ¦ 5,000
= 5000 ¦ 5 000
≠ 5000 ¦ 5,00
≠ 5000 ¦ 5.000,0
= 5000.5 ¦ 5,000.5
= 1234567 ¦ 1,234,567
≠ 1234567 ¦ 1,234,568
≠ 1234567 ¦ 1,234
= -5 ¦ -5
= -5 ¦ (-5)
= 5 ¦ -(-5)
≠ 5 ¦ 5-
≠ 5 ¦ 5^-
≠ 5 ¦ 5^+
≠ 5 ¦ \lim_{x\to5} x^2
= 25 ¦ \lim_{x\to5} x^2
≠ \text{5 cm} ¦ 5 cm^2
≠ \text{5 cm}^2 ¦ 5 cm^3
= 5 \text{ cm}^2 ¦ 5 square cm
= 5 \text{ cm}^2 ¦ 5 \text{ square centimeters}
= 5\text{ km/h} ¦ 5 kilometers per hour
= 5\text{ km/h} ¦ 5 kmh
≠ 5\text{ km/h} ¦ 5 m/h
≠ 5\text{ km/h} ¦ 5 km
≠ 5 miles ¦ 5 km
= 5 miles ¦ 5 mi
= 5 minutes ¦ 300 seconds
= 5 minutes ¦ 5 min
≠ 5 minutes ¦ 5 hours
= 5 pounds ¦ 5 lbs
≠ 5 pounds ¦ 5 kg
= 5 pounds ¦ 80 ounces
= 5 years ¦ 60 months
≠ 5 years ¦ 5 months
= 5 gallons ¦ 20 quarts
= 5:00 \text{ PM} ¦ 5 PM
= 5:00 \text{ PM} ¦ 17:00
≠ 5:00 \text{ PM} ¦ 5 AM
≠ 5:00 \text{ PM} ¦ 5:30 PM
= 5:00 ¦ 5:00
= \text{March 5} ¦ 5 March
= \text{March 5} ¦ March 5th
≠ \text{March 5} ¦ March 6
= 2020-03-05 ¦ March 5, 2020
≠ 2020-03-05 ¦ March 5, 2021
= 30^\circ ¦ \frac{\pi}{6}
= \frac{\pi}{6} ¦ 30 degrees
≠ \frac{\pi}{6} ¦ 30
= \sin 30^\circ ¦ \frac12
= \tan 45^\circ ¦ 1
≠ \sin 30 ¦ \frac12
= \log 100 ¦ 2
= \ln e^2 ¦ 2
= \log_3 9 ¦ 2
≠ \log_3 9 ¦ 3
= 2^{-1} ¦ 0.5
= 4^{1/2} ¦ 2
≠ (-8)^{1/3} ¦ 2
= i^2 ¦ -1
= (1+i)^2 ¦ 2i
= |3+4i| ¦ 5
= \frac{1}{i} ¦ -i
= e^{\pi i} ¦ -1
= \sqrt{-4} ¦ 2i
= \frac{1}{\sqrt2} ¦ \frac{\sqrt2}{2}
= \frac{1}{1+\sqrt2} ¦ \sqrt2-1
≠ \frac{1}{1+\sqrt2} ¦ 1-\sqrt2
= \sqrt{2}\sqrt{3} ¦ \sqrt6
≠ \sqrt2+\sqrt3 ¦ \sqrt5
= \sqrt{x^2} ¦ |x|
= (x^2)^3 ¦ x^6
≠ (x^2)^3 ¦ x^5
= \frac{x^2-1}{x-1} ¦ x+1
= x(x+1) ¦ x^2+x
= \frac{a}{b}+\frac{c}{d} ¦ \frac{ad+bc}{bd}
≠ \frac{a+c}{b+d} ¦ \frac{a}{b}+\frac{c}{d}
= \lfloor 3.7 \rfloor ¦ 3
= \lceil 3.2 \rceil ¦ 4
≠ \lfloor -3.2 \rfloor ¦ -3
= \lfloor -3.2 \rfloor ¦ -4
≠ \lfloor x \rfloor ¦ \lceil x \rceil
≠ \lfloor 2x \rfloor ¦ 2\lfloor x \rfloor
= \lfloor x+1 \rfloor ¦ \lfloor x \rfloor + 1
= \binom{n}{1} ¦ n
≠ \binom{n}{2} ¦ n^2/2
= \sum_{i=1}^n i ¦ \frac{n(n+1)}{2}
≠ \sum_{i=0}^{n} i^2 ¦ \sum_{i=1}^{n} i^3
= \prod_{i=1}^{3} i ¦ 6
≠ n!! ¦ (n!)!
= \gcd(6,4) ¦ 2
≠ \gcd(a,b) ¦ \gcd(a,c)
= \max(3,5) ¦ 5
= \min\{3,5\} ¦ 3
≠ \max(a,b) ¦ a
= 17 \bmod 5 ¦ 2
≠ n \bmod 2 ¦ \frac{1-(-1)^n}{3}
≠ 5 ¦ five dozen
≠ 5 ¦ five hundreds
≠ 5 ¦ five tens
≠ 5 ¦ five eighths
= 5/8 ¦ five eighths
≠ 5 ¦ five times
≠ 2 ¦ two halves
= 1 ¦ two halves`),
};
