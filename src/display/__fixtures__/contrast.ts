/** A colour as red, green and blue in [0, 1] and its share of covering: `#rrggbb` or `rgba(r, g, b, a)`. */
type Color = { readonly channels: readonly number[]; readonly alpha: number };

/** Contrast of two colours after WCAG 2.1, 1 to 21; what is half transparent lies on `page`. */
export function contrast(text: string, ground: string, page = '#ffffff'): number {
  const below = over(readColor(ground), readColor(page).channels);
  const [low = 0, high = 0] = [below, over(readColor(text), below)].map(luminance).sort((left, right) => left - right);
  return (high + 0.05) / (low + 0.05);
}

function readColor(color: string): Color {
  if (color.startsWith('#'))
    return { channels: [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255), alpha: 1 };
  const numbers = [...color.matchAll(/[\d.]+/g)].map(Number);
  return { channels: numbers.slice(0, 3).map((channel) => channel / 255), alpha: numbers[3] ?? 1 };
}

function over({ channels, alpha }: Color, below: readonly number[]): readonly number[] {
  return channels.map((channel, at) => alpha * channel + (1 - alpha) * (below[at] ?? 0));
}

/** Relative luminance. */
function luminance(channels: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = channels.map((channel) =>
    channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
