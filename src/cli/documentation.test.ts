import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packagePath } from '../package-root.js';
import { recipeNames } from '../storage/recipe-files.js';
import { commandsInBlocks, commandsInProse, splitWords } from './__fixtures__/documented-commands.js';
import { commands } from './commands.js';
import { parseOptions } from './declare/parse-options.js';
import { findCommand } from './find-command.js';

const root = packagePath();
const inFolder = (folder: string, ending: string) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name));
const files = [
  ...[
    'README.md',
    'README.ja.md',
    'CHANGELOG.md',
    'CONTRIBUTING.md',
    'data/pocket/README.md',
    'data/student/README.md',
  ],
  ...inFolder('docs', '.md'),
  ...inFolder('notebooks', '.ipynb'),
];
const documents = files.map((file) => ({ file, text: readDocument(file) }));
const shown = documents.flatMap(({ file, text }) => commandsInBlocks(text, { file }));
const mentioned = documents.flatMap(({ file, text }) => commandsInProse(text, { file }));
const examples = commands.flatMap(({ name, examples }) =>
  examples.map((line) => ({ place: `mathpie ${name} --help`, words: splitWords(line).slice(1) })),
);
/** The source of every entry of the package. */
const index = Object.values(readPackage().exports as Record<string, { default?: string }>)
  .flatMap(({ default: file }) => file?.replace('./dist/', 'src/').replace(/\.js$/, '.ts') ?? [])
  .map((entry) => readFileSync(join(root, entry), 'utf8'))
  .join('\n');
/** What the command line adds to every command. */
const common = ['quiet', 'debug', 'help', 'version'];

function readPackage(): { readonly scripts: object; readonly exports: object } {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
}

/** A notebook's prose; its code is run by the tests of the notebooks. */
function readDocument(file: string): string {
  const text = readFileSync(join(root, file), 'utf8');
  if (!file.endsWith('.ipynb')) return text;
  const { cells }: { cells: { cell_type: string; source: readonly string[] }[] } = JSON.parse(text);
  return cells.flatMap(({ cell_type, source }) => (cell_type === 'markdown' ? [source.join('')] : [])).join('\n\n');
}

describe('the documents', () => {
  it('show commands', () => {
    expect(shown.length).toBeGreaterThan(50);
    expect(mentioned.length).toBeGreaterThan(30);
  });

  it.each([...shown, ...examples])('$place: mathpie $words parses', ({ words }) => {
    const found = findCommand(commands, words);
    if (!('command' in found)) expect.fail(`"${words.join(' ')}" names a group and no command`);
    const rest = found.rest.filter((word) => !common.some((name) => word === `--${name}`));
    const { values } = parseOptions(found.command, rest);
    const isName = (name: unknown): name is string =>
      typeof name === 'string' && /^[a-z][\w.-]*$/.test(name) && !name.endsWith('.json');
    const { recipe, prompts } = values;
    if (isName(recipe))
      expect(recipeNames(['magpie', 'metamath', 'assemble', 'sft', 'dpo', 'ablation'])).toContain(recipe);
    if (isName(prompts)) expect(existsSync(join(root, 'configs', 'prompts', `${prompts}.json`)), prompts).toBe(true);
  });

  it.each(mentioned)('$place: mathpie $words names a command and flags that it has', ({ words }) => {
    if (words.length === 0 || words[0]?.startsWith('-')) return;
    const isGroup = words.length === 1 && commands.some(({ name }) => name.startsWith(`${words[0]} `));
    if (isGroup) return;
    const found = findCommand(commands, words);
    if (!('command' in found)) return;
    const flags = found.rest.flatMap((word) => /^\[?--([a-z-]+)/.exec(word)?.[1] ?? []);
    expect(Object.keys(found.command.options)).toEqual(
      expect.arrayContaining(flags.filter((name) => !common.includes(name))),
    );
  });

  it.each(documents)('$file: scripts and files that it names are there', ({ file, text }) => {
    const { scripts } = readPackage();
    const named = [...text.matchAll(/npm run (?:--silent )?([a-z][a-z:-]*[a-z])/g)].map(([, name]) => name);
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(named));
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, link = '']) => link)
      .filter((link) => !/^[a-z]+:/.test(link));
    const dead = links.filter((link) => !existsSync(join(root, dirname(file), link.replace(/#.*$/, '') || '.')));
    expect(dead).toEqual([]);
  });

  it.each(documents)('$file: the library exports what it imports or lists for code', ({ text }) => {
    const imported = [...text.matchAll(/import \{([^}]*)\} from 'mathpie(?:\/\w+)?'/g)].flatMap(([, names = '']) =>
      names.split(',').map((name) => name.trim().replace(/^type /, '')),
    );
    const sections = text.split(/^## /m).filter((section) => /^(?:In|From) code\n/.test(section));
    const listed = sections.flatMap((section) =>
      [...section.matchAll(/`([a-z]\w+)[(`]/g)].map(([, name = '']) => name),
    );
    const absent = [...imported, ...listed].filter((name) => name !== '' && !new RegExp(`\\b${name}\\b`).test(index));
    expect(absent).toEqual([]);
  });
});
