import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { listNotebooks } from './notebook/list-notebooks.mjs';
import { inRoot } from './prepare/paths.mjs';

const usage = 'Usage: npm run colab:address -- OWNER/REPOSITORY [BRANCH]';

/**
 * `npm run colab:address -- OWNER/REPOSITORY [BRANCH]`: a clone that lies on GitHub tells its notebooks and READMEs where, so that their badge opens the
 * notebook itself on Colab and the first cell knows what to clone.
 */
export function setAddress(text, { repository, branch = 'main', notebook = 'demo_colab.ipynb' }) {
  const page = `https://colab.research.google.com/github/${repository}/blob/${branch}/notebooks/${notebook}`;
  return text
    .replace(/https:\/\/colab\.research\.google\.com\/github\/[^)"\s]*/g, page)
    .replace(/(address = \\?")[^"\\]*/g, `$1https://github.com/${repository}`);
}

function main([repository = '', branch = 'main', ...more]) {
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository) || !/^[\w./-]+$/.test(branch) || more.length > 0) {
    process.stderr.write(`Cannot set the address "${repository}": write OWNER/REPOSITORY; ${usage}\n`);
    return 2;
  }
  const notebooks = listNotebooks().map((name) => ({ file: inRoot('notebooks', name), notebook: name }));
  const readmes = ['README.md', 'README.ja.md'].map((name) => ({ file: inRoot(name), notebook: 'demo_colab.ipynb' }));
  for (const { file, notebook } of [...notebooks, ...readmes]) {
    const before = readFileSync(file, 'utf8');
    const after = setAddress(before, { repository, branch, notebook });
    if (after === before) continue;
    writeFileSync(file, after);
    process.stdout.write(`${file.slice(inRoot().length + 1)}: opens on Colab from ${repository}\n`);
  }
  return 0;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = main(process.argv.slice(2));
}
