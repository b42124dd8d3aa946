import { describe, expect, it } from 'vitest';
import { reportStyle } from './report-style.js';

const variables = (block: string): Record<string, string> =>
  Object.fromEntries(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map(([, name = '', color = '']) => [name, color]),
  );
const [light = '', dark = ''] = reportStyle.split('@media (prefers-color-scheme: dark)');
const lightColors = variables(light);
const schemes = { light: lightColors, dark: { ...lightColors, ...variables(dark.split('* {')[0] ?? '') } };

/** WCAG 2.1. */
function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [one, other].map(luminance).sort((left, right) => left - right);
  return (high + 0.05) / (low + 0.05);
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

describe.each(Object.entries(schemes))('a report’s page in %s', (_, colors) => {
  const pairs = ['ink', 'soft', 'link', 'right-text', 'wrong-text'].flatMap((text) => [
    [text, 'paper'] as const,
    [text, 'card'] as const,
  ]);
  it.each(pairs)('has text in %s on %s at a contrast of at least 4.5', (text, ground) => {
    expect(contrast(colors[text] ?? '', colors[ground] ?? '')).toBeGreaterThanOrEqual(4.5);
  });
});
