import { describe, expect, it } from 'vitest';
import { colorDistance, visions } from '../__fixtures__/color-vision.js';
import { contrast } from '../__fixtures__/contrast.js';
import { verdictFills } from '../verdict-badge.js';
import { categoryColor, categoryOrder, colors, lineStyle, themedLayout } from './theme.js';
import { boxFills } from './workflow.js';

const grounds = ['ink', 'light', 'paper', 'paleBlue', 'grid'];
const marks = Object.entries(colors).filter(([name]) => !grounds.includes(name));

/** Pages of JupyterLab, of VS Code and of a report. */
const pages = ['#ffffff', '#111111', '#1e1e1e', '#14171b'];

describe('theme', () => {
  it.each(marks)('%s (%s) has a contrast of 3 : 1 on white and on near-black', (_, color) => {
    expect(contrast(color, '#ffffff')).toBeGreaterThanOrEqual(3);
    expect(contrast(color, '#111111')).toBeGreaterThanOrEqual(3);
  });

  // Whatever a page is, a figure stands on its own paper
  it.each<[string, string, string]>([
    ['text of a figure', colors.ink, colors.paper],
    ['text on a lit box', colors.light, colors.blue],
    ['the share in a bar of kept rows', colors.light, categoryColor('kept')],
    ...[boxFills.done, boxFills.ahead].map(
      (fill) => ['text on another box', colors.ink, fill] as [string, string, string],
    ),
  ])('%s (%s on %s) has a contrast of 4.5 : 1', (_, text, ground) => {
    expect(contrast(text, ground, colors.paper)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(pages.flatMap((page) => Object.values(verdictFills).map((fill) => [fill, page] as const)))(
    'a white sign on %s has a contrast of 4.5 : 1, the page being %s',
    (fill, page) => expect(contrast('#ffffff', fill, page)).toBeGreaterThanOrEqual(4.5),
  );

  it('every text of every figure is of the colours that were looked at, on paper that no page shines through', () => {
    const layout = themedLayout({ title: 'T', subtitle: 'S' });
    expect(layout).toMatchObject({
      font: { color: colors.ink },
      title: { subtitle: { font: { color: colors.ink } } },
      paper_bgcolor: colors.paper,
    });
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

  // Between two blues there were 13; 22 is what one tells apart in a thin line
  const seven = Array.from({ length: 7 }, (_, place) => lineStyle(place));
  const pairs = seven.flatMap((one, place) => seven.slice(place + 1).map((other) => [one, other] as const));

  it.each(pairs)(
    'lines %j and %j are of two colours, and of two dashes where some eyes confuse these',
    (one, other) => {
      expect(colorDistance(one.color, other.color, 'usual')).toBeGreaterThan(30);
      const nearest = Math.min(...visions.map((vision) => colorDistance(one.color, other.color, vision)));
      if (nearest < 22) expect(one.dash).not.toBe(other.dash);
    },
  );

  it('no two of 28 lines are alike', () => {
    const many = Array.from({ length: 28 }, (_, place) => JSON.stringify(lineStyle(place)));
    expect(new Set(many).size).toBe(28);
  });
});
