import type { Disagreement, GraderComparison, GraderView } from '../answers/grade/compare-graders.js';
import { goldAnswer } from '../answers/grade/grade-response.js';
import { parseAnswer } from '../answers/parse/parse-answer.js';
import { findScreen, type Screen, showHtml } from './kernel.js';
import { renderTable, type TableOptions, type TableRow, tableText } from './table.js';

export type DisagreementTableOptions = {
  /** What the two graders are called. @default 'a' and 'b' */
  readonly names?: { readonly a: string; readonly b: string };
  /** Rows shown; the others are counted below. @default 20 */
  readonly limit?: number;
};

/** Shows the answers on which two graders differ, drawn, with the verdict and the reason of each. */
export async function showDisagreements(
  comparison: GraderComparison,
  options: DisagreementTableOptions = {},
  screen: Screen = findScreen(),
): Promise<void> {
  const { rows, table } = arrange(comparison, options, { isDrawn: false });
  showHtml(await renderDisagreements(comparison, options), { text: tableText(rows, table) }, screen);
}

/**
 * The same as HTML. Gold and both answers are drawn by KaTeX where they read as mathematics; every text is escaped, as it
 * comes from a model.
 */
export async function renderDisagreements(
  comparison: GraderComparison,
  options: DisagreementTableOptions = {},
): Promise<string> {
  const { rows, table } = arrange(comparison, options, { isDrawn: true });
  return renderTable(rows, table);
}

function arrange(
  { disagreements, count, agreement }: GraderComparison,
  { names = { a: 'a', b: 'b' }, limit = 20 }: DisagreementTableOptions,
  { isDrawn }: { isDrawn: boolean },
): { rows: TableRow[]; table: TableOptions } {
  // Two graders of one name would share their columns.
  const [a, b] = names.a === names.b ? [`${names.a} (a)`, `${names.b} (b)`] : [names.a, names.b];
  const answer = (text: string): string => (isDrawn ? asFormula(text) : text);
  const side = (name: string, { extracted, equivalent, reason }: GraderView) => ({
    [`${name}: answer`]: extracted === undefined ? undefined : answer(extracted),
    [`${name}: verdict`]: `${equivalent ? '✓' : '✗'} ${reason}`,
  });
  const toRow = ({ id, gold, ...sides }: Disagreement): TableRow => ({
    // As text: an id is no quantity.
    row: String(id),
    gold: answer(goldAnswer(gold)),
    ...side(a, sides.a),
    ...side(b, sides.b),
  });
  const caption = `${a} and ${b} judge ${(100 * agreement).toFixed(1)}% of ${count.toLocaleString('en')} answers alike`;
  const columns = ['row', 'gold', ...[a, b].flatMap((name) => [`${name}: answer`, `${name}: verdict`])];
  return {
    // Rows beyond the limit are counted, not shown, and need no form.
    rows: disagreements.map((disagreement, index) => (index < limit ? toRow(disagreement) : {})),
    table: { columns, math: ['gold', `${a}: answer`, `${b}: answer`], limit, caption },
  };
}

/** A bare answer between dollar signs where it is mathematics without words; what has marks of its own keeps them. */
function asFormula(text: string): string {
  const bare = text.trim();
  if (bare === '' || /[$%#&~]|\\[([]|\n/.test(bare)) return text;
  const outside = bare.replace(/\\(?:text|mathrm|textbf|mbox)\{[^{}]*\}/g, '').replace(/\\[a-zA-Z]+/g, '');
  return /[a-zA-Z]{2}/.test(outside) || !parseAnswer(bare).isMathematics ? text : `$${bare}$`;
}
