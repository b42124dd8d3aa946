/**
 * The smallest difference of two accuracies on the same n questions that McNemar's test (two-sided, 5 %) finds with this power, from 0 to 1:
 * the δ at which √n δ = z_0.975 √ψ + z_power √(ψ - δ²), with ψ the share of questions on which the two differ (Connor, 1987, Biometrics
 * 43:207-211). At most 1. Throws `RangeError` for a share outside 0 to 1.
 *
 * @example smallestDifference({ n: 1000, discordance: 0.2 }) // 0.0395
 */
export function smallestDifference({
  n,
  discordance,
  zPower = 0.8416,
}: {
  readonly n: number;
  readonly discordance: number;
  /** Normal quantile of the power. @default that of 80 % */
  readonly zPower?: number;
}): number {
  if (!(discordance >= 0 && discordance <= 1))
    throw new RangeError(
      `Cannot compute the smallest difference: a share of questions is from 0 to 1, got ${discordance}`,
    );
  if (n < 1) return 1;
  let difference = 0;
  for (let round = 0; round < 50; round += 1)
    difference =
      (1.96 * Math.sqrt(discordance) + zPower * Math.sqrt(Math.max(0, discordance - difference ** 2))) / Math.sqrt(n);
  return Math.min(1, difference);
}

/**
 * The discordance that counts where each arm is trained under several seeds and the answers to a question are averaged: what two seeds of
 * one arm differ by is noise, which so many seeds divide; the rest stays. The interval that draws seeds and questions
 * (`seededDifference`) counts such noise three times (Owen 2007, section 3), so that it narrows from four seeds on.
 */
export function averagedDiscordance({
  discordance,
  seedDiscordance,
  seeds,
}: {
  readonly discordance: number;
  readonly seedDiscordance: number;
  readonly seeds: number;
}): number {
  const noise = Math.min(seedDiscordance, discordance);
  return discordance - noise + (seeds < 2 ? noise : (3 * noise) / seeds);
}
