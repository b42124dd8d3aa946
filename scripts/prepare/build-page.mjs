import { copyFileSync, existsSync, readdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { inRoot } from './paths.mjs';

/** Sources of the explorer's page, relative to src/: TypeScript of the browser, which the compiler of the library leaves out. */
export const pageFolder = 'display/explorer/page';

export function listPageSources() {
  return readdirSync(inRoot('src', pageFolder))
    .filter((name) => /\.(?:tsx?|css)$/.test(name) && !name.includes('.test.'))
    .sort()
    .map((name) => `${pageFolder}/${name}`);
}

/** What is made of them, relative to the root. */
export const pageOutputs = ['dist/display/explorer/explorer.js', 'dist/display/explorer/explorer.css'];

/** The page's script, one file with what it imports, and its style sheet, into dist/. */
export async function buildPage() {
  const { build } = await import('rolldown');
  await build({
    input: inRoot('src', pageFolder, 'main.tsx'),
    output: { file: inRoot(pageOutputs[0]), format: 'iife', minify: true, comments: false },
    resolve: { extensionAlias: { '.js': ['.ts', '.tsx', '.js'] } },
    transform: { target: 'es2022' },
    logLevel: 'warn',
  });
  copyFileSync(inRoot('src', pageFolder, 'style.css'), inRoot(pageOutputs[1]));
}

// `npm run build` calls it behind the compiler
if (
  process.argv[1] !== undefined &&
  existsSync(process.argv[1]) &&
  import.meta.url === pathToFileURL(process.argv[1]).href
) {
  await buildPage();
}
