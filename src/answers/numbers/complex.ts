import { abs, sqrt } from './math.js';

/**
 * A complex double with `noise`, a bound (not proven, but generous) on its absolute rounding error. Equality tests ask
 * the noise how much of a difference is real.
 */
export type Complex = { readonly re: number; readonly im: number; readonly noise: number };

const EPSILON = 2 ** -52;

export const complex = (re: number, im = 0, noise = EPSILON * (abs(re) + abs(im))): Complex => ({
  re,
  im,
  noise,
});
export const negate = ({ re, im, noise }: Complex): Complex => ({ re: -re, im: -im, noise });
export const one = complex(1, 0, 0);
export const modulus = ({ re, im }: Complex): number => (im === 0 ? abs(re) : Math.hypot(re, im));
export const distance = (left: Complex, right: Complex): number => Math.hypot(left.re - right.re, left.im - right.im);
export const isReal = (value: Complex): boolean => abs(value.im) <= 1e-12 * abs(value.re) + 4 * value.noise;

export const add = (left: Complex, right: Complex): Complex =>
  complex(
    left.re + right.re,
    left.im + right.im,
    left.noise + right.noise + EPSILON * (modulus(left) + modulus(right)),
  );

export const subtract = (left: Complex, right: Complex): Complex => add(left, negate(right));

export const multiply = (left: Complex, right: Complex): Complex => {
  const first = modulus(left);
  const second = modulus(right);
  return complex(
    left.re * right.re - left.im * right.im,
    left.re * right.im + left.im * right.re,
    first * right.noise + second * left.noise + 2 * EPSILON * first * second,
  );
};

export const divide = (left: Complex, right: Complex): Complex | undefined => {
  const size = modulus(right);
  // A divisor that may be zero makes the quotient meaningless.
  if (size <= 4 * right.noise) return undefined;
  if (right.im === 0 && left.im === 0) {
    const re = left.re / right.re;
    return complex(re, 0, left.noise / size + (abs(re) * right.noise) / size + EPSILON * abs(re));
  }
  const scale = right.re * right.re + right.im * right.im;
  const re = (left.re * right.re + left.im * right.im) / scale;
  const im = (left.im * right.re - left.re * right.im) / scale;
  const result = Math.hypot(re, im);
  return complex(re, im, left.noise / size + (result * right.noise) / size + 4 * EPSILON * result);
};

export const exponential = (value: Complex): Complex => {
  const size = Math.exp(value.re);
  const noise = size * (value.noise + 4 * EPSILON * (1 + modulus(value)));
  return complex(size * Math.cos(value.im), value.im === 0 ? 0 : size * Math.sin(value.im), noise);
};

export const logarithm = (value: Complex): Complex | undefined => {
  const size = modulus(value);
  if (size <= 4 * value.noise) return undefined;
  const re = Math.log(size);
  return complex(re, Math.atan2(value.im, value.re), value.noise / size + 2 * EPSILON * (1 + abs(re)));
};

/** The principal value; small whole exponents by multiplication, so that (-2)^3 stays real. */
export const raise = (base: Complex, exponent: Complex): Complex | undefined => {
  if (exponent.im === 0 && Number.isInteger(exponent.re) && abs(exponent.re) <= 64 && exponent.noise < 1e-9) {
    let result = one;
    for (let count = abs(exponent.re); count > 0; count--) result = multiply(result, base);
    return exponent.re < 0 ? divide(one, result) : result;
  }
  if (base.im === 0 && exponent.im === 0 && (base.re > 0 || Number.isInteger(exponent.re))) {
    const re = base.re ** exponent.re;
    const relative = (abs(exponent.re) * base.noise) / abs(base.re) + abs(Math.log(abs(base.re))) * exponent.noise;
    return base.re === 0 ? undefined : complex(re, 0, abs(re) * (relative + 4 * EPSILON * (1 + abs(exponent.re))));
  }
  if (modulus(base) === 0) return exponent.re > 0 ? complex(0) : undefined;
  const log = logarithm(base);
  return log && exponential(multiply(log, exponent));
};

/** √ and other roots: odd roots of negative reals are real, all else is principal. */
export const root = (radicand: Complex, index: Complex): Complex | undefined => {
  if (isReal(radicand) && radicand.re < 0 && index.im === 0 && index.re % 2 === 1) {
    const re = -((-radicand.re) ** (1 / index.re));
    return complex(re, 0, abs(re) * (radicand.noise / abs(radicand.re) + 4 * EPSILON));
  }
  if (radicand.im === 0 && index.re === 2 && index.im === 0) {
    const size = sqrt(abs(radicand.re));
    const noise = size === 0 ? sqrt(radicand.noise) : radicand.noise / size + EPSILON * size;
    return radicand.re < 0 ? complex(0, size, noise) : complex(size, 0, noise);
  }
  const inverse = divide(one, index);
  return inverse && raise(radicand, inverse);
};
