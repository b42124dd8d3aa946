import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inRoot } from '../prepare/paths.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'mathpie-cells-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What real tslab says to these cells in a fresh kernel. */
function runCells(cells, environment = {}) {
  const preload = ['--require', inRoot('scripts', 'kernel', 'mend-tslab.cjs')];
  const script = inRoot('scripts', 'kernel', '__fixtures__', 'run-cells.cjs');
  const { stdout, stderr } = spawnSync(process.execPath, [...preload, script], {
    cwd: inRoot('notebooks'),
    input: JSON.stringify(cells),
    env: { ...process.env, ...environment },
    encoding: 'utf8',
  });
  const rows = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  if (rows.length !== cells.length) throw new Error(stderr);
  return rows;
}

describe('a cell in our kernel', () => {
  const cells = {
    'makes things': "const model = 'pocket';\nconst settings = { size: 3, deep: { of: [1, 2] } };",
    'uses the shorthand':
      'const asked = { model, count: 2 };\nconsole.log(JSON.stringify(asked), JSON.stringify([{ model }]));',
    'renames a field': 'const { size: n, deep: { of: [first] } } = settings;\nconsole.log(n, first);',
    'assigns a field': 'let m = 0;\n({ size: m } = settings);\nconsole.log(m);',
    'renames a field of an argument':
      'const sizeOf = ({ size: s }: { size: number }) => s;\nconsole.log(sizeOf(settings));',
    'has an error of types': 'const text = { model, size: 1 };\nconst wrong: number = { model }.model;',
    'fails as it runs': [
      "import { basename } from 'node:path';",
      'const take = (row: { id?: string }) =>',
      '  row.id!.length;',
      '',
      '// a comment, and a blank line before it',
      'const lengths = [{}].map((row) => take(row));',
    ].join('\n'),
    'has the imports of the cell before': "console.log(basename('/a/b.txt'));",
    'fails in a promise':
      "async function later(): Promise<void> {\n  throw new TypeError('no such thing', { cause: new Error('the reason') });\n}\nawait later();",
    'fails with an error of ours':
      "import { readJsonl } from 'mathpie';\nconst rows = await readJsonl({ file: 'nowhere.jsonl' });",
    'asks for what is nowhere': 'console.log(nowhere);',
    'goes on': 'console.log(n);',
  };
  const names = Object.keys(cells);
  let rows = {};
  beforeAll(() => {
    const said = runCells(Object.values(cells));
    rows = Object.fromEntries(names.map((name, index) => [name, said[index]]));
  }, 120_000);

  it.each([
    ['uses the shorthand', '{"model":"pocket","count":2} [{"model":"pocket"}]'],
    ['renames a field', '3 1'],
    ['assigns a field', '3'],
    ['renames a field of an argument', '3'],
    ['has the imports of the cell before', 'b.txt'],
    ['goes on', '3'],
  ])('%s', (name, output) => {
    expect(rows[name]).toEqual({ isDone: true, output });
  });

  it('names the place of an error of types as the reader wrote it', () => {
    expect(rows['has an error of types']).toEqual({
      isDone: false,
      output: "2:7 - Type 'string' is not assignable to type 'number'.",
    });
  });

  it.each([
    [
      'fails as it runs',
      [
        "TypeError: Cannot read properties of undefined (reading 'length')",
        '  line 3: row.id!.length;',
        '  line 6: const lengths = [{}].map((row) => take(row));',
      ],
    ],
    [
      'fails in a promise',
      [
        'TypeError: no such thing',
        '  because: Error: the reason',
        "  line 2: throw new TypeError('no such thing', { cause: new Error('the reason') });",
        '  line 4: await later();',
      ],
    ],
  ])('that %s is told in one line and the reader’s own ones', (name, lines) => {
    expect(rows[name]).toEqual({ isDone: false, output: lines.join('\n') });
  });

  it('that fails with an error of ours says that line alone, and where', () => {
    const [head, ...own] = rows['fails with an error of ours'].output.split('\n');
    expect(head).toMatch(/^Cannot read nowhere\.jsonl: /);
    expect(own).toEqual(["  line 2: const rows = await readJsonl({ file: 'nowhere.jsonl' });"]);
  });

  it('says no more of a name that is nowhere, once something has run', () => {
    expect(rows['asks for what is nowhere'].output).toBe("1:13 - Cannot find name 'nowhere'.");
  });
});

describe('a cell after a restart', () => {
  it('says to run the cells above', () => {
    const [row] = runCells(['console.log(model);']);
    expect(row).toEqual({
      isDone: false,
      output:
        "1:13 - Cannot find name 'model'.\n  Nothing has run in this kernel yet: run the cells above first (Run > Run All Above Selected Cell)",
    });
  }, 60_000);

  it('names the cell that makes what it lacks, where JupyterLab says which notebook it is', () => {
    const notebook = path.join(folder, 'mine.ipynb');
    const cells = [
      { cell_type: 'markdown', source: ['model'] },
      {
        cell_type: 'code',
        source: ["import { openModel } from 'mathpie';\n", "const model = await openModel('pocket');"],
      },
      { cell_type: 'code', source: 'const { size: count } = settings;' },
    ];
    writeFileSync(notebook, JSON.stringify({ cells }));
    const [first, second] = runCells(['model;', 'count;'], { JPY_SESSION_NAME: notebook });
    expect(first.output).toContain(
      "It is made in code cell 1 (const model = await openModel('pocket');): run that first, or all above",
    );
    expect(second.output).toContain('It is made in code cell 2 (const { size: count } = settings;)');
  }, 60_000);
});
