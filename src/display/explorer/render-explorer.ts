import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { packagePath } from '../../package-root.js';
import { escapeXml } from '../escape-xml.js';
import { renderBlock } from '../report/render-blocks.js';
import type { ReportSection } from '../report/report-section.js';
import { buildPageData, type ExplorerOptions, type ExplorerRun } from './build-page-data.js';

/** Script and style sheet of the page, as the build made them of `page/`. */
export type PageAssets = { readonly script: string; readonly style: string };

/** Reads what `scripts/prepare/build-page.mjs` left in dist/. */
export async function readPageAssets(): Promise<PageAssets> {
  const [script, style] = await Promise.all(
    ['explorer.js', 'explorer.css'].map((name) => readFile(packagePath('dist', 'display', 'explorer', name), 'utf8')),
  );
  return { script: script ?? '', style: style ?? '' };
}

/**
 * The explorer as one page that opens offline. Its security policy names the one script and the one style sheet by their checksums and forbids
 * everything else: no request, no other script, no handler in a tag. Texts of models are data in it, never markup.
 */
export async function renderExplorer(
  runs: readonly ExplorerRun[],
  {
    sections = [],
    assets,
    ...options
  }: ExplorerOptions & { readonly sections?: readonly ReportSection[]; readonly assets?: PageAssets },
): Promise<string> {
  const { script, style } = assets ?? (await readPageAssets());
  const { data, pieces } = buildPageData(runs, options);
  const chapters = await Promise.all(sections.map(renderChapter));
  const policy = [
    "default-src 'none'",
    `script-src '${checksum(inScript(script))}'`,
    `style-src '${checksum(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return [
    '<!doctype html>',
    `<html lang="${data.language}"><head><meta charset="utf-8">`,
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    `<title>${escapeXml(data.title)}</title><style>${style}</style></head>`,
    `<body><div id="app"><noscript><p>${escapeXml(data.title)}: this page draws itself with a script of its own.</p></noscript></div>`,
    chapters.length === 0 ? '' : `<div class="chapters">${chapters.join('\n')}</div>`,
    `<script type="application/json" id="data">${inJson(data)}</script>`,
    ...pieces.map((piece, index) => `<script type="application/json" id="texts-${index}">${inJson(piece)}</script>`),
    `<script>${inScript(script)}</script>`,
    '</body></html>\n',
  ].join('\n');
}

async function renderChapter({ title, blocks }: ReportSection): Promise<string> {
  // A still picture says what the chapters have to say; the data of live ones would be dead weight
  const body = await Promise.all(
    blocks.map(async (block) => (await renderBlock(block, { isStill: true })).replace(liveFigure, '')),
  );
  return `<section><h2>${escapeXml(title)}</h2>\n${body.join('\n')}</section>`;
}

const liveFigure = /<div class="live"><\/div><script type="application\/json">.*?<\/script>/gs;

const checksum = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;

/** In JSON a "<" stands only inside strings, where \u003c means the same. */
const inJson = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');

/** Keeps a script's text from closing its element; both replacements mean the same inside a string. */
function inScript(source: string): string {
  return source.replaceAll(/<\/(script)/gi, '<\\/$1').replaceAll('<!--', '<\\!--');
}
