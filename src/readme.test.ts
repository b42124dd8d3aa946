import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { packagePath } from './package-root.js';

const read = (file: string): string => readFileSync(packagePath(file), 'utf8');

/** Lines of code blocks that one can type, without the remark behind them. */
function commandsOf(text: string): string[] {
  const blocks = [...text.matchAll(/^```\w*\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) => block.split('\n'));
  return blocks.map((line) => line.replace(/\s+#.*$/, '').trim()).filter((line) => /^(?:npm|npx|node) /.test(line));
}

describe('README.ja.md', () => {
  it('has the commands of README.md, in its order', () => {
    const commands = commandsOf(read('README.md'));
    expect(commands.length).toBeGreaterThan(8);
    expect(commandsOf(read('README.ja.md'))).toEqual(commands);
  });

  it.each(['README.md', 'README.ja.md'])('the files that %s points at are there', (file) => {
    const targets = [...read(file).matchAll(/\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g)].map(([, target = '']) => target);
    expect(targets.length).toBeGreaterThan(5);
    for (const target of targets) expect(() => readFileSync(packagePath(target)), target).not.toThrow(/ENOENT/);
  });
});
