import { say } from '../language/spoken.js';
import { findScreen, type Screen, showHtml } from './kernel.js';
import { renderText } from './render-text.js';
import { tableText } from './table.js';
import { verdictBadge } from './verdict-badge.js';

/**
 * Shows what a notebook claims, each with a ✓ or a ✗, and throws when one does not hold: a notebook that ends in its
 * claims is a test of itself.
 *
 * @throws RangeError that names the claims that do not hold
 */
export function showClaims(claims: Readonly<Record<string, boolean>>, screen: Screen = findScreen()): void {
  const rows = Object.entries(claims).map(([claim, holds]) => ({ holds: holds ? '✓' : '✗', claim: say(claim) }));
  const lines = rows.map(({ holds, claim }) => {
    const sign = verdictBadge(holds, holds === '✓' ? 'right' : 'wrong');
    return `<tr><td>${sign}</td><td style="text-align:left">${renderText(claim)}</td></tr>`;
  });
  showHtml(`<table><tbody>${lines.join('')}</tbody></table>`, { text: tableText(rows, { limit: 100 }) }, screen);
  const broken = Object.keys(claims).filter((claim) => claims[claim] !== true);
  if (broken.length > 0) {
    const which = broken.map((claim) => `"${claim}"`).join(', ');
    throw new RangeError(
      `Cannot confirm ${broken.length} of ${rows.length} claims: ${which}; look at the cells that measured them`,
    );
  }
}
