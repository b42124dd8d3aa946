import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { packagePath } from './package-root.js';

const read = (file: string): string => readFileSync(packagePath(file), 'utf8');

/** Lines of code blocks that one can type, without the remark behind them. */
function commandsOf(text: string): string[] {
  const blocks = [...text.matchAll(/^```\w*\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) => block.split('\n'));
  return blocks.map((line) => line.replace(/\s+#.*$/, '').trim()).filter((line) => /^(?:npm|npx|node) /.test(line));
}

/** What each row of a table names that is the same in every language: code, documents, figures. */
function rowsOf(text: string, { behind }: { readonly behind: string }): (readonly string[])[] {
  const [, section = ''] = text.split(`\n## ${behind}`);
  const rows = section.replace(/\n## [\s\S]*/, '').match(/^\|.*$/gm) ?? [];
  return rows.slice(2).map((row) => {
    const code = [...row.matchAll(/`([^`]+)`/g)].map(([, words = '']) => words);
    const prose = row.replace(/`[^`]+`/g, '');
    const targets = [...prose.matchAll(/\]\(([^)#]+)\)/g)].map(([, target = '']) => target);
    return [...code, ...targets, ...(prose.replace(/\]\([^)]*\)/g, '').match(/\d[\d,.]*(?<=\d)/g) ?? [])].sort();
  });
}

const documentsOf = (text: string): string[] =>
  [...new Set([...text.matchAll(/\]\((docs\/[^)#]+)/g)].map(([, target = '']) => target))].sort();

describe('README.ja.md', () => {
  it('has the commands of README.md, in its order', () => {
    const commands = commandsOf(read('README.md'));
    expect(commands.length).toBeGreaterThan(8);
    expect(commandsOf(read('README.ja.md'))).toEqual(commands);
  });

  it.each([
    ['I want to', 'やりたいことから'],
    ['Numbers', '数値'],
  ])('has the rows of “%s”: the same commands, documents and figures', (english, japanese) => {
    const rows = rowsOf(read('README.md'), { behind: english });
    expect(rows.length).toBeGreaterThan(6);
    expect(rowsOf(read('README.ja.md'), { behind: japanese })).toEqual(rows);
  });

  it('points at every document that README.md points at', () => {
    expect(documentsOf(read('README.ja.md'))).toEqual(expect.arrayContaining(documentsOf(read('README.md'))));
  });

  it.each(['README.md', 'README.ja.md'])('the files that %s points at are there', (file) => {
    const targets = [...read(file).matchAll(/\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g)].map(([, target = '']) => target);
    expect(targets.length).toBeGreaterThan(5);
    for (const target of targets) expect(() => readFileSync(packagePath(target)), target).not.toThrow(/ENOENT/);
  });
});
