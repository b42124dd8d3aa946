import { escapeXml } from './escape-xml.js';

/**
 * Plain text as HTML. Besides what HTML needs: JupyterLab looks for formulas in every HTML output with rules of its own and
 * would take "$5 or $6" for one; a dollar sign or a backslash alone in an element begins none.
 */
export function renderText(source: string): string {
  return escapeXml(source).replace(/[$\\]/g, '<span>$&</span>').replace(/\r?\n/g, '<br>');
}
