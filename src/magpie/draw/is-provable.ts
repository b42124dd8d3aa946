import { countQuantities, tellsQuantity } from './count-quantities.js';

/**
 * Whether a text in English that asks for a proof speaks of mathematics: by a word that means nothing else, by two that may mean something
 * else, or by two quantities. "Prove that God exists." does not. Formulas are looked for by who asks.
 */
export function isProvable(text: string): boolean {
  if (strong.test(text) || named.test(text) || countQuantities(text) >= (tellsQuantity(text) ? 2 : 4)) return true;
  const found = text.toLowerCase().match(weak) ?? [];
  return new Set(found.map((word) => word.replace(/s$/, ''))).size >= 2;
}

const strong =
  /\b(?:theorems?|lemmas?|axioms?|conjectures?|(?:ir)?rational numbers?|irrational(?:ity)?|continuity|(?:con|di)vergence|divisibility|transcendental|(?:real|natural|complex|whole|even|odd|prime|square) numbers?|integers?|primes?|(?:co)?prime|composite|divis\w+|divides|modulo|congruen(?:t|ces?)|gcd|lcm|factorials?|binomials?|fibonacci|polynomials?|quadratics?|inequalit(?:y|ies)|equations?|logarithms?|(?:co)?sines?|trigonometr\w+|derivatives?|integrals?|(?:un)?differentiable|continuous|(?:con|di)verg\w+|monoton\w+|bounded|supremum|infimum|cauchy|matri(?:x|ces)|determinants?|vectors?|eigen\w+|linearly|orthogonal|subsets?|subgroups?|subspaces?|subgraphs?|empty set|(?:un)?countabl[ey]|cardinalit(?:y|ies)|bijecti\w+|injecti\w+|surjecti\w+|\w+morph(?:ic|isms?)|commutative|associative|distributive|transitive|reflexive|compact|topolog\w+|manifolds?|metric space|convex|(?:quadri)?lateral|triangles?|quadrilaterals?|parallelograms?|rhombus(?:es)?|rectangles?|trapezoids?|kites?|polygons?|\w+(?:hedr(?:on|a)|gons?)|circles?|semicircles?|ellipses?|hyperbolas?|laws? of exponents|parabolas?|tangents?|chords?|radi(?:us|i)|diameters?|perpendicular|bisect\w*|diagonals?|hypotenuse|angles?|collinear|concyclic|permutations?|combinatori\w+|bipartite|planar|vert(?:ex|ices)|pigeonhole|induction|np-(?:hard|complete)|(?:un)?decidable|turing)\b/i;

/** Results that are called by a person; the name alone may be anybody's. */
const named =
  /\b(?:de morgan|pythagor(?:as|ean)|euclid|thales|heron|ptolemy|ceva|menelaus|vieta|fermat|euler|gauss|lagrange|cauchy|wilson|bayes|bernoulli|pascal|leibniz|taylor|rolle|cramer|cayley|cantor|stirling|jensen|h[öo]lder|minkowski|chebyshev|markov)(?:['’]s?)?(?:[ –-][a-zà-ÿ]+){0,2} (?:laws?|formulas?|formulae|inequality|identit(?:y|ies)|rules?|criterion|principle)\b/i;

/** Two of these, which people use of other things as well. */
const weak =
  /\b(?:sets?|groups?|rings?|fields?|ideals?|maps?|functions?|graphs?|trees?|edges?|lea(?:f|ves)|cycles?|paths?|spaces?|bas[ei]s|open|closed|covers?|even|odd|numbers?|digits?|unique|(?:in)?finite(?:ly)?|identity|elements?|inverses?|degrees?|lines?|points?|planes?|curves?|slopes?|parallel|medians?|equal|sums?|products?|squares?|cubes?|limits?|complete|normal|kernels?|images?|empty|intersections?|unions?|roots?|powers?|orders?|sequences?|series|terms?|probabilit(?:y|ies)|areas?|perimeters?|volumes?|ratios?|fractions?|averages?|arithmetic|geometric|harmonic|symmetric|positive|negative|zeros?|sides?|opposite|regular|colou?r(?:able|ings?)|addition|multiplication|exponents?)\b/g;
