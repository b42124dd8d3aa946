import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { SymbolFlags } from 'typescript/unstable/sync';

/** The entries of the package by name, each a page of docs/api, and the source of each. */
export function apiEntries(root) {
  const { name, exports: entries } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return Object.fromEntries(
    Object.entries(entries).flatMap(([entry, { default: file }]) =>
      file === undefined ? [] : [[entry.replace(/^\./, name), file.replace('./dist/', 'src/').replace(/\.js$/, '.ts')]],
    ),
  );
}

/**
 * The pages of docs/api, by path: of each entry its functions, values and types in the groups of the entry's file, each with its docstring and
 * its declaration as it stands in the source, and behind them the types that those name.
 */
export function apiPages(root, compiler) {
  const pages = Object.entries(apiEntries(root)).map(([entry, file]) => {
    const members = publicMembers(root, compiler, file);
    return [
      `docs/api/${entry.split('/').at(-1)}.md`,
      page(entry, groupMembers(readFileSync(join(root, file), 'utf8'), members), {
        root,
        compiler,
        members,
      }),
    ];
  });
  return Object.fromEntries(pages);
}

/** What an entry exports, sorted by name: what it is, what it says of itself, its declaration, its place. */
export function publicMembers(root, compiler, file) {
  return compiler
    .exportsOf(file)
    .map((symbol) => describeSymbol(root, compiler, symbol))
    .sort((left, right) => (left.name < right.name ? -1 : 1));
}

function describeSymbol(root, { checker, project }, symbol) {
  const target = symbol.flags & SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const node = target.declarations[0].resolve(project);
  const path = sourceOf(node).fileName;
  const text = readFileSync(path, 'utf8');
  const kind = kindOf(target.flags);
  return {
    name: symbol.name === 'default' ? target.name : symbol.name,
    kind,
    says: checker.getDocumentationCommentOfSymbol(target),
    tags: checker.getJsDocTagsOfSymbol(target),
    declaration: declarationOf({ checker, target, node, text, kind }),
    body: kind === 'function' ? text.slice(node.body.pos, node.end) : '',
    file: relative(root, path).replaceAll('\\', '/'),
    node,
  };
}

function sourceOf(node) {
  return node.parent === undefined ? node : sourceOf(node.parent);
}

function kindOf(flags) {
  if (flags & SymbolFlags.Function) return 'function';
  if (flags & SymbolFlags.Class) return 'class';
  return flags & SymbolFlags.Variable ? 'value' : 'type';
}

function declarationOf({ checker, target, node, text, kind }) {
  if (kind === 'value') return `const ${target.name}: ${checker.typeToString(checker.getTypeOfSymbol(target), node)}`;
  const whole = text.slice(node.pos, kind === 'function' ? node.body.pos : node.end);
  // The docstring in front stands above the code block
  return whole
    .replace(/^\s*(?:\/\*\*[\s\S]*?\*\/\s*|\/\/.*\n\s*)*/, '')
    .replace(/^export /, '')
    .trim();
}

/** Members under the `// Heading.` of the entry's file that they stand behind; those that stand behind none come last. */
function groupMembers(text, members) {
  const byName = new Map(members.map((member) => [member.name, member]));
  const groups = text
    .split(/^\/\/ /m)
    .slice(1)
    .map((part) => {
      const [heading = '', ...lines] = part.split('\n');
      const names = [...lines.join('\n').matchAll(/\{([^}]*)\}/g)].flatMap(([, list]) =>
        list.split(',').map((name) => name.trim().replace(/^type |^\w+ as /, '')),
      );
      return { ...describeHeading(heading), members: takeAll(names, byName) };
    });
  return byName.size === 0
    ? groups
    : [...groups, { title: 'Names', says: '', members: takeAll([...byName.keys()], byName) }];
}

function describeHeading(heading) {
  const title = heading.split(/:| \(|\.$/, 1)[0];
  const rest = heading
    .slice(title.length)
    .replace(/^: |^\.$/, '')
    .trim();
  const linked = rest.replaceAll(/\bdocs\/([\w-]+\.md)/g, '[docs/$1](../$1)');
  return { title, says: linked.replace(/^\((.*)\)\.$/, 'See $1.').replace(/^[a-z]/, (letter) => letter.toUpperCase()) };
}

/** Takes members out by their names; functions first, as types explain them. */
function takeAll(names, byName) {
  const found = names.flatMap((name) => byName.get(name) ?? []);
  for (const { name } of found) byName.delete(name);
  return found.sort((left, right) => rank(left) - rank(right));
}

const rank = ({ kind }) => ['function', 'value', 'class', 'type'].indexOf(kind);

function page(entry, groups, { root, compiler, members }) {
  const more = namedTypes(root, compiler, members);
  const contents = groups.map(({ title, members: group }) => {
    const links = group.map(({ name }) => `[${name}](#${name.toLowerCase()})`);
    return `- ${title}: ${links.join(', ')}`;
  });
  const parts = [
    `# ${entry}`,
    '`npm run docs` makes this page from the docstrings; do not edit it.',
    contents.join('\n'),
    ...groups.flatMap(({ title, says, members: group }) => [`## ${title}`, says, ...group.map(section)]),
    ...(more.length === 0 ? [] : ['## Types that these name', ...more.map(section)]),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function section({ name, says, tags, declaration, file }) {
  const examples = tags.filter((tag) => tag.name === 'example').map((tag) => `\`\`\`ts\n${tag.text.trim()}\n\`\`\``);
  const throws = tags.filter((tag) => tag.name === 'throws').map((tag) => `Throws ${tag.text.trim()}.`);
  const code = `\`\`\`ts\n${declaration}\n\`\`\``;
  return [`### ${name}`, oneParagraph([says, ...throws].join(' ')), code, ...examples, `[${file}](../../${file})`]
    .filter(Boolean)
    .join('\n\n');
}

const oneParagraph = (says) => says.trim().replaceAll(/\n(?!\n|\s*[-|])/g, ' ');

/** The types of src/ that declarations name and the entry does not export, and those that these name. */
function namedTypes(root, compiler, members) {
  const { checker } = compiler;
  const found = new Map(members.map((member) => [member.name, member]));
  const more = [];
  let open = members;
  for (let depth = 0; depth < 2; depth += 1) {
    const next = [];
    for (const { declaration, node } of open) {
      for (const [name] of declaration.replaceAll(/\/\*[\s\S]*?\*\//g, '').matchAll(/\b[A-Z]\w+\b/g)) {
        if (found.has(name)) continue;
        const symbol = checker.resolveName(name, SymbolFlags.Type, node, false);
        if (symbol === undefined) continue;
        const target = symbol.flags & SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
        const path = target.declarations?.[0]?.path ?? '';
        const isOurs = path.includes('/src/') && !path.includes('node_modules');
        if (!isOurs || !(target.flags & SymbolFlags.TypeAlias)) continue;
        const member = describeSymbol(root, compiler, target);
        found.set(name, member);
        next.push(member);
      }
    }
    more.push(...next);
    open = next;
  }
  return more.sort((left, right) => (left.name < right.name ? -1 : 1));
}
