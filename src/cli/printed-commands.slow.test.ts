import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eachChange } from '../__fixtures__/extent.js';
import { packagePath } from '../package-root.js';
import { splitWords } from './__fixtures__/documented-commands.js';
import { runInProcess } from './__fixtures__/run-in-process.js';

const before = process.cwd();
const folder = mkdtempSync(join(tmpdir(), 'mathpie-printed-'));
beforeAll(() => process.chdir(folder));
afterAll(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

const [, section = ''] = readFileSync(packagePath('docs', 'originals.md'), 'utf8').split(
  '## The commands that they print',
);
const data = [...section.matchAll(/`mathpie (problems pocket [^`]+)`/g)].map(([, line = '']) => ({
  line: line.replace('--count 12', eachChange('--count 4', '--count 12')),
  says: '',
}));
const printed = [...section.matchAll(/^\| .*? ?\| `mathpie ([^`]+)`[^|]* \| (.+) \|$/gm)].map(
  ([, line = '', says = '']) => ({ line, says }),
);

/** A star stands for the time of the run in a file's name. */
function expand(word: string): string {
  if (!word.includes('*')) return word;
  const name = word.slice(word.indexOf('*') + 1);
  const found = readdirSync(dirname(word)).find((file) => file.endsWith(name)) ?? word;
  return join(dirname(word), found);
}

describe('the commands of docs/originals.md, typed one after the other', { timeout: 300_000 }, () => {
  it('are there', () => {
    expect([data.length, printed.length]).toEqual([2, 20]);
  });

  it.each([...data, ...printed])('mathpie $line', async ({ line, says }) => {
    const { exitCode, stderr } = await runInProcess(...splitWords(line).map(expand));
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    // Numbers of what a model wrote are those of one machine; the words are not
    const [words = ''] = says.split(/[:,(]/);
    if (/^\d+ of \d+ right|^the same/.test(words)) return;
    const pattern = words
      .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      .replace(/\d[\d,.]*/g, '[\\d,.]+')
      // Of one where a model wrote fewer
      .replace(/ (?:have|has) /, ' (?:have|has) ');
    expect(stderr).toMatch(new RegExp(pattern));
  });
});
