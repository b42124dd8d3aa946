import {
  add,
  type Complex,
  complex,
  divide,
  exponential,
  isReal,
  logarithm,
  modulus,
  multiply,
  negate,
  one,
  raise,
  root,
  subtract,
} from './complex.js';
import { abs, floor, max, PI, round, sqrt } from './math.js';

/** The value of a named function in complex doubles; undefined for a name or an argument without one. */
export const applyNumerically = (name: string, operands: readonly Complex[]): Complex | undefined => {
  const [first, second] = operands;
  if (!first) return undefined;
  const simple = elementary[name];
  if (simple && operands.length === 1) return simple(first);
  switch (name) {
    case 'log': {
      const base = logarithm(second ?? complex(10));
      const value = base && logarithm(first);
      return value && divide(value, base);
    }
    case 'max':
    case 'min': {
      const sign = name === 'max' ? 1 : -1;
      return operands.every(isReal)
        ? operands.reduce((left, right) => (sign * left.re >= sign * right.re ? left : right))
        : undefined;
    }
    case 'mod':
      return second && isReal(first) && isReal(second) && second.re !== 0
        ? complex(
            first.re - second.re * floor(first.re / second.re),
            0,
            first.noise + second.noise * abs(first.re / second.re),
          )
        : undefined;
    case 'factorial2':
      return doubleFactorial(first);
    case 'binom':
      return second && binomial(first, second);
    default:
      return name.startsWith('apply ') ? applyUnknown(name, operands) : undefined;
  }
};

const I = complex(0, 1, 0);

const sine = (value: Complex): Complex => {
  if (value.im === 0) return complex(Math.sin(value.re), 0, value.noise + 2 ** -52);
  const turned = multiply(I, value);
  return multiply(subtract(exponential(turned), exponential(negate(turned))), complex(0, -0.5, 0));
};

const cosine = (value: Complex): Complex =>
  value.im === 0 ? complex(Math.cos(value.re), 0, value.noise + 2 ** -52) : cosh(multiply(I, value));

const halve = (value: Complex): Complex => multiply(value, complex(0.5, 0, 0));
const sinh = (value: Complex): Complex => halve(subtract(exponential(value), exponential(negate(value))));
const cosh = (value: Complex): Complex => halve(add(exponential(value), exponential(negate(value))));
const squareRoot = (value: Complex): Complex | undefined => root(value, complex(2));

const real =
  (apply: (value: number) => number, isInDomain: (value: number) => boolean = () => true) =>
  (value: Complex): Complex | undefined => {
    if (!isReal(value) || !isInDomain(value.re)) return undefined;
    const re = apply(value.re);
    return complex(re, 0, value.noise * 4 + 2 ** -51 * abs(re));
  };

/** asinh z = log(z + √(z² + 1)) and its like, for arguments outside the real domain. */
const inverseHyperbolic = (value: Complex, shift: Complex): Complex | undefined => {
  const radical = squareRoot(add(multiply(value, value), shift));
  return radical && logarithm(add(value, radical));
};

const arctanh = (value: Complex): Complex | undefined => {
  const up = logarithm(add(one, value));
  const down = up && logarithm(subtract(one, value));
  return down && halve(subtract(up, down));
};

const ofReciprocal = (apply: (value: number) => number) =>
  real(
    (value) => apply(1 / value),
    (value) => abs(value) >= 1,
  );

const isUnit = (value: number): boolean => abs(value) <= 1;

const realArcsin = real(Math.asin, isUnit);
const realArccos = real(Math.acos, isUnit);

/** arcsin z = -i log(iz + √(1 - z²)), outside [-1, 1]. */
const arcsine = (value: Complex): Complex | undefined => {
  const radical = squareRoot(subtract(one, multiply(value, value)));
  const log = radical && logarithm(add(multiply(I, value), radical));
  return log && multiply(log, complex(0, -1, 0));
};

const arccosine = (value: Complex): Complex | undefined => {
  const sine = arcsine(value);
  return sine && subtract(complex(PI / 2), sine);
};

/** Floors jump: within the noise of a whole number the side is unknown. */
const step =
  (apply: (value: number) => number) =>
  (value: Complex): Complex | undefined => {
    if (!isReal(value)) return undefined;
    const nearest = round(value.re);
    return complex(abs(value.re - nearest) < 1e-12 * max(1, abs(nearest)) ? nearest : apply(value.re));
  };

