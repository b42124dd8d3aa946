import type { Link } from '../link.js';
import { algebra } from './algebra.js';
import { arithmetic } from './arithmetic.js';
import { countingAndProbability } from './counting-and-probability.js';
import type { Event } from './event.js';
import { eventsOfMeasures } from './events-of-measures.js';
import { eventsOfThingsAndMoney } from './events-of-things-and-money.js';
import { fractionsAndRatio } from './fractions-and-ratio.js';
import { geometry } from './geometry.js';
import { numberTheory } from './number-theory.js';
import { percent } from './percent.js';
import { ratesAndUnits } from './rates-and-units.js';

/** The scenario families: each opens a story. */
export const openings: readonly Link[] = [
  ...arithmetic,
  ...fractionsAndRatio,
  ...percent,
  ...ratesAndUnits,
  ...geometry,
  ...countingAndProbability,
  ...algebra,
  ...numberTheory,
];

export const events: readonly Event[] = [...eventsOfThingsAndMoney, ...eventsOfMeasures];
