import { InputError } from '../../errors.js';
import { mapInTurns } from '../../let-others-run.js';
import { named } from '../../name-setting.js';
import { createGoldCheck, type GoldProblem, type GoldReport, type GoldRow } from './check-golds.js';

/** Names in one message; the rest is counted. */
const mostNamed = 5;

/**
 * The self-check before any token is spent. Golds that no answer can match are left to the caller's warning, unless all
 * are such; `strictGolds` refuses the first of them, and those that do not parse.
 *
 * In turns, as there may be very many. @throws InputError that names them
 */
export async function requireGolds(
  rows: Iterable<GoldRow>,
  { action, strictGolds = false, signal }: { action: string; strictGolds?: boolean; signal?: AbortSignal | undefined },
): Promise<GoldReport> {
  const check = createGoldCheck();
  await mapInTurns(rows, check.add, signal);
  const report = check.found();
  const { count, broken, unparsed } = report;
  if (count > 0 && broken.length === count)
    throw new InputError(
      `Cannot ${action}: no answer can match any of the ${count} gold answers (${nameGolds(broken)}); correct the data`,
    );
  const unsure = [...broken, ...unparsed];
  if (strictGolds && unsure.length > 0)
    throw new InputError(
      `Cannot ${action}: ${unsure.length} of ${count} gold answers do not parse or do not equal themselves (${nameGolds(unsure)}); correct them or pass no ${named('strictGolds')}`,
    );
  return report;
}

/** A line for each kind of gold that deserves a warning; none where every gold parses and equals itself. */
export function describeGolds({ count, broken, unparsed }: GoldReport): string[] {
  const lines: readonly (readonly [readonly GoldProblem[], string])[] = [
    [broken, 'can be matched by no answer'],
    [unparsed, 'do not parse and can be matched by the same characters alone'],
  ];
  return lines.flatMap(([golds, what]) =>
    golds.length === 0 ? [] : [`Warning: ${golds.length} of ${count} gold answers ${what}: ${nameGolds(golds)}`],
  );
}

/** Such as `"p1" ($$, empty), "p7" (\frac{1}{, unparsed), …`. */
export function nameGolds(golds: readonly GoldProblem[]): string {
  const shown = golds.slice(0, mostNamed).map(({ id, gold, problem }) => `"${id}" (${shorten(gold)}, ${problem})`);
  return `${shown.join(', ')}${golds.length > mostNamed ? ', …' : ''}`;
}

/** One line of printable text, whatever the data holds. */
function shorten(gold: string): string {
  const line = gold
    .slice(0, 400)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}
