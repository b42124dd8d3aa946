import { escapeXml } from './escape-xml.js';
import { isOutward, mathOptions } from './math-safety.js';
import { renderText } from './render-text.js';
import { splitMath, type TextPiece } from './split-math.js';

const longestText = 20_000;
const mostFormulas = 200;

/**
 * Goes before HTML made by `renderNotebookMath`. JupyterLab takes style elements and MathML out of notebooks that it does not trust,
 * which is every notebook on first sight, and typesets TeX itself: there the TeX shows and elsewhere the MathML.
 */
export const mathFallbackStyle =
  '<style>.mathpie-mathml{display:inline!important}.mathpie-mathml math{font-size:1.15em}.mathpie-tex{display:none}</style>';

type Katex = { renderToString(source: string, options: object): string };

/**
 * Text of a problem or a solution as HTML: its formulas as KaTeX's MathML, which browsers draw without any style sheet,
 * everything else escaped. Safe for text of a model: nothing in it can link, load, define or style, and length, count of
 * formulas and macro expansions are bounded. A formula that KaTeX cannot read is shown as it was written.
 */
export async function renderMath(text: string): Promise<string> {
  return render(text, { fallback: false });
}

/** The same for a notebook: each formula carries its TeX as well, and the whole needs `mathFallbackStyle` before it. */
export async function renderNotebookMath(text: string): Promise<string> {
  return render(text, { fallback: true });
}

async function render(text: string, { fallback }: { fallback: boolean }): Promise<string> {
  const held = text.length > longestText ? text.slice(0, longestText) : text;
  const pieces = splitMath(held);
  const katex = pieces.some(({ kind }) => kind !== 'text') ? await loadKatex() : undefined;
  let formulaCount = 0;
  const html = pieces.map((piece) => {
    if (piece.kind === 'text' || katex === undefined) return renderText(piece.source);
    formulaCount += 1;
    return formulaCount > mostFormulas ? renderText(piece.source) : renderFormula(piece, { katex, fallback });
  });
  const rest = text.length - held.length;
  const note = rest > 0 ? ` <i>… ${rest.toLocaleString('en')} more characters</i>` : '';
  return `${html.join('')}${note}`;
}

async function loadKatex(): Promise<Katex> {
  const { default: katex } = await import('katex');
  return katex;
}

function renderFormula({ kind, source }: TextPiece, { katex, fallback }: { katex: Katex; fallback: boolean }): string {
  const mathml = isOutward(source) ? undefined : toMathml({ katex, source, isDisplay: kind === 'display' });
  if (mathml === undefined) return `<code>${renderText(source)}</code>`;
  if (!fallback) return mathml;
  const tex = kind === 'display' ? `\\[${source}\\]` : `\\(${source}\\)`;
  return [
    `<span class="mathpie-mathml" style="display:none">${mathml}</span>`,
    `<span class="mathpie-tex">${escapeXml(tex)}</span>`,
  ].join('');
}

function toMathml({
  katex,
  source,
  isDisplay,
}: {
  katex: Katex;
  source: string;
  isDisplay: boolean;
}): string | undefined {
  try {
    const mathml = katex.renderToString(source, {
      ...mathOptions,
      displayMode: isDisplay,
    });
    return drawBoxes(mathml.replace(/<annotation\b[^>]*>[^<]*<\/annotation>/g, ''));
  } catch {
    return undefined;
  }
}

/** `\boxed` becomes `menclose`, which Chromium does not draw; it does draw the border of an `mrow`. */
function drawBoxes(mathml: string): string {
  const isBoxedOnly =
    (mathml.match(/<menclose /g) ?? []).length === (mathml.match(/<menclose notation="box"/g) ?? []).length;
  if (!isBoxedOnly) return mathml;
  return mathml
    .replace(/<menclose notation="box"/g, '<mrow style="border:1px solid;padding:0.1em 0.3em"')
    .replaceAll('</menclose>', '</mrow>');
}
