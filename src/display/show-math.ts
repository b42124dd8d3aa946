import { findScreen, type Screen, showHtml } from './kernel.js';
import { mathFallbackStyle, renderNotebookMath } from './render-math.js';

/** Shows text of a problem or a solution with its formulas drawn. */
export async function showMath(text: string, screen: Screen = findScreen()): Promise<void> {
  const html = await renderNotebookMath(text);
  showHtml(`${mathFallbackStyle}<div>${html}</div>`, { text }, screen);
}
