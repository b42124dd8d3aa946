import type { Language } from '../../language/translate.js';
import { escapeXml } from '../escape-xml.js';
import { renderBlock } from './render-blocks.js';
import type { ReportSection } from './report-section.js';
import { reportStyle } from './report-style.js';

export type PageOptions = {
  readonly title: string;
  /** One line under the title. */
  readonly lead: string;
  readonly sections: readonly ReportSection[];
  /** Source text of plotly.js. */
  readonly plotly: string;
  readonly footer: string;
  readonly language: Language;
};

/**
 * The whole page. The security policy forbids every request, so the page works offline, and were anything of a model to
 * slip through the escaping, it could not reach out.
 */
export async function renderPage({ title, lead, sections, plotly, footer, language }: PageOptions): Promise<string> {
  const hasFigures = sections.some((section) => section.blocks.some((block) => block.kind === 'figure'));
  const links = sections.map((section, index) => `<a href="#s${index + 1}">${escapeXml(section.title)}</a>`);
  const chapters = await Promise.all(sections.map((section, index) => renderSection(section, index + 1)));
  return [
    '<!doctype html>',
    `<html lang="${language}"><head><meta charset="utf-8">`,
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeXml(title)}</title><style>${reportStyle}</style></head>`,
    `<body><main><h1>${escapeXml(title)}</h1><p class="lead">${escapeXml(lead)}</p><nav>${links.join('')}</nav>`,
    ...chapters,
    `<footer>${escapeXml(footer)}</footer></main>`,
    hasFigures ? `<script>${inScript(plotly)}</script><script>${drawFigures}</script>` : '',
    '</body></html>\n',
  ].join('\n');
}

async function renderSection({ title, blocks }: ReportSection, number: number): Promise<string> {
  const body = (await Promise.all(blocks.map((block) => renderBlock(block)))).join('\n');
  return `<section id="s${number}"><h2>${escapeXml(title)}</h2>\n${body}</section>`;
}

/** Keeps a script's text from closing its element; both replacements mean the same inside a string. */
function inScript(source: string): string {
  return source.replaceAll(/<\/(script)/gi, '<\\/$1').replaceAll('<!--', '<\\!--');
}

/**
 * Charts in the page's own colour of text, in light and in dark. On a phone the lines of titles break where they would be cut,
 * and long labels of an axis give the plot room.
 */
const drawFigures = `
const soft = () => getComputedStyle(document.documentElement).getPropertyValue('--soft').trim();
const wrap = (text, most) => text.split('<br>').map((line) => {
  let width = 0;
  return line.split(' ').map((word) => {
    const length = word.replace(/<[^>]*>/g, '').length + 1;
    const breaks = width > 0 && width + length > most;
    width = breaks ? length : width + length;
    return (breaks ? '<br>' : ' ') + word;
  }).join('').trim();
}).join('<br>');
const fit = (layout, width) => {
  const { title, margin, font } = layout;
  const most = Math.max(20, Math.floor((width - 24) / 6.4));
  const lead = wrap(title.text, Math.floor(most * 0.8)), below = wrap(title.subtitle?.text ?? '', most);
  const more = (lead + below).split('<br>').length - (title.text + (title.subtitle?.text ?? '')).split('<br>').length;
  const ink = soft();
  const named = (layout.annotations ?? []).map((each) => ({ ...each, font: { ...each.font, color: ink } }));
  return {
    ...layout,
    height: layout.height + 18 * more,
    font: { ...font, color: ink },
    title: { ...title, text: lead, subtitle: { ...title.subtitle, text: below, font: { ...title.subtitle?.font, color: ink } } },
    margin: { ...margin, t: margin.t + 18 * more, l: Math.min(margin.l, width * 0.36), r: Math.min(margin.r, width * 0.12) },
    ...(layout.annotations ? { annotations: named } : {}),
  };
};
const draw = (figure) => {
  const { data, layout } = JSON.parse(figure.querySelector('script').textContent);
  const live = figure.querySelector('.live');
  return Plotly.react(live, data, fit(layout, figure.clientWidth), { responsive: true, displaylogo: false, displayModeBar: false })
    .then(() => figure.classList.add('drawn'))
    .catch(() => live.remove());
};
const drawAll = () => document.querySelectorAll('figure').forEach(draw);
drawAll();
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
addEventListener('resize', () => { clearTimeout(drawAll.timer); drawAll.timer = setTimeout(drawAll, 200); });
`;
