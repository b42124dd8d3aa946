import { renderText } from './render-text.js';
import { splitMath, type TextPiece } from './split-math.js';

const longestText = 20_000;
const mostFormulas = 200;

type Katex = { renderToString(source: string, options: object): string };

/**
 * Text of a problem or a solution as HTML: its formulas as MathML, which browsers draw without any style sheet, everything
 * else escaped. Safe for text of a model: no command of KaTeX that makes links or attributes is trusted, and length,
 * count of formulas and macro expansions are bounded. A formula that KaTeX cannot read is shown as it was written.
 */
export async function renderMath(text: string): Promise<string> {
  const held = text.length > longestText ? text.slice(0, longestText) : text;
  const pieces = splitMath(held);
  const katex = pieces.some(({ kind }) => kind !== 'text') ? await loadKatex() : undefined;
  let formulaCount = 0;
  const html = pieces.map((piece) => {
    if (piece.kind === 'text' || katex === undefined) return renderText(piece.source);
    formulaCount += 1;
    return formulaCount > mostFormulas ? renderText(piece.source) : renderFormula(piece, katex);
  });
  const rest = text.length - held.length;
  const note = rest > 0 ? ` <i>… ${rest.toLocaleString('en')} more characters</i>` : '';
  return `${html.join('')}${note}`;
}

async function loadKatex(): Promise<Katex> {
  const { default: katex } = await import('katex');
  return katex;
}

function renderFormula({ kind, source }: TextPiece, katex: Katex): string {
  try {
    return katex.renderToString(source, {
      output: 'mathml',
      displayMode: kind === 'display',
      throwOnError: true,
      trust: false,
      strict: 'ignore',
      maxExpand: 200,
      maxSize: 10,
    });
  } catch {
    return `<code>${renderText(source)}</code>`;
  }
}
