import { childrenOf, type Expression, mentions } from './expression.js';
import * as is from './is.js';
import { isNegative } from './rational.js';

/** What a variable stands for in a comparison: whole numbers that count, all whole numbers, reals, complex numbers. */
export type Domain = 'counting' | 'integer' | 'real' | 'complex';

const REALS =
  /^([r-zR-Z]|alpha|beta|gamma|delta|epsilon|varepsilon|theta|phi|varphi|psi|omega|lambda|mu|rho|sigma|tau|xi|eta)(?![a-z])/;
const COMPLEX = /^[zw](?![a-z])/;

/**
 * The domain of each variable by where it stands: bounds of sums, factorials and binomials count; divisors, residues and powers of
 * -1 take whole numbers; a floor or ceiling takes whole numbers unless the letter is one of the reals' (x, t, θ); z and w beside
 * Re, Im, a conjugate or i are complex.
 */
export const domainsOf = (
  names: ReadonlySet<string>,
  expressions: readonly Expression[],
): ReadonlyMap<string, Domain> => {
  const found = new Map<string, Domain>();
  for (const expression of expressions) collect(expression, undefined, found);
  const isComplexContext = expressions.some(mentionsComplexParts);
  const domains = new Map<string, Domain>();
  for (const name of names) {
    const domain = found.get(name);
    domains.set(name, domain ?? (isComplexContext && COMPLEX.test(name) ? 'complex' : 'real'));
  }
  return domains;
};

/** i, Re, Im, arg or a conjugate, |z|: what only complex numbers make interesting. */
export const mentionsComplexParts = (expression: Expression): boolean =>
  mentions(
    expression,
    (part) =>
      (is.call(part) && /^(Re|Im|arg|conj)$/.test(part.name)) ||
      (is.call(part, 'abs') && mentions(part, isComplexName)) ||
      is.constant(part, 'i'),
  );

const isComplexName = (expression: Expression): boolean => is.symbol(expression) && COMPLEX.test(expression.name);

const strength: Readonly<Record<Domain, number>> = { real: 0, complex: 1, integer: 2, counting: 3 };

const collect = (expression: Expression, context: Domain | undefined, found: Map<string, Domain>): void => {
  if (is.symbol(expression) && context) {
    const isReal = context === 'integer' && REALS.test(expression.name);
    const present = found.get(expression.name);
    if (!isReal && (!present || strength[present] < strength[context])) found.set(expression.name, context);
  }
  if (is.series(expression)) {
    collect(expression.from, 'counting', found);
    collect(expression.to, 'counting', found);
    collect(expression.body, context, found);
    return;
  }
  if (is.power(expression) && isAlternating(expression)) {
    collect(expression.exponent, 'counting', found);
    return;
  }
  if (is.call(expression) && /^(sin|cos|tan|cot)$/.test(expression.name)) collectTurns(expression.operands[0], found);
  const own = is.call(expression) ? contextOf(expression.name) : undefined;
  for (const child of childrenOf(expression)) collect(child, own ?? context, found);
};

/** The n of sin(nπ) counts half turns; other letters are angles. */
const collectTurns = (angle: Expression | undefined, found: Map<string, Domain>): void => {
  const factors = is.quotient(angle) ? [angle.top] : angle ? [angle] : [];
  const parts = factors.flatMap((factor) => (is.product(factor) ? factor.factors : [factor]));
  if (!parts.some((part) => is.constant(part, 'pi'))) return;
  for (const part of parts)
    if (is.symbol(part) && /^[k-nN](?![a-z])/.test(part.name) && !found.has(part.name)) found.set(part.name, 'integer');
};

/** (-1)^n and its like: real only for whole exponents. */
const isAlternating = ({ base }: Extract<Expression, { kind: 'power' }>): boolean =>
  (is.number(base) && isNegative(base.value)) || (is.negative(base) && is.number(base.operand));

const contextOf = (name: string): Domain | undefined => {
  if (/^(factorial2?|binom|apply .*_)$/.test(name)) return 'counting';
  if (/^(floor|ceil|round)$/.test(name)) return 'integer';
  return /^(gcd|lcm|mod)$/.test(name) ? 'counting' : undefined;
};
