import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const folders = ['src', 'python-gpu', 'scripts', 'bench'];
const isListed = (file) =>
  /\.(?:ts|mjs|cjs|py)$|^python-gpu\/contract\/[^/]+\.json$/.test(file) &&
  !/\.test\.|\/__fixtures__\/|^python-gpu\/tests\/|\/__init__\.py$|scripts\/packages\//.test(file);

/** docs/map.md: one line a file, which is the first sentence of its first docstring or comment. Throws for a file that has none. */
export function fileMap(root) {
  const lines = listFiles(root).map((file) => ({
    file,
    says: firstSentence(readFileSync(join(root, file), 'utf8'), file),
  }));
  const silent = lines.filter(({ says }) => says === '').map(({ file }) => file);
  if (silent.length > 0) {
    throw new Error(
      `Cannot write docs/map.md: no comment says what ${silent.join(', ')} does; begin each with a docstring`,
    );
  }
  const groups = Map.groupBy
    ? Map.groupBy(lines, ({ file }) => folderOf(file))
    : lines.reduce(
        (map, line) => map.set(folderOf(line.file), [...(map.get(folderOf(line.file)) ?? []), line]),
        new Map(),
      );
  const sections = [...groups].map(([folder, members]) => {
    const items = members.map(({ file, says }) => `- [${file.slice(folder.length + 1)}](../${file}): ${says}`);
    return `## ${folder}\n\n${items.join('\n')}`;
  });
  return `${[
    '# Map of the files',
    'One line a file, from its own first docstring. `npm run docs` makes this page; do not edit it. Tests (`*.test.ts`, `python-gpu/tests/`) stand beside what they test and are not listed.',
    ...sections,
  ].join('\n\n')}\n`;
}

/** Files that git knows or would take, so that a new file is in its place before it is committed. */
function listFiles(root) {
  const list = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', ...folders], {
    cwd: root,
    encoding: 'utf8',
  });
  const isThere = (file) => {
    try {
      readFileSync(join(root, file));
      return true;
    } catch {
      return false;
    }
  };
  return [...new Set(list.split('\n'))].filter((file) => isListed(file) && isThere(file)).sort(byFolder);
}

const folderOf = (file) => file.slice(0, file.lastIndexOf('/'));

/** The files of a folder before its folders. */
function byFolder(left, right) {
  const [one, other] = [folderOf(left), folderOf(right)];
  if (one !== other) return one < other ? -1 : 1;
  return left < right ? -1 : 1;
}

/**
 * The first sentence of what a file says of itself, in one line: the docstring of what bears the file's name, else of its first exported
 * function, else of its first export; a docstring in front of all code goes before them, and of a command its summary. Empty where there is
 * none.
 */
export function firstSentence(text, file) {
  const words = commentOf(text, file).replaceAll(/\s+/g, ' ').trim();
  const end = words.search(/(?<!\b(?:e\.g|i\.e|al|vs|eq)|^\d)\.(?=\s|$)/);
  return end === -1 ? words : words.slice(0, end);
}

function commentOf(text, file) {
  if (file.endsWith('.json')) return `${JSON.parse(text).title}, each key with its bounds and its default`;
  return file.endsWith('.py') ? pythonComment(text) : scriptComment(text, file);
}

function scriptComment(text, file) {
  // A command says of itself what `--help` shows
  const [, command, summary] = /[cC]ommand\(\{\s*name: '([^']+)',\s*summary:\s*(?:'|")(.+)(?:'|"),\n/.exec(text) ?? [];
  if (summary !== undefined) return `\`mathpie ${command}\`: ${summary[0].toLowerCase()}${summary.slice(1)}`;
  // What stands in front of all code is about the whole file
  const [, whole] = /^(?:#!.*\n)?\/\*\*([\s\S]*?)\*\/\n\n?import /.exec(text) ?? [];
  if (whole !== undefined) return whole.replaceAll(/^[ \t]*\*[ \t]?/gm, '');
  const [, remark] = /^(?:import .*\n|\n)*((?:\/\/.*\n)+)/.exec(text) ?? [];
  if (remark !== undefined && !file.endsWith('.ts')) {
    // Without the line that says how to start it
    return remark.replaceAll(/^\/\/ ?/gm, '').replace(/^(?:npm run|node) .*\]\n+/, '');
  }
  const documented = [...text.matchAll(/^\/\*\*([\s\S]*?)\*\/\n+(.*)/gm)].map(([, words, line]) => ({
    words: words.replaceAll(/^[ \t]*\*[ \t]?/gm, ''),
    line,
    name: /^export (?:async )?(?:function\*?|const|class|type) (\w+)/.exec(line)?.[1] ?? '',
  }));
  const [, base = ''] = /([^/]+)\.\w+$/.exec(file) ?? [];
  const called = base.replaceAll('-', '').toLowerCase();
  const found =
    documented.find(({ name }) => name.toLowerCase() === called) ??
    documented.find(({ line }) => /^export (?:async )?(?:function|class)/.test(line)) ??
    documented.find(({ line }) => line.startsWith('export ')) ??
    documented[0];
  const [lines = ''] = /^(?:\/\/(?! biome-ignore).*\n)+/m.exec(text) ?? [];
  const [, step] = /defineStep\(\{\s*name: '([^']+)'/.exec(text) ?? [];
  if (step !== undefined) return `the step \`${step}\`, its settings, their defaults and bounds: ${found?.words ?? ''}`;
  return found?.words ?? lines.replaceAll(/^\/\/ ?/gm, '');
}

function pythonComment(text) {
  const docstring = /^"""([\s\S]*?)"""/m.exec(text);
  const [lines = ''] = /^(?:#(?!!).*\n)+/m.exec(text) ?? [];
  return docstring?.[1] ?? lines.replaceAll(/^# ?/gm, '');
}
