/** Answers to one question, and how many of them are right. */
export type Cluster = { readonly n: number; readonly correct: number };

/**
 * How many independent answers so many of clustered ones are worth: n over the design effect (Kish, 1965; with Wilson's interval: Dean and
 * Pagano, 2015, Journal of Survey Statistics and Methodology 3:484-503).
 */
export function effectiveSampleSize(clusters: readonly Cluster[], { n, correct }: Cluster): number {
  const count = clusters.length;
  // Nothing varies, or there is nothing to compare with: assume the worst, that the samples of a question are one
  if (count < 2 || correct === 0 || correct === n) return count;
  const share = correct / n;
  const sumOfSquares = clusters.reduce((sum, each) => sum + (each.correct - each.n * share) ** 2, 0);
  const clusterVariance = ((count / (count - 1)) * sumOfSquares) / n ** 2;
  const simpleVariance = (share * (1 - share)) / n;
  return Math.min(n, (n * simpleVariance) / clusterVariance);
}
