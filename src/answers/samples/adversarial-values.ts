import { readPairs } from './read-pairs.js';

/** Pairs made to mislead a grader, by kind: `=` for equal, `≠` for different, gold first. */
export const adversarialValues = {
  'words after a number': readPairs(String.raw`
≠ 12 ¦ 12 wrong
≠ 12 ¦ 12 too many
≠ 12 ¦ 12 too few
≠ 12 ¦ 12 at least
≠ 12 ¦ 12 hundred
≠ 12 ¦ 12 hundreds
≠ 12 ¦ 12 tens
≠ 12 ¦ 12 quarters
≠ 12 ¦ 12 tenths
≠ 12 ¦ 12 squared
≠ 12 ¦ 12 more
≠ 12 ¦ 12 \text{ more than } x
≠ 12 ¦ 12 short of 20
≠ 12 ¦ 12 times as many
≠ 12 ¦ 12 over 5
≠ 12 ¦ 12 plus 3
≠ 12 ¦ 12 minus 3
≠ 12 ¦ 12 or so
≠ 12 ¦ 12 not
≠ 12 ¦ 12 is not possible
≠ 12 ¦ 12 is false
≠ 12 ¦ 12 and a half
≠ 12 ¦ 12 degrees below zero
≠ 12 ¦ 12 to the power of 2
≠ 12 ¦ 12 mod 5
≠ 12 ¦ 12 base six
≠ 12 ¦ 12 \text{ (base 8)}
≠ 12 ¦ 12 less than y
≠ 12 ¦ 12 billion
≠ 12 ¦ 12 k
≠ 12 ¦ 12 M
= 12 ¦ 12 each
= 12 ¦ 12 in total
= 12 ¦ 12 apples
= 12 ¦ 12 students in the class
= 12 ¦ 12 different ways
= 12 ¦ 12 \text{ ways}
= 12 ¦ 12 people
= 12 ¦ 12 square units
= 12 ¦ 12 units^2
≠ 12 ¦ 12 red
≠ 12 ¦ 12 bananas and 3 apples
≠ 12 apples ¦ 12 oranges
= 12 apples ¦ 12
= 12 \text{ apples} ¦ 12 apples
= 1 dozen ¦ 12
= 5 halves ¦ 2.5
= 144 ¦ 12 squared
= 3 dozen eggs ¦ 36 eggs
= 2 million ¦ 2000000
= \$2 \text{ million} ¦ 2000000
= 2.5 million dollars ¦ \$2,500,000
≠ 12 ¦ 12 doubled
≠ 12 ¦ 12 except Monday
≠ 12 ¦ 12 unless x=0
≠ 12 ¦ 12 if n is even
≠ 12 ¦ minus 12
≠ 12 ¦ negative 12
≠ 12 ¦ no more than 12
≠ 12 ¦ not more than 12
= 12 ¦ exactly 12
≠ 12 ¦ 12 (wrong)`),
  'compound and converted units': readPairs(String.raw`
= 90 minutes ¦ 1 hour 30 minutes
= 90 minutes ¦ 1 hour and 30 minutes
= 1.5 hours ¦ 1 h 30 min
= 1.5 hours ¦ 1h30m
= 66 inches ¦ 5'6"
= 66 inches ¦ 5 ft 6 in
≠ 66 inches ¦ 5 ft 7 in
= 150 seconds ¦ 2 minutes 30 seconds
= 7 \text{ m}^3 ¦ 7000 L
= 7000 L ¦ 7 m³
= 7000 L ¦ 7 m^3
= 1 m/s ¦ 3.6 km/h
= 20 m/s ¦ 72 km/h
= 60 mph ¦ 88 ft/s
= 1 \text{ km}^2 ¦ 1000000 \text{ m}^2
= 2 hours ¦ 120 min
= 3 days ¦ 72 hours
= 2 weeks ¦ 14 days
= \$5 ¦ 500 cents
≠ \$5 ¦ 5 cents
= 25 cm ¦ 0.25 m
≠ 25 cm ¦ 2.5 m
= 1 kg ¦ 1000 g
= 1 lb ¦ 16 oz
= 1 gallon ¦ 4 quarts
= 100 mL ¦ 0.1 L
= 100 mL ¦ 100 cm^3
= 1 L ¦ 1 dm^3
= 5 N ¦ 5 kg m/s^2
= 1 kJ ¦ 1000 J
= 2 kW ¦ 2000 W
= 1 hour ¦ 3600 s
≠ 50 km/h ¦ 50 km
≠ 5 m ¦ 5 s
≠ 5 m^2 ¦ 5 m
= 180^\circ ¦ \pi
= 90° ¦ \frac{\pi}{2} \text{ radians}
≠ 90^\circ ¦ 90 \text{ radians}
= 30^\circ 30' ¦ 30.5^\circ
= 45 degrees ¦ 45^\circ
= 45 degrees ¦ 45
≠ 20 °C ¦ 20 °F
= 20^\circ C ¦ 20^\circ
= 1 ton ¦ 2000 pounds
= 1 mile ¦ 5280 feet`),
  'times and dates': readPairs(String.raw`
= 3:30 PM ¦ 15:30
= 3:30 PM ¦ 3.30 pm
= 3:30 PM ¦ 3:30 in the afternoon
= 12:00 PM ¦ noon
= 12:00 AM ¦ midnight
≠ 12:00 PM ¦ midnight
= 9 AM ¦ 9:00 a.m.
≠ 9 AM ¦ 9 PM
≠ 9 AM ¦ 21:00
= 9 PM ¦ 21:00
≠ 9:05 ¦ 9:50
= July 4 ¦ 4 July
= July 4 ¦ July 4th
= July 4 ¦ the 4th of July
= July 4, 2024 ¦ 4 July 2024
= July 4, 2024 ¦ 2024-07-04
≠ July 4, 2024 ¦ July 4, 2023
≠ July 4, 2024 ¦ July 5, 2024
≠ 2024-07-04 ¦ 2013
≠ 2013 ¦ 2024-07-04
≠ 2024-07-04 ¦ 2024-04-07
≠ Thursday ¦ Tuesday`),
  bases: readPairs(String.raw`
= 1010_2 ¦ 10_{10}
= FF_{16} ¦ 255_{10}
= 17_8 ¦ 15_{10}
≠ 17_8 ¦ 17_{10}
= 1010_2 ¦ 1010 base 2
= 1010_2 ¦ 0b1010
= FF_{16} ¦ 0xFF
≠ 1010_2 ¦ 10
≠ 1010_2 ¦ 1010
≠ 12_3 ¦ 12_4
= 1010_2 ¦ (1010)_2
= 1010_2 ¦ 1010_{two}
= 12_{11} ¦ 12_{eleven}
= 101_{17} ¦ 101 base seventeen
= 2A_{16} ¦ 52_8`),
  numbers: readPairs(String.raw`
= \frac13 ¦ 0.(3)
= \frac{1}{6} ¦ 0.1(6)
= \frac{1}{7} ¦ 0.(142857)
≠ 0 ¦ 0.(3)
= 1500 ¦ 1.5*10^3
= 1500 ¦ 1.5 × 10^3
= 1500 ¦ 1.5e3
= 1500 ¦ 1.5 x 10³
= 1500 ¦ 15 x 10^2
≠ 1500 ¦ 1.5 x 10^4
= 1000 ¦ 1 000
= 1234567 ¦ 1 234 567
= 2.5 ¦ 2½
= 2.5 ¦ 2 1/2
≠ 5 ¦ V
≠ (3,400) ¦ 3400
≠ 3400 ¦ (3,400)
≠ (1,234) ¦ 1234
= (3,400) ¦ (3, 400)
≠ [2,500] ¦ 2500
≠ (2,500) ¦ 2,500
≠ 12 ¦ 12‰
= 0.012 ¦ 12‰
≠ 2 ¦ AZYUK2A
≠ 101 ¦ a+2z=2z+a=101
≠ 7 ¦ x+y=7
≠ a+2z=2z+a=101 ¦ 101
= 5 ¦ 2+3=5
= x=5 ¦ x=2+3=5
= \frac919 ¦ \frac{9}{19}
= \frac{9}{19} ¦ \frac919
= \frac{1}{23} ¦ \frac123
= \frac12 ¦ \frac{1}{2}`),
} as const;