const arccosh = (value: Complex): Complex | undefined => {
  const below = squareRoot(subtract(value, one));
  const above = squareRoot(add(value, one));
  return below && above && logarithm(add(value, multiply(below, above)));
};

const elementary: Readonly<Record<string, (value: Complex) => Complex | undefined>> = {
  sin: sine,
  cos: cosine,
  tan: (value) => divide(sine(value), cosine(value)),
  cot: (value) => divide(cosine(value), sine(value)),
  sec: (value) => divide(one, cosine(value)),
  csc: (value) => divide(one, sine(value)),
  sinh,
  cosh,
  tanh: (value) => divide(sinh(value), cosh(value)),
  coth: (value) => divide(cosh(value), sinh(value)),
  sech: (value) => divide(one, cosh(value)),
  csch: (value) => divide(one, sinh(value)),
  arcsin: (value) => realArcsin(value) ?? arcsine(value),
  arccos: (value) => realArccos(value) ?? arccosine(value),
  arctan: real(Math.atan),
  arccot: real((value) => (value === 0 ? PI / 2 : Math.atan(1 / value))),
  arcsec: ofReciprocal(Math.acos),
  arccsc: ofReciprocal(Math.asin),
  arcsinh: (value) => inverseHyperbolic(value, one),
  arccosh,
  arctanh,
  exp: exponential,
  ln: logarithm,
  abs: (value) => complex(modulus(value), 0, value.noise),
  Re: (value) => complex(value.re, 0, value.noise),
  Im: (value) => complex(value.im, 0, value.noise),
  conj: (value) => complex(value.re, -value.im, value.noise),
  arg: (value) => complex(Math.atan2(value.im, value.re)),
  sgn: (value) => (isReal(value) ? complex(Math.sign(value.re)) : undefined),
  cbrt: (value) => root(value, complex(3)),
  floor: step(floor),
  ceil: step(Math.ceil),
  factorial: (value) => (isReal(value) && value.re > -1 ? complex(gamma(value.re + 1)) : undefined),
};

/** Lanczos' approximation (g = 7, 9 terms), relative error about 1e-15. */
const gamma = (value: number): number => {
  // Poles at 0, -1, -2, …: a reciprocal of gamma is zero there, as in binom(2, 3).
  if (value > 171 || (value <= 0 && Number.isInteger(value))) return Number.POSITIVE_INFINITY;
  if (Number.isInteger(value)) {
    let product = 1;
    for (let factor = 2; factor < value; factor++) product *= factor;
    return product;
  }
  if (value < 0.5) return PI / (Math.sin(PI * value) * gamma(1 - value));
  const shifted = value - 1;
  const base = shifted + 7.5;
  let sum = lanczos[0] ?? 0;
  for (let index = 1; index < 9; index++) sum += (lanczos[index] ?? 0) / (shifted + index);
  return sqrt(2 * PI) * base ** (shifted + 0.5) * Math.exp(-base) * sum;
};

const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** n!! for whole n from -1 on. */
const doubleFactorial = (value: Complex): Complex | undefined => {
  if (!isReal(value) || !Number.isInteger(value.re) || value.re < -1 || value.re > 300) return undefined;
  let product = 1;
  for (let factor = value.re; factor > 1; factor -= 2) product *= factor;
  return Number.isFinite(product) ? complex(product) : undefined;
};

const binomial = (top: Complex, bottom: Complex): Complex | undefined => {
  if (!isReal(top) || !isReal(bottom)) return undefined;
  if (Number.isInteger(top.re) && Number.isInteger(bottom.re) && bottom.re < 0) return complex(0);
  const value = gamma(top.re + 1) / (gamma(bottom.re + 1) * gamma(top.re - bottom.re + 1));
  return Number.isFinite(value) ? complex(value, 0, abs(value) * 1e-14) : undefined;
};

/** An unknown function f as a fixed pseudo-random smooth one, the same wherever the name is the same. */
const applyUnknown = (name: string, operands: readonly Complex[]): Complex | undefined => {
  let seed = 7;
  for (let index = 0; index < name.length; index++) seed = (seed * 31 + name.charCodeAt(index)) % 9973;
  let total = complex(1 + seed / 9973);
  operands.forEach((operand, position) => {
    total = add(
      total,
      sine(add(multiply(operand, complex(0.37 + seed / 30000 + position * 0.11)), complex(0.1 + position))),
    );
  });
  return raise(total, complex(1));
};
