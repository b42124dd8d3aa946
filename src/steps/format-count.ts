/** A whole number with commas, in every language: `1,450,000`. */
export function formatCount(count: number): string {
  return Math.round(count).toLocaleString('en-US');
}
