import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { packagePath } from '../../package-root.js';
import { contrast } from '../__fixtures__/contrast.js';
import { reportStyle } from './report-style.js';

const variables = (block: string): Record<string, string> =>
  Object.fromEntries(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map(([, name = '', color = '']) => [name, color]),
  );
const [light = '', dark = ''] = reportStyle.split('@media (prefers-color-scheme: dark)');
const lightColors = variables(light);
const schemes = { light: lightColors, dark: { ...lightColors, ...variables(dark.split('* {')[0] ?? '') } };

describe.each(Object.entries(schemes))('a report’s page in %s', (_, colors) => {
  const pairs = ['ink', 'soft', 'link', 'right-text', 'wrong-text'].flatMap((text) => [
    [text, 'paper'] as const,
    [text, 'card'] as const,
  ]);
  it.each(pairs)('has text in %s on %s at a contrast of at least 4.5', (text, ground) => {
    expect(contrast(colors[text] ?? '', colors[ground] ?? '')).toBeGreaterThanOrEqual(4.5);
  });
});

it.each([
  ['the report', reportStyle],
  ['the explorer', readFileSync(packagePath('src', 'display', 'explorer', 'page', 'style.css'), 'utf8')],
])('of %s a table that is wider than a phone moves in its own box, and a shadow shows it', (_, style) => {
  const rules = [...style.matchAll(/\.scroll\b[^{};]*\{([^}]*)\}/g)].map(([, rule = '']) => rule).join(' ');
  expect(rules).toContain('overflow-x: auto');
  expect(rules.match(/\blocal\b/g)).toHaveLength(2);
  expect(rules.match(/var\(--fall\), transparent/g)).toHaveLength(2);
  expect(style).toMatch(/td:not\(\.number\) \{\s*min-width/);
});

it.each([
  ['the report', reportStyle],
  ['the explorer', readFileSync(packagePath('src', 'display', 'explorer', 'page', 'style.css'), 'utf8')],
])('of %s an example with a formula that is wider than a phone moves in its own box', (_, style) => {
  for (const place of ['.example header span', '.example .question', '.example .response']) {
    const rules = [...style.matchAll(/([^{}]*)\{([^}]*)\}/g)].filter(([, selectors = '']) => selectors.includes(place));
    expect(rules.map(([, , rule]) => rule).join(' ')).toContain('overflow-x: auto');
  }
});
