import type { ConstantName, Expression } from '../numbers/expression.js';
import { number } from '../numbers/expression.js';
import * as make from '../numbers/make.js';
import { pattern } from './pattern.js';
import { readPairs } from './read-pairs.js';
import { squeeze } from './squeeze.js';

const things =
  '(?:solutions?|answers?|roots?|zeros|values?|numbers?|integers?|pairs?|triples?|triplets?|tuples?|quadruples?|functions?|polynomials?|points?|primes?|sequences?|sets?|triangles?|cases?|elements?|intersections?)';
const kinds =
  '(?:real|integer|integral|rational|complex|positive|natural|nonnegative|negative|prime|valid|possible|ordered|finite|common|further|other)';
const nothing = pattern`^((there|it) (is|are|exists?|exist|has|have) |it has |has |the equation has |the system has )?no (such )?(${kinds} )*${things}( (exists?|at all|to (this|the) (equation|system|problem)|(of|with|for) (this|that|the) \w+|satisfy \w+ \w+))?$`;
const emptyNames =
  /^((the )?empty set|none|null set|no solution set|(there )?(does|do) not have (a |any )?(real )?solutions?)$/;

/** Sets by the adjective of their numbers, which stand behind it. */
const setNames = readPairs(
  'real numbers,reals,real:reals|integers|rational numbers,rationals:rationals|complex numbers:complexes|natural numbers,naturals:naturals|positive integers:positive-integers|nonnegative integers:nonnegative-integers|positive real numbers,positive reals:positive-reals|nonnegative real numbers:nonnegative-reals',
  '|',
);

/**
 * Words that are a set of numbers: "no solution" and "there are no such pairs" are the empty set, "all real numbers" and "any real x"
 * the real line, "all positive integers" ℤ⁺. Undefined for other words.
 */
export const parseWordValue = (text: string): Expression | undefined => {
  if (text.length > 80 || !/^[\p{L}\s,.'-]+$/u.test(text)) return undefined;
  const words = squeeze(text.toLowerCase().replace(/[.,'-]/g, ' '));
  if (nothing.test(words) || emptyNames.test(words)) return make.constant('emptyset');
  const all =
    /^(?:(?:the )?set of )?(?:all|any|every|each)(?: of)?(?: the)? (?:possible )?(?:values? of )?(.+?)(?: [a-z])?(?: are solutions| works?)?$/.exec(
      words,
    )?.[1] ??
    /^(?:the )?set of (?:the )?(.+)$/.exec(words)?.[1] ??
    /^(?:[a-z] (?:is|can be) )?(?:all|any|every)? ?(real numbers?|reals)$/.exec(words)?.[1] ??
    words;
  const plural = all.replace(/\b(number|integer)$/, '$1s').replace(/^non negative/, 'nonnegative');
  const name = setNames.get(plural);
  if (!name || /^(reals?|naturals|rationals)$/.test(words)) return undefined;
  if (name === 'positive-reals') return ray('(');
  if (name === 'nonnegative-reals') return ray('[');
  return make.constant(name as ConstantName);
};

/** From 0 on. */
export const ray = (open: '(' | '['): Expression => make.tuple([number(0), make.constant('infinity')], open, ')');
