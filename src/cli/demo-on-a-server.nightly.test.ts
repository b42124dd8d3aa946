import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LanguageModel, Prompt } from '../models/language-model.js';
import { openModel } from '../models/open-model.js';
import { startWireServer, type WireServer } from '../models/openai/__fixtures__/wire-server.js';
import { readModelTemplate } from '../models/read-model-template.js';
import { packagePath } from '../package-root.js';

type Cell = { cell_type: string; source: string[]; outputs?: { data?: Record<string, unknown>; text?: unknown }[] };

const folder = packagePath('runs', 'demo-on-a-server');
const systemTurn = /<\|system\|>(.*?)<\|end\|>/s;
/** What stood in front of open user turns. */
const steered = new Set<string>();

/** Pocket knows no system turn: it is told apart, noted, and not handed on. */
function withoutSystem(text: string): string {
  const said = systemTurn.exec(text)?.[1];
  if (said !== undefined) steered.add(said);
  return text.replace(systemTurn, '');
}

function steerable(model: LanguageModel): LanguageModel {
  const plain = (prompt: Prompt): Prompt =>
    'raw' in prompt && prompt.tokens === undefined ? { raw: withoutSystem(prompt.raw) } : prompt;
  return {
    ...model,
    generate: (requests, options) =>
      model.generate(
        requests.map((request) => ({ ...request, prompt: plain(request.prompt) })),
        options,
      ),
    tokenize: async (text, options) => model.tokenize?.(withoutSystem(text), options),
  };
}

/** The notebook with these lines in place of its own, executed to the end. */
async function execute(name: string, lines: readonly (readonly [RegExp, string])[]) {
  const notebook = JSON.parse(readFileSync(packagePath('notebooks', `${name}.ipynb`), 'utf8')) as { cells: Cell[] };
  const found = new Set<RegExp>();
  for (const cell of notebook.cells) {
    cell.source = cell.source.map((line) =>
      lines.reduce((text, [pattern, other]) => {
        if (pattern.test(text)) found.add(pattern);
        return text.replace(pattern, other);
      }, line),
    );
  }
  expect(found.size).toBe(lines.length);
  const file = join(folder, `${name}.ipynb`);
  const out = join(folder, `${name}-executed.ipynb`);
  writeFileSync(file, JSON.stringify(notebook));
  const child = spawn(process.execPath, [packagePath('scripts', 'run-notebook.mjs'), file, '--out', out], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk) => (said += chunk));
  const code = await new Promise((done) => child.on('close', done));
  expect(code, said).toBe(0);
  const { cells } = JSON.parse(readFileSync(out, 'utf8')) as { cells: Cell[] };
  const text = cells.flatMap(({ outputs = [] }) => outputs.map((output) => JSON.stringify(output.data ?? output.text)));
  return { text: text.join('\n'), said };
}

/** Small counts; which model works is the only other change. */
const few = (model: string): readonly (readonly [RegExp, string])[] => [
  [/modelName: string = 'pocket'/, `modelName: string = '${model}'`],
  [/totalProblems: \d+/, 'totalProblems: 8'],
];
const fewTests = [
  [/seedProblems: \d+/, 'seedProblems: 6'],
  [/testProblems: \d+/, 'testProblems: 12'],
] as const;

describe('the demos on a model behind a server that is pocket by another name', () => {
  let pocket: LanguageModel;
  let server: WireServer;
  beforeAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    pocket = await openModel('pocket');
    const { source } = (await readModelTemplate('pocket')).template ?? {};
    const props = {
      chat_template: source,
      bos_token: '',
      eos_token: '<|end|>',
      default_generation_settings: { n_ctx: 512 },
    };
    server = await startWireServer(steerable(pocket), { props });
  });
  afterAll(async () => {
    await server.close();
    await pocket.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(['demo_production', 'demo_colab'])('%s runs to its end, and its claims hold', async (name) => {
    steered.clear();
    const lines = [...few(`${server.url}#somebody/pocket-like`), ...(name === 'demo_production' ? fewTests : [])];
    const { text } = await execute(name, lines);
    // Token limits of that model, domains in front of the turn, and nobody there to know the truth
    expect(text).toContain('<td>256</td>');
    expect([...steered].some((words) => words.includes('geometry'))).toBe(true);
    expect(text).toContain('algebra/medium/en');
    expect(text).not.toMatch(/against the oracle|have a known answer|chat messages only|preferred is right/);
    expect(text).toContain('✓');
    expect(text).not.toContain('✗');
  });

  it('with Align off nothing is drawn twice, and all filtered rows are exported', async () => {
    const lines = [...few('pocket'), [/isAlignEnabled: true/, 'isAlignEnabled: false']] as const;
    const { text } = await execute('demo_colab', lines);
    expect(text).not.toContain('✗');
  });

  it('a chat endpoint solves and judges what pocket draws', async () => {
    const { text } = await execute('demo_colab', few(`${server.url}#somebody/pocket-like?door=openai`));
    expect(text).toContain('draws problems</td><td style=\\"text-align:left\\">pocket<');
    expect(text).not.toContain('✗');
  });
});
