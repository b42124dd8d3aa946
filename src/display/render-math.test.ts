import { describe, expect, it } from 'vitest';
import { renderMath, renderNotebookMath } from './render-math.js';

describe('renderMath(text)', () => {
  it.each([
    ['a script', '<script>alert(1)</script>'],
    ['an event handler', '<img src=x onerror="alert(1)">'],
    ['an event handler inside a formula', '$<img src=x onerror="alert(1)">$'],
    ['a broken formula with a tag', '$\\frac{<b onclick="x">$'],
    ['a link of KaTeX', '$\\href{javascript:alert(1)}{x}$'],
    ['a URL of KaTeX', '\\(\\url{javascript:alert(1)}\\)'],
    ['attributes of KaTeX', '$\\htmlData{a=b}{x} \\htmlStyle{color:red}{y}$'],
    ['an image of KaTeX', '$\\includegraphics{https://example.com/a.png}$'],
    ['a definition', '$\\def\\a{\\a\\a}\\a$'],
    ['a tag closed inside text', '\\boxed{</span><iframe src="javascript:alert(1)">}'],
  ])('makes %s harmless', async (_, text) => {
    for (const html of [await renderMath(text), await renderNotebookMath(text)]) {
      expect(html).not.toMatch(/<(?:script|img|iframe|a|b|svg|object|embed|link|style)\b/i);
      expect(html).not.toMatch(/<[^>]*\s(?:on\w+|href|src)\s*=/i);
    }
  });

  it.each([
    ['draws a fraction', 'half is $\\frac{1}{2}$', '<mfrac><mn>1</mn><mn>2</mn></mfrac>'],
    ['draws a box that Chromium shows', '\\boxed{42}', '<mrow style="border:1px solid;padding:0.1em 0.3em"><mstyle'],
    ['keeps money as text', '$5 and $6', '<span>$</span>5 and <span>$</span>6'],
    ['keeps lines', 'one\ntwo', 'one<br>two'],
    ['shows what KaTeX cannot read as it was written', '$\\frac{1}$', '<code><span>\\</span>frac{1}</code>'],
    [
      'leaves nothing for JupyterLab to typeset in text',
      '\\begin{align} \\(x',
      '<span>\\</span>begin{align} <span>\\</span>(x',
    ],
  ])('%s', async (_, text, part) => expect(await renderMath(text)).toContain(part));

  it.each([
    ['100,000 characters', 'a'.repeat(100_000), '80,000 more characters'],
    ['100,000 open braces', `$${'{'.repeat(99_999)}`, '80,000 more characters'],
    ['10,000 formulas', '$a$'.repeat(10_000), '10,000 more characters'],
  ])('cuts %s and says so', async (_, text, note) => {
    const html = await renderMath(text);
    expect(html).toContain(note);
    expect(html.match(/<math/g)?.length ?? 0).toBeLessThanOrEqual(200);
  });

  it('shows a formula nested too deep as text', async () => {
    const deep = `$${'\\sqrt{'.repeat(280)}${'}'.repeat(280)}$`;
    expect(await renderMath(deep)).toMatch(/^<(?:code|span)/);
  });
});

describe('renderNotebookMath(text)', () => {
  it('carries the TeX beside the MathML, escaped', async () => {
    const html = await renderNotebookMath('$a < b$');
    expect(html).toContain('<span class="mathpie-mathml" style="display:none"><span class="katex"><math');
    expect(html).toContain('<span class="mathpie-tex">\\(a &lt; b\\)</span>');
  });
});
