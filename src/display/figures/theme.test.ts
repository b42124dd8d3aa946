import { describe, expect, it } from 'vitest';
import { categoryColor, categoryOrder, colors } from './theme.js';

/** Relative luminance of `#rrggbb` (WCAG 2.1). */
const luminance = (color: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const contrast = (left: string, right: string): number => {
  const [dark = 0, light = 0] = [luminance(left), luminance(right)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
};
const solid = Object.entries(colors).filter(([, color]) => color.startsWith('#'));

describe('theme', () => {
  it.each(solid)('%s (%s) has a contrast of 3 : 1 on white and on near-black', (_, color) => {
    expect(contrast(color, '#ffffff')).toBeGreaterThanOrEqual(3);
    expect(contrast(color, '#111111')).toBeGreaterThanOrEqual(3);
  });

  it('text has a contrast of 4 : 1 on both', () => {
    expect(contrast(colors.ink, '#ffffff')).toBeGreaterThanOrEqual(4);
    expect(contrast(colors.ink, '#111111')).toBeGreaterThanOrEqual(4);
  });

  it('gives the same colour for the same name, known or not', () => {
    expect(categoryColor('right')).toBe(colors.blue);
    expect(categoryColor('number theory')).toBe(categoryColor('number theory'));
  });

  it('orders known categories first, then by alphabet', () => {
    expect(categoryOrder(['zebra', 'wrong', 'fobar', 'right', 'apple', 'answers', 'wrong'])).toEqual([
      'right',
      'wrong',
      'answers',
      'fobar',
      'apple',
      'zebra',
    ]);
  });
});
