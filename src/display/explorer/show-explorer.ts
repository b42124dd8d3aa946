import { basename, relative } from 'node:path';
import { writeAtomic } from '../../storage/write-atomic.js';
import { escapeXml } from '../escape-xml.js';
import { counted } from '../figures/label.js';
import { findScreen, type Screen, showHtml } from '../kernel.js';
import type { ExplorerOptions, ExplorerRun } from './build-page-data.js';
import { renderExplorer } from './render-explorer.js';
import { readRuns } from './write-explorer.js';

/** A notebook that is saved holds the page: a larger one is for a file of its own (`writeExplorer`). */
const largestFrame = 8_000_000;

export type ShowExplorerOptions = Partial<ExplorerOptions> & {
  /** Height of the frame in pixels. @default 720 */
  readonly height?: number;
  /** Write the page here and show a link, so that the saved notebook stays small. */
  readonly path?: string;
};

/**
 * Shows the explorer in a cell: of a run directory by its path, of rows (`{ name, rows }`), or of several of either. The page lives in a frame
 * that may run its own script and nothing else. Throws `InputError` where there is no evaluation.
 *
 * @throws InputError where a directory holds no evaluation
 * @example await showExplorer('runs/eval', { path: 'explorer.html' });
 * @example await showExplorer([{ name: 'before', rows: before }, { name: 'after', rows: after }]);
 */
export async function showExplorer(
  run: string | ExplorerRun | readonly (string | ExplorerRun)[],
  { height = 720, title, path, ...options }: ShowExplorerOptions = {},
  screen: Screen = findScreen(),
): Promise<void> {
  const runs = await readRuns(Array.isArray(run) ? run : [run as string | ExplorerRun]);
  const names = runs.map(({ name }) => name).join(', ');
  const answers = counted(
    runs.reduce((sum, { rows }) => sum + rows.length, 0),
    'answer',
  );
  const text = `Explorer of ${names}: ${answers}; mathpie report writes the same page to a file`;
  const page = await renderExplorer(runs, { ...options, title: title ?? names });
  if (path !== undefined) {
    await writeAtomic(path, page);
    const size = `${answers}, ${(Buffer.byteLength(page) / 1e6).toFixed(1)} MB`;
    // Relative to where the notebook's process runs, which is where it lies: no path of the machine is saved
    const address = relative('.', path).split(/[\\/]/).map(encodeURIComponent).join('/');
    const name = basename(path);
    showHtml(
      `<p><a href="${escapeXml(address)}" target="_blank">${escapeXml(name)}</a>: ${size}</p>`,
      { text: `${name}: ${size}` },
      screen,
    );
    return;
  }
  if (page.length > largestFrame) {
    showHtml(`<p>${escapeXml(`${text} (too large for a cell)`)}</p>`, { text }, screen);
    return;
  }
  const frame = `<iframe sandbox="allow-scripts allow-downloads" title="${escapeXml(names)}" srcdoc="${inAttribute(page)}" style="width:100%;height:${height}px;border:1px solid #8884;border-radius:10px"></iframe>`;
  showHtml(frame, { text }, screen);
}

/** The page is markup of our own: nothing of it may be left out, or the checksum of its script fails. */
const inAttribute = (page: string): string => page.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
