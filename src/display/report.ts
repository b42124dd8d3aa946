import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { spokenLanguage } from '../language/spoken.js';
import { type Language, translate } from '../language/translate.js';
import { writeAtomic } from '../storage/write-atomic.js';
import type { ExplorerRun } from './explorer/build-page-data.js';
import { writeExplorer } from './explorer/write-explorer.js';
import { renderPage } from './report/render-page.js';
import type { ReportSection } from './report/report-section.js';
import { translateSections } from './report/translate-sections.js';

export type ReportOptions = {
  /** Where to write the file; an existing one is replaced. */
  readonly path: string;
  readonly title: string;
  /** One line under the title: which model, which data, when. */
  readonly lead?: string;
  readonly sections: readonly ReportSection[];
  /** Evaluations, as run directories or as rows: with them the page is their explorer, and the chapters follow below it. */
  readonly runs?: readonly (string | ExplorerRun)[];
  /** @default 'Made with mathpie.' */
  readonly footer?: string;
  /** Language of titles, labels and captions; what rows and models say stays as it is. @default 'en' */
  readonly language?: Language;
};

export type WrittenReport = {
  readonly path: string;
  readonly bytes: number;
  /** How many of them are plotly.js; none where the page is an explorer. */
  readonly plotlyBytes: number;
};

/**
 * Writes one HTML file that opens offline: with `runs` the explorer of these evaluations and still charts, without them charts that move
 * (plotly.js inside, once); tables, and formulas as MathML. Everything from a model is escaped.
 */
export async function writeReport(options: ReportOptions): Promise<WrittenReport> {
  const {
    path,
    title,
    lead = '',
    sections,
    runs,
    footer = 'Made with mathpie.',
    language = spokenLanguage(),
  } = options;
  if (runs !== undefined) {
    const chapters = translateSections(sections, language);
    const { bytes } = await writeExplorer(runs, { path, title, lead, language, sections: chapters });
    return { path, bytes, plotlyBytes: 0 };
  }
  const plotly = await readFile(createRequire(import.meta.url).resolve('plotly.js-cartesian-dist-min'), 'utf8');
  const page = await renderPage({
    ...{ title, lead, plotly, language },
    sections: translateSections(sections, language),
    footer: translate(footer, language),
  });
  await writeAtomic(path, page);
  return { path, bytes: Buffer.byteLength(page), plotlyBytes: Buffer.byteLength(plotly) };
}
