import { min, sqrt } from './math.js';
import { spendSteps } from './work.js';

/** Prime factors by trial division up to 30,000; undefined when a larger composite could be left. */
export const factorize = (value: bigint): Map<bigint, number> | undefined => {
  const factors = new Map<bigint, number>();
  if (value > 1n << 200n || value === 0n) return undefined;
  let rest = value;
  const divideBy = (prime: bigint): void => {
    let count = 0;
    for (; rest % prime === 0n; rest /= prime) count++;
    if (count > 0) factors.set(prime, count);
  };
  if (rest <= SAFE) return factorizeSmall(Number(rest));
  spendSteps(15_000);
  for (const prime of [2n, 3n, 5n]) divideBy(prime);
  for (let candidate = 7n; candidate < 30_000n && candidate * candidate <= rest; candidate += 2n) {
    divideBy(candidate);
    if (rest <= SAFE) {
      const small = factorizeSmall(Number(rest));
      if (!small) return undefined;
      for (const [prime, count] of small) factors.set(prime, (factors.get(prime) ?? 0) + count);
      return factors;
    }
  }
  return rest === 1n ? factors : undefined;
};

const SAFE = BigInt(Number.MAX_SAFE_INTEGER);

const factorizeSmall = (value: number): Map<bigint, number> | undefined => {
  const factors = new Map<bigint, number>();
  let rest = value;
  spendSteps(min(sqrt(value) / 16, 4000));
  for (let prime = 2; prime * prime <= rest; prime += prime === 2 ? 1 : 2) {
    if (prime > 100_000) return undefined;
    let count = 0;
    for (; rest % prime === 0; rest /= prime) count++;
    if (count > 0) factors.set(BigInt(prime), count);
  }
  if (rest > 1) factors.set(BigInt(rest), (factors.get(BigInt(rest)) ?? 0) + 1);
  return factors;
};
