import type { Sampling } from '../language-model.js';

/** What native code would take without a word, and draw nonsense by: one line with the way out, or undefined. */
export function oddSampling(sampling: Sampling): string | undefined {
  const { temperature, firstTemperature = temperature, topP = 1, minP = 0, seed = 0, maxTokens } = sampling;
  const { topLogProbabilities = 0 } = sampling;
  const rules: readonly (readonly [name: string, value: number, isFine: boolean, way: string])[] = [
    ['maxTokens', maxTokens, maxTokens === Number.POSITIVE_INFINITY || isWhole(maxTokens, 1), 'a whole number above 0'],
    ['temperature', temperature, isBetween(temperature, 0), '0 (greedy) or more'],
    ['firstTemperature', firstTemperature, isBetween(firstTemperature, 0), '0 (greedy) or more'],
    ['topP', topP, isBetween(topP, 0, 1), 'from 0 to 1'],
    ['minP', minP, isBetween(minP, 0, 1), 'from 0 to 1'],
    ['seed', seed, Number.isFinite(seed), 'a whole number'],
    ['topLogProbabilities', topLogProbabilities, isWhole(topLogProbabilities, 0), 'a whole number from 0 on'],
  ];
  const odd = rules.find(([, , isFine]) => !isFine);
  return odd && `Cannot draw with ${odd[0]} ${odd[1]}, give ${odd[3]}`;
}

const isBetween = (value: number, least: number, most = Number.MAX_VALUE): boolean => value >= least && value <= most;
const isWhole = (value: number, least: number): boolean => Number.isInteger(value) && value >= least;
